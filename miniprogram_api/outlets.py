"""Outlets by name, place and badge, and one outlet's page."""

from flask_smorest import Blueprint

from backend.errors import CursorLost, Gone, NotFound
from backend.prices import finding
from backend.prices import lookups as prices
from backend.web.answers import answer
from backend.web.fields import Paged, words
from backend.web.guards import for_everyone
from backend.web.promises import may_refuse
from miniprogram_api.offers import origin_of
from miniprogram_api.offers_schemas import OutletPage
from miniprogram_api.outlets_schemas import OutletsAsked, OutletsFound

blp = Blueprint("outlets", __name__, url_prefix="/api/v1/outlets", description="医药机构")


class ShelfAsked(Paged):
    """What may be asked of an outlet's shelf."""

    q = words(64, about="药品名称", example="二甲双胍")
    drug = words(40, about="药品编码：只要这一种", example="Y0C7BAP1ZXC")


@blp.get("")
@blp.arguments(OutletsAsked(), location="query")
@blp.response(200, OutletsFound)
@may_refuse(NotFound, Gone, CursorLost)
@for_everyone
def list_outlets(asked):
    """按名称、位置、类别、三进标识查机构"""
    return answer(finding.outlets(asked.pop("q"), origin=origin_of(asked), **asked))


@blp.get("/<code>")
@blp.arguments(ShelfAsked(), location="query")
@blp.response(200, OutletPage)
@may_refuse(NotFound, Gone)
@for_everyone
def show_outlet(asked, code):
    """一家机构：三进标识和历史、在卖的药品和判定"""
    return answer(prices.sold_at(code, words=asked.pop("q"), **asked))
