"""The two published lists, by edition, with what came and went."""

from flask_smorest import Blueprint

from backend.catalog import editions
from backend.errors import NotFound
from backend.prices.lookups import city_moment
from backend.web.answers import answer
from backend.web.fields import Nothing
from backend.web.guards import for_everyone
from backend.web.promises import may_refuse
from miniprogram_api import wording
from miniprogram_api.lists_schemas import Changes, EditionAsked, EditionPage

blp = Blueprint("lists", __name__, url_prefix="/api/v1/lists", description="三进名单的各个版次")


def known(kind: str) -> str:
    """The list itself; raises NotFound for another."""
    if kind not in editions.LISTS:
        raise NotFound(wording.NO_SUCH_LIST)
    return kind


@blp.get("/<kind>/current")
@blp.arguments(EditionAsked(), location="query")
@blp.response(200, EditionPage)
@may_refuse(NotFound)
@for_everyone
def show_current_edition(asked, kind):
    """今天有效的一版

    用 cursor 往下看时，一直是开始看的那一版，中间公布了新的一版也不变。
    """
    day = city_moment().date()
    edition = editions.current_edition(known(kind), day, asked["cursor"])
    return answer(editions.contents(edition, **asked))


@blp.get("/<kind>/<int:number>")
@blp.arguments(EditionAsked(), location="query")
@blp.response(200, EditionPage)
@may_refuse(NotFound)
@for_everyone
def show_edition(asked, kind, number):
    """指定的一版"""
    return answer(editions.contents(editions.numbered_edition(known(kind), number), **asked))


@blp.get("/<kind>/<int:number>/changes")
@blp.arguments(Nothing(), location="query")
@blp.response(200, Changes)
@may_refuse(NotFound)
@for_everyone
def show_edition_changes(asked, kind, number):
    """这一版比上一版进了什么、退了什么、变了什么"""
    return answer(editions.changes(editions.numbered_edition(known(kind), number)))
