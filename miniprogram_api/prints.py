"""What an outlet prints: price labels, its counter sign, a sheet for the notice board."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue as Page

from backend.web.guards import for_everyone
from miniprogram_api import print_views as views

blp = Blueprint("prints", __name__, url_prefix="/outlets/<code>")


@blp.get("/print")
@for_everyone
def choose(code: str) -> Page:
    """选打印什么"""
    return render_template("print_choose.html", **views.choose(request, code))


@blp.get("/labels")
@for_everyone
def labels(code: str) -> Page:
    """双标签价签"""
    return render_template("print_labels.html", **views.labels(request, code))


@blp.get("/sign")
@for_everyone
def sign(code: str) -> Page:
    """柜台标牌"""
    shown = views.sign(request, code)
    return render_template(shown["page"], **shown), 200 if shown["prints"] else 409


@blp.get("/board")
@for_everyone
def board(code: str) -> Page:
    """公示栏的价格单"""
    return render_template("print_board.html", **views.board(request, code))
