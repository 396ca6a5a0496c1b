"""The pages and pictures of a badge: how it stands, and what a scanned counter sign is worth."""

from flask import Blueprint, Response, render_template, request
from flask.typing import ResponseReturnValue as Page

from backend.badges import lookups as badges
from backend.web.guards import for_everyone
from miniprogram_api.qr import address, drawn

blp = Blueprint("badge_pages", __name__)

# Of signs that are not ours: nothing is there.
_NOT_OURS = frozenset(("forged", "unknown_key", "unreadable", "unknown_outlet"))


@blp.get("/outlets/<code>/badge")
@for_everyone
def badge(code: str) -> Page:
    """三进标识"""
    return render_template("badge.html", **_shown(code), data_url=f"/api/v1/outlets/{code}/badge")


@blp.get("/outlets/<code>/badge.svg")
@for_everyone
def badge_picture(code: str) -> Page:
    """三进标识的图，可以放在别的网页里"""
    drawing = render_template("badge.svg", **badges.proof(code))
    answer = Response(drawing, mimetype="image/svg+xml")
    answer.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return answer


@blp.get("/b/<path:token>")
@for_everyone
def sign(token: str) -> Page:
    """扫标牌上的码"""
    found = badges.check(token)
    shown = render_template("sign_checked.html", found=found)
    return shown, 404 if found["verdict"] in _NOT_OURS else 200


def _shown(code):
    told = badges.proof(code)
    held = told["badge"]["state"] == "active"
    link = address(request, f"/b/{badges.sign_for(code)['token']}") if held else ""
    return {**told, "qr": drawn(link) if held else None, "link": link}
