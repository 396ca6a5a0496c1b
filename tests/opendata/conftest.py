"""The open data of the demonstration, made once; small houses with prices of every source."""

import shutil

import pytest

from backend import db
from backend.opendata.actions import publish
from backend.outside.clock import city_day
from tests.conftest import NOW, close_house, open_house

TODAY = city_day(NOW)


@pytest.fixture(scope="session")
def published(town_files, tmp_path_factory, cache):
    """The folder of the demonstration's data of today; only to be read."""
    folder = tmp_path_factory.mktemp("published")
    shutil.copytree(town_files, folder / "town")
    open_house(folder / "town", cache)
    with db.opened():
        publish(folder / "data", TODAY, city="shenyang", nights=7)
    close_house()
    return folder / "data" / TODAY.isoformat()
