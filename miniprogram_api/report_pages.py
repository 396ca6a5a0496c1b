"""The page on which a resident says what is not so, and what he is told after it."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue as Page

from backend.web.guards import for_everyone, for_people
from miniprogram_api import report_views

blp = Blueprint("report_pages", __name__)


@blp.get("/report")
@for_everyone
def report() -> Page:
    """和看到的不一样"""
    return render_template("report.html", **report_views.form(request))


@blp.post("/report")
@for_people
def take_report() -> Page:
    """记下，不记是谁"""
    shown = report_views.taken(request)
    return render_template("report.html", **shown), shown["status"]
