"""The figures of the night: how the city's prices were judged, for whoever wants to count again."""

from flask_smorest import Blueprint

from backend.prices.figures import latest_figures
from backend.web.answers import answer
from backend.web.fields import Asked
from backend.web.guards import for_everyone
from miniprogram_api.figures_schemas import Figures

blp = Blueprint("figures", __name__, url_prefix="/api/v1/figures", description="每夜数一次的数字")


@blp.get("")
@blp.arguments(Asked(), location="query")
@blp.response(200, Figures)
@for_everyone
def show_figures(asked):
    """今天的价格怎么判的：各判定多少个、区间多少种、价格多旧，附算例"""
    return answer(latest_figures())
