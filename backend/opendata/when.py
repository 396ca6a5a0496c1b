"""When the open data is published."""

from backend.opendata import wording
from backend.outside.nightly import Nightly

PUBLISH_DATA = Nightly("publish_data", hour=0, minute=40, about=wording.PUBLISHES)
