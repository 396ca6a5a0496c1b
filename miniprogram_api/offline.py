"""What a phone without a connection still shows: one page with the telephone number.

The service worker keeps the stylesheet, the script, the icon and that page, and nothing else: never
a price, never what was looked up.
"""

from flask import Blueprint, Response, render_template
from flask.typing import ResponseReturnValue as Page

from backend.web.guards import for_everyone
from miniprogram_api.assets import stamped

blp = Blueprint("offline", __name__)
KEPT = ("app.css", "app.js", "favicon.svg")


@blp.get("/sw.js")
@for_everyone
def worker() -> Page:
    """浏览器里的小程序：断网时给出一页"""
    kept = [stamped(name) for name in KEPT]
    return Response(render_template("sw.js", kept=kept), mimetype="text/javascript")


@blp.get("/offline")
@for_everyone
def page() -> Page:
    """断网时的一页"""
    return render_template("offline.html")
