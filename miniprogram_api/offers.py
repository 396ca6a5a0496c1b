"""Who sells a drug, where, at what price, and what the rule says."""

from flask import current_app, request
from flask_smorest import Blueprint

from backend.errors import BadInput, Gone, NotFound
from backend.prices.ways import offers_with_way
from backend.web.answers import answer
from backend.web.guards import for_everyone
from backend.web.promises import may_refuse
from miniprogram_api import unmet, wording
from miniprogram_api.offers_schemas import OffersAsked, OffersFound

blp = Blueprint("offers", __name__, url_prefix="/api/v1/offers", description="机构的价格和判定")


@blp.get("")
@blp.arguments(OffersAsked(), location="query")
@blp.response(200, OffersFound)
@may_refuse(NotFound, Gone)
@for_everyone
def list_offers(asked):
    """一种药附近谁在卖、多少钱、依据哪一条"""
    return answer(found(asked.pop("drug"), origin=origin_of(asked), **asked))


def found(code, **asked):
    """The offers with the way on, which names the telephone of this house; what was asked in vain
    is counted."""
    told = offers_with_way(code, **asked)
    if told["way_on"]:
        told["way_on"]["phone"] = (
            current_app.config["SETTINGS"].consultation_phone or told["way_on"]["phone"]
        )
        unmet.no_offer(request, told, asked)
    return told


def origin_of(asked):
    """Take the position out of what was asked; raises BadInput for half a position."""
    lat, lon = asked.pop("lat"), asked.pop("lon")
    if (lat is None) != (lon is None):
        missing = "lat" if lat is None else "lon"
        raise BadInput(wording.HALF_A_PLACE, errors={missing: [wording.HALF_A_PLACE]})
    return None if lat is None else (lat, lon)
