"""Shapes of signing in, of consents, and of what is held of a person."""

from marshmallow import Schema, fields, validate

from backend.citizens import rules, texts, wording
from backend.citizens.terms import now, terms_on
from backend.web.fields import (
    NOT_TEXT,
    TOO_LONG,
    Asked,
    code_of,
    needed,
    one_of,
    yes,
    yes_or_no,
)
from miniprogram_api import facts_schemas as facts

_BY = f"请填其中之一：{'、'.join(rules.BY)}。"


def _ages():
    return rules.ages(terms_on(now()[1]).guardian_under)


class SignInAsked(Asked):
    """A code of the mini-program."""

    code = needed(128, about="wx.login 给的 code，只能用一次", example="0a3XyZ")


class PhoneAsked(Asked):
    """A code of the phone button."""

    code = needed(128, about="手机号按钮（getPhoneNumber）给的 code，只能用一次", example="9c1AbC")


class MeAsked(Asked):
    """How it is to be told."""

    file = yes(about="true 时作为文件下载", default=False)


class ConsentAsked(Asked):
    """Whether one consents, to which version, and who says so."""

    given = yes_or_no(about="true 同意，false 撤回")
    version = fields.String(
        load_default="",
        validate=validate.Length(max=20, error=TOO_LONG),
        error_messages={"invalid": NOT_TEXT, "null": NOT_TEXT},
        metadata={
            "description": "看过的说明是哪一版，同意时必填；不是今天的答 409", "example": "1",
        },
    )  # fmt: skip
    by = one_of(
        rules.BY, about="谁说的：self 本人，guardian 父母或者别的监护人", default=rules.SELF
    )
    age = code_of(
        _ages, about="满不满政策包写的年龄；同意“个人信息”时必填", example="14_or_over",
        error=lambda: wording.needs_age(terms_on(now()[1]).guardian_under),
    )  # fmt: skip


class ConsentText(Schema):
    """A text people consent to."""

    kind = facts.choice("哪一种", texts.kinds(), "personal")
    version = facts.text("第几版", "1")
    from_ = facts.day("从哪天起", data_key="from", attribute="from")
    title = facts.text("名称", "个人信息")
    text = facts.text("说明")
    data = fields.List(fields.String(), metadata={"description": "记下哪些"})
    why = facts.text("为什么要")
    refused = facts.text("不同意会怎样")
    basis = facts.text("依据")


class ConsentTexts(Schema):
    """Today's texts."""

    guardian_under = facts.whole("未满几岁要由监护人同意", 14)
    items = facts.many(ConsentText, "今天的说明")


class ConsentState(Schema):
    """How a consent stands."""

    kind = facts.choice("哪一种", texts.kinds(), "personal")
    title = facts.text("名称", "个人信息")
    version = facts.text("今天的说明是哪一版", "1")
    given = facts.yes("同意着：给了，没有撤回，未满年龄的是监护人给的")
    current = facts.yes("同意着，而且同意的就是今天这一版；不是的请再问一次")
    said_version = facts.text("最后一次说的是哪一版；没有说过为空", "1")
    at = fields.DateTime(
        allow_none=True,
        metadata={
            "description": "最后一次什么时候说的（UTC）；没有说过为 null",
            "examples": ["2026-11-24T02:00:00+00:00"],
        },
    )
    by = facts.text("最后一次谁说的：self、guardian；没有说过为空", "self")


class Phone(Schema):
    """A number."""

    country = facts.text("国家代码", "86")
    number = facts.text("号码", "10000000000")


class CitizenState(Schema):
    """A person as he stands with us."""

    joined_on = facts.day("哪天第一次登录")
    seen_on = facts.day("最近哪天来过")
    minor = facts.yes("未满政策包写的年龄；没有说过为 null", False, allow_none=True)
    phone = facts.one(Phone, "您给的手机号；没有给为 null", allow_none=True)
    consents = facts.many(ConsentState, "几种同意，各是什么样")


class SignedIn(Schema):
    """A session that begins."""

    token = facts.text("这次登录的令牌，放在 Authorization: Bearer 后面；只说这一次，请收好")
    expires_at = fields.DateTime(
        metadata={
            "description": "一直不用的话，什么时候结束（UTC）；用了就往后延",
            "examples": ["2026-12-24T02:00:00+00:00"],
        }
    )
    citizen = facts.one(CitizenState, "登录的人")


class SignedOut(Schema):
    """Sessions that ended."""

    ended = facts.whole("结束了几处登录", 1)
    text = facts.text("给人看的话", wording.SIGNED_OUT)


class HeldPart(Schema):
    """One part of what is held."""

    name = facts.text("是什么", wording.SESSIONS)
    rows = fields.List(fields.Dict(), metadata={"description": "存着的，一条一条"})


class Me(Schema):
    """Everything that is held of whoever asks."""

    citizen = facts.one(CitizenState, "您")
    held = facts.many(HeldPart, "存着的全部")


class DeletedPart(Schema):
    """One part that was deleted."""

    name = facts.text("是什么", wording.SESSIONS)
    rows = facts.whole("几条", 1)


class KeptPart(DeletedPart):
    """One part that the law has us keep, cut off from the person."""

    why = facts.text("留下的是什么，依据哪一条，留多久")


class Forgotten(Schema):
    """What became of everything."""

    deleted = facts.many(DeletedPart, "删掉的")
    kept = facts.many(KeptPart, "依法留下、已经和您断开的")
    text = facts.text("给人看的话", wording.DELETED)
