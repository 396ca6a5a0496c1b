"""Suggestions as one types: substances before products, outlets after."""

from flask_smorest import Blueprint
from marshmallow import Schema

from backend.catalog.entries import SENSES
from backend.prices import finding
from backend.web.answers import answer
from backend.web.fields import Asked, words
from backend.web.guards import for_everyone
from miniprogram_api import facts_schemas as facts

blp = Blueprint("suggest", __name__, url_prefix="/api/v1/suggest", description="边输边查")


class SuggestAsked(Asked):
    """What has been typed so far."""

    q = words(64, about="已经输入的字", example="ejsg")


class Part(Schema):
    """A piece of a line, and whether it answers what was typed."""

    text = facts.text("一段字", "二甲双胍")
    hit = facts.yes("是否对上了输入的字")


class Suggestion(Schema):
    """One line to choose."""

    kind = facts.choice("drug 药名、病种，outlet 机构", ("drug", "outlet"), "drug")
    what = facts.choice(
        "substance 成分，product 一个品规，purpose 病种，absent 目录里没有的药，outlet 机构",
        (*SENSES, "outlet"), "substance",
    )  # fmt: skip
    code = facts.text("只有一个品规或机构时的编码，否则为空", "Y0C7BAP1ZXC")
    category = facts.text("病种的编码，`category` 参数用的；不是病种为空", "hypertension")
    words = facts.text("没有编码时拿去查的字", "二甲双胍")
    text = facts.text("显示的字", "二甲双胍")
    parts = facts.many(Part, "显示的字分成的段，接起来就是 `text`")
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

    最多 10 行：先成分和病种，再品规，最后机构（至多 3 个）；没有输入时是空的。输入法没打完的字母、
    隔开音节的撇号和空格、汉字后面跟着的字母都认；目录里没有的药名会说没有，不换成相近的药。
    """
    return answer(finding.suggest(asked["q"]))
