"""A person's messages, what he asked to be told of, and what he wants no more."""

from flask import g
from flask_smorest import Blueprint

from backend.citizens.people import openid_of
from backend.errors import Gone, NeedsConsent, NotFound
from backend.notices import actions, alerts, lookups, wording
from backend.web.answers import answer
from backend.web.fields import Nothing
from backend.web.guards import for_citizens
from backend.web.promises import may_refuse
from miniprogram_api.messages_schemas import (
    AlertAsked,
    AlertCard,
    Alerts,
    Inbox,
    InboxAsked,
    Read,
    ReadAsked,
    Wanted,
    WantedAsked,
)

blp = Blueprint("messages", __name__, url_prefix="/api/v1/me", description="给本人的消息")


@blp.get("/messages")
@for_citizens
@blp.arguments(InboxAsked(), location="query")
@blp.response(200, Inbox)
def list_messages(asked):
    """站内信：给您的每一条消息，最新的在前；不管有没有经微信发出去都在这里"""
    found = lookups.inbox(openid_of(g.citizen), before=asked["before"], limit=asked["page_size"])
    return answer(found._asdict())


@blp.post("/messages/read")
@for_citizens
@blp.arguments(ReadAsked())
@blp.response(200, Read)
def read_messages(asked):
    """记下到哪一条为止都看过了"""
    return answer({"read": actions.mark_read(openid_of(g.citizen), until=asked["until"])})


@blp.get("/wanted")
@for_citizens
@blp.arguments(Nothing(), location="query")
@blp.response(200, Wanted)
def show_wanted(asked):
    """各组消息要不要"""
    return answer({"groups": lookups.wanted(openid_of(g.citizen))})


@blp.put("/wanted/<group>")
@for_citizens
@blp.arguments(WantedAsked())
@blp.response(200, Wanted)
@may_refuse(NotFound)
def set_wanted(asked, group):
    """退订一组消息，或者又要了：退订以后只在站内信里"""
    actions.want(openid_of(g.citizen), group, wanted=asked["wanted"])
    return answer({"groups": lookups.wanted(openid_of(g.citizen))})


@blp.get("/alerts")
@for_citizens
@blp.arguments(Nothing(), location="query")
@blp.response(200, Alerts)
def list_alerts(asked):
    """等着的提醒"""
    return answer({"items": alerts.told_of(g.citizen)})


@blp.post("/alerts")
@for_citizens
@blp.arguments(AlertAsked())
@blp.response(200, AlertCard)
@may_refuse(NotFound, Gone, NeedsConsent)
def ask_alert(asked):
    """一种药降价、到货、进入三进时告诉您一次；同样的再说一遍还是那一条"""
    return answer(alerts.card(alerts.ask(g.citizen, **asked)))


@blp.delete("/alerts/<int:number>")
@for_citizens
@blp.arguments(Nothing(), location="query")
@blp.response(200, Alerts)
@may_refuse(NotFound)
def cancel_alert(asked, number):
    """不用再告诉您了"""
    alerts.cancel(g.citizen, number)
    return answer({"items": alerts.told_of(g.citizen), "text": wording.CANCELLED})
