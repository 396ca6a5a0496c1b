"""The page of a shopping list: everything on it stands in its address, nothing is kept."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue as Page

from backend.web.guards import for_everyone
from miniprogram_api import basket_views
from miniprogram_api.visit import with_place

blp = Blueprint("basket_pages", __name__)


@blp.get("/basket")
@for_everyone
@with_place
def basket() -> Page:
    """几种药一起买"""
    shown = basket_views.basket(request)
    return render_template("basket.html", **shown), shown["status"]
