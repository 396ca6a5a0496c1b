"""What people asked to be told of: that a drug got cheaper, arrived or joined the list, once each.

The log of facts is read from where it was left. What is owed, that an alert is over and how far
the log was read stand in one transaction, so no fact is told twice and none is passed over.
"""

import logging
from datetime import date, datetime

from peewee import IntegrityError

from backend.catalog import lookups as catalog
from backend.catalog.cards import full_name
from backend.catalog.models import Drug
from backend.citizens import consents
from backend.citizens.models import Citizen
from backend.citizens.people import openid_of, rows_of
from backend.db import alone, database, run
from backend.errors import BadInput, NeedsConsent, NotFound, NotNow
from backend.history.feed import Fact, facts_after, newest_cursor
from backend.intake.models import Publication
from backend.money import yuan
from backend.notices import correspondents as people
from backend.notices import wording
from backend.notices.fields import Unfit
from backend.notices.kinds import every_kind
from backend.notices.models import Alert, Correspondent, LogPlace
from backend.notices.writing import owe
from backend.outlets import lookups as outlets
from backend.outlets.places import districts
from backend.outside import outside
from backend.outside.clock import city_day
from backend.outside.vault import Unopenable

log = logging.getLogger(__name__)

# The kind of message by the kind of fact. A price a resident handed in is none of these facts.
TELLS = {
    "price_down": "price_down", "restocked": "arrived", "first_sold": "arrived",
    "joined": "joined",
}  # fmt: skip
ABOUT = ("price_down", "arrived", "joined")
CONSENTS = ("notices", "health")
TURN, LOG, AT_ONCE, MOST = "alerts", "facts", 500, 20

_NOW = """
SELECT outlet.name, offer.price_fen, offer.in_stock FROM offer
JOIN outlet ON outlet.id = offer.outlet_id
WHERE offer.drug_id = ? AND offer.outlet_id = ? AND offer.born <= ? AND offer.died > ?
  AND outlet.withdrawn_on IS NULL
"""


def ask(citizen: Citizen, *, about: str, drug: str, place: str = "") -> Alert:
    """Note that somebody wants to be told, once; asked again it is the same alert.

    `about` is one of ABOUT, `place` the code of an outlet or of a district, "" for the whole city.
    Raises NeedsConsent, NotFound, Gone, BadInput for a place, NotNow beyond MOST at a time.
    """
    for kind in CONSENTS:
        if not consents.has(citizen, kind):
            raise NeedsConsent(wording.NEEDS_CONSENT)
    if about == "joined" and place:
        raise BadInput(f"place：{wording.NO_PLACE}", errors={"place": [wording.NO_PLACE]})
    found = catalog.find(drug)
    _check_place(place)
    same = (Alert.about == about, Alert.drug_id == found.id, Alert.place == place)
    waiting = pending_of(citizen)
    if there := waiting.where(*same).first():
        return there
    if waiting.count() >= MOST:
        raise NotNow(wording.too_many_alerts(MOST))
    _begin_reading()
    try:
        with database.atomic():
            now = outside.clock.now()
            return Alert.create(
                to_id=people.known(openid_of(citizen), now).id, about=about, drug_id=found.id,
                place=place, asked_at=now, since=Publication.current(),
            )  # fmt: skip
    except IntegrityError:
        return pending_of(citizen).where(*same).get()


def cancel(citizen: Citizen, number: int) -> None:
    """He does not want to be told any more. Raises NotFound where nothing waits."""
    ids = people.ids_of(openid_of(citizen))
    mine = (Alert.id == number, Alert.to_id << ids, Alert.pending == 1)
    if not Alert.update(pending=None, ended_at=outside.clock.now()).where(*mine).execute():
        raise NotFound(wording.NO_SUCH_ALERT)


def pending_of(citizen: Citizen):
    """The alerts of a person that wait, as a query."""
    ids = people.ids_of(openid_of(citizen))
    return Alert.select().where(Alert.to_id << ids, Alert.pending == 1)


def told_of(citizen: Citizen) -> list[dict]:
    """The alerts of a person that wait, as `card` tells each."""
    return [card(row) for row in pending_of(citizen).order_by(Alert.id)]


def card(alert: Alert) -> dict:
    """An alert as its person is told of it; nobody has more than MOST."""
    drug = Drug.get_by_id(alert.drug_id)
    return {
        "number": alert.id, "about": alert.about, "title": every_kind()[alert.about].title,
        "drug": full_name(drug), "drug_code": drug.code, "place": alert.place,
        "asked_at": alert.asked_at,
    }  # fmt: skip


def read_log() -> int:
    """Owe what the log of facts has for people since it was last read; how many messages.

    Where another process is at it nothing is done; killed anywhere it is done the next time.
    """
    with alone(TURN) as ours:
        place = LogPlace.get_or_none(LogPlace.name == LOG) if ours else None
        if place is None:
            return 0
        owed, cursor, more = 0, place.cursor, True
        while more:
            facts = facts_after(cursor, AT_ONCE, only_open=True)
            with database.atomic():
                owed += sum(_tell(fact) for fact in facts.facts if fact.kind in TELLS)
                LogPlace.update(cursor=facts.next).where(LogPlace.name == LOG).execute()
            cursor, more = facts.next, facts.more
        return owed


def forget_ended(moment: datetime) -> int:
    """Delete alerts that ended before a moment; how many."""
    return Alert.delete().where(Alert.pending.is_null(), Alert.ended_at < moment).execute()


def _begin_reading():
    """Whoever asks first is told of what comes, not of years that are over."""
    if LogPlace.get_or_none(LogPlace.name == LOG) is None:
        LogPlace.insert(name=LOG, cursor=newest_cursor()).on_conflict_ignore().execute()


def _tell(fact: Fact) -> int:
    about = TELLS[fact.kind]
    waits = Alert.select().where(
        Alert.about == about, Alert.drug_id == fact.drug_id, Alert.pending == 1
    )
    return sum(_owe(alert, fact) for alert in waits if fact.drug_id and _is_for(alert, fact))


def _is_for(alert: Alert, fact: Fact) -> bool:
    """Whether a fact is after what he had seen when he asked, and at the place he named."""
    if fact.number is not None and fact.number <= alert.since:
        return False
    if fact.number is None and date.fromisoformat(fact.day) < city_day(alert.asked_at):
        return False
    return not alert.place or alert.place in _places_of(fact.outlet_id)


def _places_of(outlet_id):
    row = run("SELECT code, district FROM outlet WHERE id = ?", outlet_id).fetchone()
    return row or ()


def _owe(alert: Alert, fact: Fact) -> int:
    """Owe the message and end the alert; one whose consent is gone ends without a word."""
    drug, about_outlet = Drug.get_by_id(fact.drug_id), _of_outlet(fact)
    if drug.withdrawn_on or about_outlet is None:
        return 0
    now = outside.clock.now()
    ended = Alert.update(pending=None, ended_at=now).where(Alert.id == alert.id, Alert.pending == 1)
    if not ended.execute():
        return 0
    given = {"drug": full_name(drug), "drug_code": drug.code, "day": fact.day} | about_outlet
    try:
        openid = people.openid_of(Correspondent.get_by_id(alert.to_id))
        if not _consents(openid):
            return 0
        return bool(owe(openid, alert.about, given, about=f"alert {alert.id}",
                        case=f"drug {drug.code}"))  # fmt: skip
    except (Unopenable, Unfit) as error:
        # One that cannot be written must not keep everybody else's waiting.
        log.error("alert %s ended, nobody can be told: %s", alert.id, type(error).__name__)
        return 0


def _consents(openid: str) -> bool:
    """Whether he still lets us know which drug it is, and tell him."""
    citizen = next(iter(rows_of(openid)), None)
    return citizen is not None and all(consents.has(citizen, kind) for kind in CONSENTS)


def _of_outlet(fact: Fact) -> dict[str, str] | None:
    """What the words say of the outlet; None where it is not so any more: nobody is sent there in
    vain."""
    if fact.outlet_id is None:
        return {}
    number = Publication.current()
    row = run(_NOW, fact.drug_id, fact.outlet_id, number, number).fetchone()
    if row is None or not _still_so(fact, price_fen=row[1], in_stock=row[2]):
        return None
    before = {"before": yuan(fact.before_fen)} if fact.before_fen is not None else {}
    return {"outlet": row[0], "price": yuan(row[1])} | before


def _still_so(fact: Fact, *, price_fen: int, in_stock: int | None) -> bool:
    """Whether the outlet is cheaper than before, or has it, at this moment too; where nobody said
    whether it has it, nothing has arrived."""
    if fact.kind == "price_down":
        return fact.before_fen is None or price_fen < fact.before_fen
    return bool(in_stock)


def _check_place(place):
    if place and place not in {one.code for one in districts()}:
        try:
            outlets.find(place)
        except NotFound:
            raise BadInput(
                f"place：{wording.NO_SUCH_PLACE}", errors={"place": [wording.NO_SUCH_PLACE]}
            ) from None
