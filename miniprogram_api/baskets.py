"""Several drugs in one trip: asked by POST, so that what somebody takes stands in no address."""

from flask_smorest import Blueprint

from backend.baskets import lookups as baskets
from backend.errors import NotFound
from backend.web.answers import answer
from backend.web.guards import for_everyone
from backend.web.promises import may_refuse
from miniprogram_api.baskets_schemas import Basket, BasketAsked
from miniprogram_api.offers import origin_of

blp = Blueprint("baskets", __name__, url_prefix="/api/v1/baskets", description="几种药一起买")


@blp.post("")
@blp.arguments(BasketAsked())
@blp.response(200, Basket)
@may_refuse(NotFound)
@for_everyone
def plan_basket(asked):
    """几种药一起买：价钱、路程、家数各有长短的办法"""
    return answer(
        baskets.basket(asked["drugs"], origin=origin_of(asked), district=asked["district"])
    )
