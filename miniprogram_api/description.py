"""The API's description for people: a page of ours, drawn from the same facts programs read."""

import orjson
from flask import Blueprint, current_app, render_template
from flask.typing import ResponseReturnValue as Page

from backend.web.guards import for_everyone
from miniprogram_api.reference import reference

blp = Blueprint("description", __name__, url_prefix="/api/docs")

# The door programs knock at: what it says is what there is.
_TOLD_TO_PROGRAMS = "api-docs.openapi_json"


@blp.get("/")
@for_everyone
def show() -> Page:
    """接口说明"""
    told = current_app.make_response(current_app.view_functions[_TOLD_TO_PROGRAMS]())
    return render_template("api.html", api=reference(orjson.loads(told.get_data())))
