"""The page about personal data: what is kept and how long, why, and how to have it deleted."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue as Page

from backend.citizens.lookups import privacy_page
from backend.web.guards import for_everyone

blp = Blueprint("privacy", __name__)


@blp.get("/privacy")
@for_everyone
def privacy() -> Page:
    """个人信息怎样处理"""
    return render_template("privacy.html", told=privacy_page())
