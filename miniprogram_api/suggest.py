"""Suggestions as one types: substances and products first, outlets after."""

from flask_smorest import Blueprint
from marshmallow import Schema

from backend.prices import finding
from backend.web.answers import answer
from backend.web.fields import Asked, words
from backend.web.guards import for_everyone
from miniprogram_api import facts_schemas as facts

blp = Blueprint("suggest", __name__, url_prefix="/api/v1/suggest", description="边输边查")


class SuggestAsked(Asked):
    """What has been typed so far."""

    q = words(64, about="已经输入的字", example="ejsg")


class Suggestion(Schema):
    """One line to choose."""

    kind = facts.choice("drug 药名、outlet 机构", ("drug", "outlet"), "drug")
    code = facts.text("只有一个品规或机构时的编码，否则为空", "Y0C7BAP1ZXC")
    text = facts.text("显示的字", "盐酸二甲双胍缓释片")
    note = facts.text("补充", "1 个品规")


class Suggestions(Schema):
    """The lines, drugs before outlets."""

    items = facts.many(Suggestion, "一行行建议")
    degraded = facts.yes("检索引擎降级时为 true", example=False)


@blp.get("")
@blp.arguments(SuggestAsked(), location="query")
@blp.response(200, Suggestions)
@for_everyone
def suggest_names(asked):
    """边输边给出药名和机构

    最多 7 个药名、3 个机构；没有输入时是空的。
    """
    return answer(finding.suggest(asked["q"]))
