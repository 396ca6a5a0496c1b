"""The API's description for people: a page of ours, drawn from the same facts programs read."""

from typing import Any

import orjson
from flask import Blueprint, current_app, render_template
from flask.typing import ResponseReturnValue as Page

from backend.web.guards import for_everyone
from miniprogram_api.reference import reference

blp = Blueprint("description", __name__, url_prefix="/api/docs")

# The door programs knock at: what it says is what there is.
_KNOCKED_AT_BY_PROGRAMS = "api-docs.openapi_json"


@blp.get("/")
@for_everyone
def show() -> Page:
    """接口说明"""
    return render_template("api.html", api=reference(_told_to_programs()))


def _told_to_programs() -> dict:
    answer: Any = current_app.view_functions[_KNOCKED_AT_BY_PROGRAMS]()
    return orjson.loads(current_app.make_response(answer).get_data())
