"""The numbers the people who run the house watch: for Prometheus, from inside or with a token."""

from flask import Blueprint, Response

from backend.web.guards import for_watchers
from backend.web.metrics import CONTENT_TYPE, told
from backend.web.state import House

blp = Blueprint("metrics", __name__)


@blp.get("/metrics")
@for_watchers
def metrics() -> Response:
    """运行数字"""
    return Response(told(House()), content_type=CONTENT_TYPE)
