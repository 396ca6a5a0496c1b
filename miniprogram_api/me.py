"""What is held of whoever is signed in: told, taken along as a file, changed, deleted."""

from flask import g
from flask_smorest import Blueprint

from backend.belongings import everything_of, forget_everything
from backend.citizens import consents, phones, wording
from backend.citizens.lookups import state_of
from backend.errors import CodeIsOver, NeedsConsent, NotFound, TextChanged
from backend.web.answers import answer
from backend.web.fields import Nothing
from backend.web.guards import for_citizens
from backend.web.promises import may_refuse
from miniprogram_api.citizens_schemas import (
    CitizenState,
    ConsentAsked,
    Forgotten,
    Me,
    MeAsked,
    PhoneAsked,
)

blp = Blueprint("me", __name__, url_prefix="/api/v1/me", description="本人的信息")


@blp.get("")
@for_citizens
@blp.arguments(MeAsked(), location="query")
@blp.response(200, Me)
def show_me(asked):
    """存着您的哪些信息，全部；file=true 时作为文件下载"""
    response = answer({"citizen": state_of(g.citizen), "held": everything_of(g.citizen)})
    if asked["file"]:
        response.headers.set("Content-Disposition", "attachment", filename=wording.FILE_NAME)
    return response


@blp.delete("")
@for_citizens
@blp.arguments(Nothing(), location="query")
@blp.response(200, Forgotten)
def delete_me(asked):
    """把您的信息全部删掉；依法要留的写明是什么、为什么，并且和您断开"""
    return answer(forget_everything(g.citizen) | {"text": wording.DELETED})


@blp.post("/phone")
@for_citizens
@blp.arguments(PhoneAsked())
@blp.response(200, CitizenState)
@may_refuse(CodeIsOver, NeedsConsent)
def set_phone(asked):
    """用手机号按钮的 code 留下您的手机号；要先同意“个人信息”"""
    return answer(state_of(phones.take_phone(g.citizen, asked["code"])))


@blp.delete("/phone")
@for_citizens
@blp.arguments(Nothing(), location="query")
@blp.response(200, CitizenState)
def delete_phone(asked):
    """删掉您的手机号"""
    return answer(state_of(phones.drop_phone(g.citizen)))


@blp.put("/consents/<kind>")
@for_citizens
@blp.arguments(ConsentAsked())
@blp.response(200, CitizenState)
@may_refuse(NotFound, TextChanged, NeedsConsent)
def set_consent(asked, kind):
    """同意一种说明，或者撤回；撤回“个人信息”，别的也一起撤回，手机号删掉"""
    return answer(state_of(consents.say(g.citizen, kind, **asked)))
