"""How prices went, and what changed: for programs, as JSON or as a sheet."""

from flask import request
from flask_smorest import Blueprint

from backend.errors import Gone, NotFound
from backend.history import feed
from backend.history import lookups as history
from backend.history.wording import CITY_COLUMNS, OUTLET_COLUMNS
from backend.web.answers import answer
from backend.web.guards import for_everyone
from backend.web.promises import may_answer, may_refuse
from miniprogram_api.feeds import table_or, wants_csv
from miniprogram_api.history_schemas import (
    CityHistory,
    CityHistoryAsked,
    Facts,
    FactsAsked,
    OutletHistory,
    OutletHistoryAsked,
)

blp = Blueprint("history", __name__, url_prefix="/api/v1", description="价格走势和变动")


@blp.get("/offers/history")
@blp.arguments(OutletHistoryAsked(), location="query")
@blp.response(200, OutletHistory)
@may_refuse(NotFound, Gone)
@may_answer("text/csv")
@for_everyone
def show_outlet_history(asked):
    """一种药在一家机构的价格走势：每一次观测，JSON 或 CSV"""
    told = history.outlet_history(asked["outlet"], asked["drug"])
    as_csv = wants_csv(request, asked["format"])
    return table_or(told, OUTLET_COLUMNS, history.outlet_lines(told), as_csv=as_csv)


@blp.get("/drugs/<code>/history")
@blp.arguments(CityHistoryAsked(), location="query")
@blp.response(200, CityHistory)
@may_refuse(NotFound, Gone)
@may_answer("text/csv")
@for_everyone
def show_city_history(asked, code):
    """一种药在全市的价格走势：每天的四分位、不高于中选价的家数、各批中选价，JSON 或 CSV"""
    told = history.city_history(code, days=asked["days"])
    as_csv = wants_csv(request, asked["format"])
    return table_or(told, CITY_COLUMNS, history.city_lines(told), as_csv=as_csv)


@blp.get("/facts")
@blp.arguments(FactsAsked(), location="query")
@blp.response(200, Facts)
@may_refuse(NotFound, Gone)
@for_everyone
def list_facts(asked):
    """降价、涨价、到货、缺货、开始卖、不再卖、进入和退出三进：每件一次，接着上次取"""
    return answer(feed.facts_page(**asked))
