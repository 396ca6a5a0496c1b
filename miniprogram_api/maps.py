"""The map's doors: the page, and the point one taps on it."""

from flask import Blueprint, redirect, render_template, request
from flask.typing import ResponseReturnValue as Page

from backend.web.guards import for_everyone
from miniprogram_api import map_views
from miniprogram_api.visit import with_place

blp = Blueprint("maps", __name__)


@blp.get("/map")
@for_everyone
@with_place
def show() -> Page:
    """地图"""
    shown = map_views.show(request)
    if shown["instead"]:
        return redirect(shown["instead"], code=302)
    return render_template("map.html", **shown)


@blp.get("/map/point")
@for_everyone
def point() -> Page:
    """图上点的地方"""
    return redirect(map_views.point(request), code=302)
