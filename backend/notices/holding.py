"""What is held of a person of messages: told whole, and deleted."""

from backend.catalog.cards import full_name
from backend.catalog.models import Drug
from backend.citizens.holdings import Holding, Told
from backend.notices import correspondents as people
from backend.notices import wording
from backend.notices.kinds import every_kind
from backend.notices.models import Alert, Correspondent, Credit, Notice, Unwanted
from backend.notices.writing import given_of


def _rows(table, openid):
    return table.select().where(table.to_id << people.ids_of(openid))


def _messages(openid: str) -> Told:
    return [{"kind": one.kind, "text": every_kind()[one.kind].words(given_of(one)),
             "at": one.owed_at, "how": one.rung, "state": one.state}
            for one in _rows(Notice, openid).order_by(Notice.id)]  # fmt: skip


def _choices(openid: str) -> Told:
    return [
        *({"template": one.template, "left": one.count} for one in _rows(Credit, openid)),
        *({"unwanted": one.group, "at": one.at} for one in _rows(Unwanted, openid)),
    ]


def _forget_messages(openid: str) -> int:
    return Notice.delete().where(Notice.to_id << people.ids_of(openid)).execute()


def _forget_choices(openid: str) -> int:
    ids = people.ids_of(openid)
    gone = sum(table.delete().where(table.to_id << ids).execute() for table in (Credit, Unwanted))
    return gone + Correspondent.delete().where(Correspondent.id << ids).execute()


def _alerts(openid: str) -> Told:
    return [{"about": one.about, "drug": full_name(Drug.get_by_id(one.drug_id)), "place": one.place,
             "asked_at": one.asked_at, "waits": one.pending == 1}
            for one in _rows(Alert, openid).order_by(Alert.id)]  # fmt: skip


def _forget_alerts(openid: str) -> int:
    return Alert.delete().where(Alert.to_id << people.ids_of(openid)).execute()


HOLDINGS = (
    Holding(wording.ALERTS, _alerts, _forget_alerts),
    Holding(wording.MESSAGES, _messages, _forget_messages),
    Holding(wording.CHOICES, _choices, _forget_choices),
)
