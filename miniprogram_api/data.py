"""The open data for programs: which days there are, and each file with its checksum."""

from pathlib import Path

from flask import current_app
from flask_smorest import Blueprint

from backend.opendata import lookups as opendata
from backend.web.answers import answer
from backend.web.fields import Nothing
from backend.web.guards import for_everyone
from miniprogram_api.data_schemas import DataListing

blp = Blueprint("data", __name__, url_prefix="/api/v1/data", description="开放数据的文件")


@blp.get("")
@blp.arguments(Nothing(), location="query")
@blp.response(200, DataListing)
@for_everyone
def show_data(asked):
    """有哪几天的开放数据，每个文件多大、校验和是多少"""
    return answer(opendata.listing(root()))


def root() -> Path:
    """Where the open data lies."""
    return Path(current_app.config["SETTINGS"].open_data_dir)
