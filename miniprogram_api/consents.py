"""The texts people consent to, for everybody to read."""

from flask_smorest import Blueprint

from backend.citizens.lookups import current_texts
from backend.errors import NotNow
from backend.web.answers import answer
from backend.web.fields import Nothing
from backend.web.guards import for_everyone
from backend.web.promises import may_refuse
from miniprogram_api.citizens_schemas import ConsentTexts

blp = Blueprint("consents", __name__, url_prefix="/api/v1/consents", description="同意的说明")


@blp.get("")
@blp.arguments(Nothing(), location="query")
@blp.response(200, ConsentTexts)
@may_refuse(NotNow)
@for_everyone
def list_consents(asked):
    """今天的说明：记下哪些、为什么、不同意会怎样"""
    return answer(current_texts())
