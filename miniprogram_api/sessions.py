"""Signing in with the mini-program's code, and out again."""

from flask import g
from flask_smorest import Blueprint

from backend.citizens import sessions, wording
from backend.citizens.lookups import state_of
from backend.errors import CodeIsOver, NotNow, RiskyPerson
from backend.web.answers import answer
from backend.web.fields import Nothing
from backend.web.guards import for_citizens, for_everyone
from backend.web.promises import may_refuse
from miniprogram_api.citizens_schemas import SignedIn, SignedOut, SignInAsked

blp = Blueprint("sessions", __name__, url_prefix="/api/v1/sessions", description="登录")


@blp.post("")
@blp.arguments(SignInAsked())
@blp.response(201, SignedIn)
@may_refuse(CodeIsOver, RiskyPerson, NotNow)
@for_everyone
def sign_in(asked):
    """用 wx.login 的 code 登录：给一个令牌"""
    made = sessions.sign_in(asked["code"])
    told = {"token": made.token, "expires_at": made.expires_at, "citizen": state_of(made.citizen)}
    return answer(told, status=201)


@blp.delete("/current")
@for_citizens
@blp.arguments(Nothing(), location="query")
@blp.response(200, SignedOut)
def sign_out(asked):
    """退出这一台设备"""
    return answer({"ended": sessions.end(g.session), "text": wording.SIGNED_OUT})


@blp.delete("")
@for_citizens
@blp.arguments(Nothing(), location="query")
@blp.response(200, SignedOut)
def sign_out_everywhere(asked):
    """退出所有设备"""
    return answer({"ended": sessions.end_all(g.citizen), "text": wording.SIGNED_OUT_EVERYWHERE})
