"""What WeChat pushes of windows and subscriptions, counted in the transaction that works on it."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime

from backend.notices import correspondents as people
from backend.notices.models import Notice
from backend.notices.sending import kinds_of_template, next_rung_for, template_keeps
from backend.notices.windows import Act
from backend.outside import outside
from backend.pushes.rules import Fields, listed

# acceptWithAudio is an acceptance too: the person wants to hear it.
_ACCEPTS = ("accept", "acceptWithAudio")


def wrote(fields: Fields) -> None:
    """A person said something: five answers within two days."""
    _acted(fields, Act.WROTE)


def entered(fields: Fields) -> None:
    """A person opened the conversation: two within a minute."""
    _acted(fields, Act.ENTERED)


def _acted(fields, act):
    now = outside.clock.now()
    people.note_act(str(fields["FromUserName"]), act, moment_of(fields, now), now)


def chose(fields: Fields) -> None:
    """A person accepted or refused subscribed messages, or unsubscribed in WeChat's own list."""
    openid, now = str(fields["FromUserName"]), outside.clock.now()
    for row in listed(fields):
        template, said = str(row.get("TemplateId", ""))[:64], row.get("SubscribeStatusString")
        if said in _ACCEPTS:
            people.allow(openid, template, now, keeps=template_keeps(template))
        elif said == "reject":
            people.disallow(people.known(openid, now).id, template, now)


def sent(fields: Fields) -> None:
    """What became of a subscribed message: one nobody was sure of is known now; one WeChat could
    not bring in the end takes the next rung."""
    one = people.find(str(fields["FromUserName"]))
    if one is None:
        return
    for row in listed(fields):
        number, arrived = str(row.get("MsgID", "")), str(row.get("ErrorCode", "")) == "0"
        mine = Notice.get_or_none(Notice.to_id == one.id, Notice.msg_id == number, number != "")
        if mine and not arrived:
            next_rung_for(mine)
        elif mine is None and arrived:
            _now_known(one.id, str(row.get("TemplateId", "")))


def _now_known(to_id, template):
    """The eldest message of this template that may have arrived did."""
    eldest = (
        Notice.select()
        .where(Notice.to_id == to_id, Notice.state == Notice.UNKNOWN, Notice.rung == "subscribed",
               Notice.kind << kinds_of_template(template))
        .order_by(Notice.id).first()
    )  # fmt: skip
    if eldest:
        Notice.update(state=Notice.SENT, perhaps=False).where(
            Notice.id == eldest.id, Notice.state == Notice.UNKNOWN
        ).execute()


def moment_of(fields: Fields, now: datetime) -> datetime:
    """WeChat's own second of it: a number, or a text of one; ours where it says nothing."""
    said = str(fields.get("CreateTime", ""))
    return datetime.fromtimestamp(int(said), UTC) if said.isdigit() and len(said) < 12 else now


HANDLES: Mapping[str, Callable[[Fields], None]] = {
    **dict.fromkeys(("text", "image", "voice", "video", "miniprogrampage"), wrote),
    "event:user_enter_tempsession": entered,
    "event:subscribe_msg_popup_event": chose,
    "event:subscribe_msg_change_event": chose,
    "event:subscribe_msg_sent_event": sent,
}
