"""The API's description for people: Swagger UI from the installed package, nobody else's server."""

from pathlib import Path

import flask_swagger_ui
from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue as Page

from backend.web.guards import for_everyone

blp = Blueprint(
    "description",
    __name__,
    url_prefix="/api/docs",
    static_folder=Path(flask_swagger_ui.__file__).parent / "dist",
    static_url_path="/assets",
)


@blp.get("/")
@for_everyone
def show() -> Page:
    """接口说明"""
    return render_template("api.html")
