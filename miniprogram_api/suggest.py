"""Suggestions as one types: substances and products first, outlets after."""

from flask_smorest import Blueprint
from marshmallow import Schema, fields

from backend.prices import finding
from backend.web.answers import answer
from backend.web.fields import Asked, words
from backend.web.guards import for_everyone

blp = Blueprint("suggest", __name__, url_prefix="/api/v1/suggest", description="边输边查")


class SuggestAsked(Asked):
    """What has been typed so far."""

    q = words(64, about="已经输入的字", example="ejsg")


class Suggestion(Schema):
    """One line to choose."""

    kind = fields.String(metadata={"description": "drug 药名、outlet 机构", "example": "drug"})
    code = fields.String(metadata={"description": "只有一个品规或机构时的编码", "example": ""})
    text = fields.String(metadata={"description": "显示的字", "example": "盐酸二甲双胍缓释片"})
    note = fields.String(metadata={"description": "补充", "example": "3 个品规"})


class Suggestions(Schema):
    """The lines, drugs before outlets."""

    items = fields.List(fields.Nested(Suggestion))
    degraded = fields.Boolean()


@blp.get("")
@blp.arguments(SuggestAsked(), location="query")
@blp.response(200, Suggestions)
@for_everyone
def suggest(asked):
    """边输边给出药名和机构"""
    return answer(finding.suggest(asked["q"]))
