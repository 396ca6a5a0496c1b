"""Drugs by words and by code."""

from flask import request
from flask_smorest import Blueprint

from backend.catalog import finding, searches
from backend.errors import CursorLost, Gone, NotFound
from backend.prices import distribution
from backend.prices.lookups import city_moment
from backend.web.answers import answer
from backend.web.fields import Nothing
from backend.web.guards import for_everyone
from backend.web.promises import may_refuse
from miniprogram_api import unmet
from miniprogram_api.drugs_schemas import DrugPage, DrugsAsked, DrugsFound

blp = Blueprint("drugs", __name__, url_prefix="/api/v1/drugs", description="药品和中选价")


@blp.get("")
@blp.arguments(DrugsAsked(), location="query")
@blp.response(200, DrugsFound)
@may_refuse(CursorLost)
@for_everyone
def search_drugs(asked):
    """按名称、拼音、首字母、病种查药品"""
    return answer(_found(city_moment(), **_named(asked)))


def _found(moment, **asked):
    found = finding.search_drugs(**asked, day=moment.date())
    searches.remember(asked["words"], found, moment)
    unmet.no_drug(request, asked["words"], found)
    return found


def _named(asked):
    return {"words": asked.pop("q"), **asked}


@blp.get("/<code>")
@blp.arguments(Nothing(), location="query")
@blp.response(200, DrugPage)
@may_refuse(NotFound, Gone)
@for_everyone
def show_drug(asked, code):
    """一个药品：中选价、历史、价格分布、同成分药品"""
    return answer(distribution.drug_page(code))
