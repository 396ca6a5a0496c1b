"""The page of how an outlet's price of a drug went."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue as Page

from backend.history.lookups import outlet_history
from backend.web.guards import for_everyone
from miniprogram_api import course_drawing, formats
from miniprogram_api.history_schemas import PairAsked
from miniprogram_api.pages_schemas import understood

blp = Blueprint("history_pages", __name__)


@blp.get("/offers/history")
@for_everyone
def show_history() -> Page:
    """价格走势"""
    asked = understood(PairAsked, request.args)
    told = outlet_history(asked["outlet"], asked["drug"])
    data = formats.linked("/api/v1/offers/history", asked)
    return render_template(
        "history.html", told=told, drawn=course_drawing.of_outlet(told), data_url=data
    )
