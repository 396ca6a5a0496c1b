"""The page that takes a code off a box: typed, scanned or photographed, the serial cut at the door.

It comes by POST, so that it stands in no address; what the page leads on to carries only the part
that names the product.
"""

from flask import Blueprint, redirect, render_template, request
from flask.typing import ResponseReturnValue as Page

from backend.web.guards import for_everyone
from miniprogram_api import scan_views

blp = Blueprint("scan_pages", __name__)


@blp.get("/scan")
@for_everyone
def scan() -> Page:
    """扫药盒上的码"""
    shown = scan_views.answered(request)
    if shown["moved"]:
        return redirect(shown["moved"], code=302)
    return render_template("scan.html", **shown), shown["status"]


@blp.post("/scan")
@for_everyone
def take_code() -> Page:
    """收下码，只带着认药的那一段去看结果"""
    shown = scan_views.taken(request)
    if shown["moved"]:
        return redirect(shown["moved"], code=303)
    return render_template("scan.html", **shown), shown["status"]
