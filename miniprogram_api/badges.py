"""Badges as proof for programs: the signed statement, the keys, a scanned sign."""

from flask import request
from flask_smorest import Blueprint

from backend.badges import feed
from backend.badges import lookups as badges
from backend.errors import CursorLost, NotFound
from backend.web.answers import answer
from backend.web.fields import Nothing
from backend.web.guards import for_everyone
from backend.web.promises import may_answer, may_refuse
from miniprogram_api.badges_schemas import Checked, Feed, FeedAsked, Keys, Proof
from miniprogram_api.feeds import HEADERS, told_as, wants_csv

blp = Blueprint("badges", __name__, url_prefix="/api/v1", description="三进标识的证明")


@blp.get("/outlets/<code>/badge")
@blp.arguments(Nothing(), location="query")
@blp.response(200, Proof)
@may_refuse(NotFound)
@for_everyone
def show_badge(asked, code):
    """一家机构的三进标识：状态、原因、历史和签名的证明；撤销的机构也答"""
    return answer(badges.proof(code))


@blp.get("/badges")
@blp.arguments(FeedAsked(), location="query")
@blp.response(200, Feed)
@may_refuse(CursorLost)
@may_answer("text/csv", *HEADERS)
@for_everyone
def list_badges(asked):
    """全部三进标识，或上次以后变了的：给比价程序用，JSON 或 CSV"""
    as_csv = wants_csv(request, asked.pop("format"))
    return told_as(feed.changes(**asked), request, as_csv=as_csv)


@blp.get("/signs/<token>")
@blp.arguments(Nothing(), location="query")
@blp.response(200, Checked)
@for_everyone
def check_sign(asked, token):
    """标牌二维码里的码是不是真的、现在还算不算数"""
    return answer(badges.check(token))


@blp.get("/keys")
@blp.arguments(Nothing(), location="query")
@blp.response(200, Keys)
@for_everyone
def list_keys(asked):
    """验签用的公钥，现在的在前"""
    return answer(badges.public_keys())
