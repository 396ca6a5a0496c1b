"""Shapes of a person's messages and alerts."""

from marshmallow import Schema, fields

from backend.notices import alerts, wording
from backend.web.fields import Asked, needed, one_of, whole, words, yes_or_no
from miniprogram_api import facts_schemas as facts

_HOW = ("on_its_way", "chat", "subscribed", "inbox", "call")


def _moment(about):
    return fields.DateTime(
        metadata={"description": about, "examples": ["2026-11-24T02:00:00+00:00"]}
    )


class InboxAsked(Asked):
    """Which page of the inbox."""

    before = whole(
        0, 2_147_483_647, about="只要这个编号以前的；上一页的 next_before", default=0, example=0
    )
    page_size = whole(1, 100, about="每页几条", default=20, example=20)


class ReadAsked(Asked):
    """Up to where everything was read."""

    until = whole(1, 2_147_483_647, about="看到哪一个编号为止（含）", must=True, example=12)


class WantedAsked(Asked):
    """Whether a group of messages is wanted."""

    wanted = yes_or_no(about="true 要，false 退订")


class AlertAsked(Asked):
    """What somebody wants to be told of."""

    about = one_of(
        alerts.ABOUT, about="什么事：price_down 降价、arrived 到货、joined 进入三进",
        default="arrived",
    )  # fmt: skip
    drug = needed(40, about="药品编码", example="Y0C7BAP1ZXC")
    place = words(40, about="哪里：区县代码或机构编码；不填是全市；进入三进不填", example="210103")


class Message(Schema):
    """One message."""

    number = facts.whole("编号，越大越新", 12)
    kind = facts.text("哪一种", "arrived")
    title = facts.text("名称", "到货提醒")
    text = facts.text("话")
    page = facts.text("打开小程序的哪一页", "pages/drug/drug?code=Y0C7BAP1ZXC")
    at = _moment("什么时候写的（UTC）")
    read = facts.yes("看过没有", False)
    how = facts.choice(
        "怎样告诉您的：on_its_way 还没发，chat 客服消息，subscribed 订阅消息，inbox 只在这里，"
        "call 打电话",
        _HOW, "subscribed",
    )  # fmt: skip


class Inbox(Schema):
    """A page of messages."""

    items = facts.many(Message, "消息，最新的在前")
    unread = facts.whole("一共几条没有看过", 3)
    next_before = facts.whole("下一页的 before；没有下一页是 0", 0)


class Read(Schema):
    """What was marked."""

    read = facts.whole("这次新看过几条", 3)


class WantedGroup(Schema):
    """A group of messages."""

    group = facts.text("哪一组", "alerts")
    titles = fields.List(
        fields.String(), metadata={"description": "里面有哪些", "examples": [["降价提醒"]]}
    )
    wanted = facts.yes("要不要")


class Wanted(Schema):
    """Every group."""

    groups = facts.many(WantedGroup, "各组")


class AlertCard(Schema):
    """An alert that waits."""

    number = facts.whole("编号", 1)
    about = facts.choice("什么事", alerts.ABOUT, "arrived")
    title = facts.text("名称", "到货提醒")
    drug = facts.text("药")
    drug_code = facts.text("药品编码", "Y0C7BAP1ZXC")
    place = facts.text("哪里；全市是空的", "210103")
    asked_at = _moment("什么时候说的（UTC）")


class Alerts(Schema):
    """Alerts that wait."""

    items = facts.many(AlertCard, "等着的提醒")
    text = fields.String(
        metadata={
            "description": "给人看的话", "examples": [wording.CANCELLED], facts.NOT_ALWAYS: True,
        }
    )  # fmt: skip
