"""The two published lists, by edition, with what came and went."""

from flask_smorest import Blueprint
from marshmallow import Schema, fields

from backend.catalog import editions
from backend.errors import NotFound
from backend.prices.lookups import city_moment
from backend.web.answers import answer
from backend.web.fields import Asked, Paged, whole
from backend.web.guards import for_everyone
from miniprogram_api import wording

blp = Blueprint("lists", __name__, url_prefix="/api/v1/lists", description="三进名单的各个版次")


class EditionAsked(Paged):
    """Which page of an edition."""

    page_size = whole(1, 500, about="每页几条", default=50, example=50)


class Nothing(Asked):
    """No parameters."""


class EditionHead(Schema):
    """What an edition is."""

    list = fields.String(metadata={"description": "drugs 药品、outlets 机构", "example": "drugs"})
    number = fields.Integer(metadata={"description": "版次", "example": 1})
    effective_on = fields.String(metadata={"description": "从哪一天起", "example": "2026-11-01"})
    published_at = fields.String(metadata={"description": "公布时间（UTC）"})
    note = fields.String(metadata={"description": "说明", "example": "演示：假定仍有效"})


class EditionPage(EditionHead):
    """One page of an edition."""

    items = fields.List(fields.Dict(), metadata={"description": "编码、名称和当时的事实"})
    total = fields.Integer(metadata={"example": 219})
    page = fields.Integer(metadata={"example": 1})
    page_size = fields.Integer(metadata={"example": 50})


class Changes(EditionHead):
    """What an edition changed against the one before."""

    added = fields.List(fields.Dict(), metadata={"description": "新进"})
    removed = fields.List(fields.Dict(), metadata={"description": "退出"})
    changed = fields.List(fields.Dict(), metadata={"description": "内容有变"})


def known(kind: str) -> str:
    """The list itself; raises NotFound for another."""
    if kind not in editions.LISTS:
        raise NotFound(wording.NO_SUCH_LIST)
    return kind


@blp.get("/<kind>/current")
@blp.arguments(EditionAsked(), location="query")
@blp.response(200, EditionPage)
@for_everyone
def show_current(asked, kind):
    """今天有效的一版"""
    edition = editions.current_edition(known(kind), city_moment().date())
    return answer(editions.contents(edition, **asked))


@blp.get("/<kind>/<int:number>")
@blp.arguments(EditionAsked(), location="query")
@blp.response(200, EditionPage)
@for_everyone
def show_edition(asked, kind, number):
    """指定的一版"""
    return answer(editions.contents(editions.numbered_edition(known(kind), number), **asked))


@blp.get("/<kind>/<int:number>/changes")
@blp.arguments(Nothing(), location="query")
@blp.response(200, Changes)
@for_everyone
def show_changes(asked, kind, number):
    """这一版比上一版进了什么、退了什么、变了什么"""
    return answer(editions.changes(editions.numbered_edition(known(kind), number)))
