"""Verbs by night: take the day's prices, note who came into the list or left, forget in time."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from itertools import groupby
from operator import itemgetter

from backend.badges.standing import standings
from backend.catalog import lookups as catalog
from backend.catalog.models import Drug, Edition
from backend.db import as_day, database, in_turn, run, run_many
from backend.history.models import PriceDay, Thinning
from backend.history.rules import Old, day_prices, superseded
from backend.intake.lists import chunks
from backend.intake.models import Delivery, Publication
from backend.outlets.lookups import joined_ids
from backend.outlets.models import Outlet
from backend.outside.clock import CITY_TIME
from backend.policy.packs import pack_on
from backend.policy.terms import Pack
from backend.prices import bands
from backend.prices.arrivals import giving_way, stretches
from backend.prices.sheets import RESIDENTS

# What one transaction of the night touches: outlets, drugs, rows.
OUTLETS_AT_ONCE, DRUGS_AT_ONCE, ROWS_AT_ONCE = 20, 400, 1_000

_ASKED = f"""
SELECT offer.drug_id, offer.kind, offer.price_fen, COUNT(*)
FROM offer JOIN outlet ON outlet.id = offer.outlet_id
WHERE offer.born <= ? AND offer.died > ? AND outlet.designated = ? AND outlet.withdrawn_on IS NULL
  AND offer.observed_on BETWEEN ? AND ? AND offer.source NOT IN ({RESIDENTS})
GROUP BY 1, 2, 3 ORDER BY 1
"""
_KEEP_DAY = """
INSERT INTO price_day (drug_id, day, class, count, low_fen, median_fen, high_fen, winning_fen,
                       at_winning)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
"""


def take_price_day(day: date, *, city: str = "shenyang") -> int:
    """Keep what the city's designated outlets ask for each drug as the prices of that day.

    Prices count as long as they do for a band; those residents handed in do not. Returns how many
    drugs are sold. Taken again on the same day it replaces that day's.
    """
    pack = pack_on(city, day)
    rows = list(_day_rows(pack, day))
    with in_turn():
        run("DELETE FROM price_day WHERE day = ?", day.isoformat())
        run_many(_KEEP_DAY, rows)
    return sum(row[2] == PriceDay.ALL for row in rows)


def _day_rows(pack: Pack, day: date) -> Iterator[tuple]:
    number = Publication.current()
    first = bands.first_day(pack.band, day=day).isoformat()
    found = run(_ASKED, number, number, True, first, day.isoformat()).fetchall()
    asked = {drug_id: list(group) for drug_id, group in groupby(found, key=itemgetter(0))}
    for ids in chunks(list(asked), DRUGS_AT_ONCE):
        cards = catalog.cards(list(Drug.select().where(Drug.id.in_(ids))), day)
        for id_ in ids:
            winning = cards[id_]["winning_price_fen"]
            for class_, prices in _by_class(asked[id_], pack).items():
                told = day_prices(prices, winning)
                yield id_, day.isoformat(), class_, *told[:4], winning, told.at_winning


def _by_class(rows, pack) -> dict[str, Counter[int]]:
    """How often each price is asked: by all, and by pharmacies."""
    told: dict[str, Counter[int]] = {PriceDay.ALL: Counter()}
    for _, kind, fen, count in rows:
        told[PriceDay.ALL][fen] += count
        if pack.outlet_kinds[kind].class_ == "pharmacy":
            told.setdefault("pharmacy", Counter())[fen] += count
    return told


_NOTE = """
INSERT INTO list_fact (seq, subject, thing_id, kind, day) VALUES (?, ?, ?, ?, ?)
ON CONFLICT (subject, thing_id, day, kind) DO NOTHING
"""
_LAST = """
SELECT subject, thing_id, kind, day FROM list_fact WHERE seq IN (
    SELECT MAX(seq) FROM list_fact GROUP BY subject, thing_id
)
"""


def note_list_facts(day: date) -> int:
    """Note which outlets got or lost the badge and which drugs came into the list or went, against
    what was noted last; how many facts. The first time everybody who is in is noted.
    """
    outlets, drugs = _in_now(day)
    since = {("outlet", id_): None for id_ in outlets} | {("drug", id_): on for id_, on in drugs}
    with in_turn():
        last = {row[:2]: (row[2], as_day(row[3])) for row in run(_LAST).fetchall()}
        came = [one for one in since if last.get(one, ("left",))[0] == "left"]
        went = [one for one, (kind, _) in last.items() if kind == "joined" and one not in since]
        begun = _since([id_ for subject, id_ in (*came, *went) if subject == "outlet"], day)
        on = {**dict.fromkeys(went, day), **since, **begun}
        seq = run("SELECT COALESCE(MAX(seq), 0) FROM list_fact").fetchone()[0]
        told = [(one, "joined") for one in sorted(came)] + [(one, "left") for one in sorted(went)]
        run_many(_NOTE, [
            (seq + number, *one, kind, _later(on[one] or day, last.get(one), day).isoformat())
            for number, (one, kind) in enumerate(told, start=1)
        ])  # fmt: skip
    return len(told)


def _in_now(day):
    """The ids of the outlets that hold the badge, and the drugs of the list in force with the day
    it took effect."""
    gone = Outlet.select(Outlet.id).where(Outlet.withdrawn_on <= day).tuples()
    outlets = set(joined_ids(day)) - {id_ for (id_,) in gone}
    edition = Edition.in_force("drugs", day)
    if edition is None:
        return outlets, []
    entries = run(
        "SELECT drug.id FROM entry JOIN drug ON drug.code = entry.code WHERE entry.edition_id = ?",
        edition.id,
    ).fetchall()
    return outlets, [(id_, edition.effective_on) for (id_,) in entries]


def _since(ids, day):
    """From which day on each of these outlets stands as it does."""
    found = {}
    for chunk in chunks(ids, 500):
        outlets = list(Outlet.select().where(Outlet.id.in_(chunk)))
        for id_, badge in standings(outlets, day).items():
            found["outlet", id_] = badge["since"] and date.fromisoformat(badge["since"])
    return found


def _later(since, last, day):
    """Facts of one thing go forward: what was put right for days gone by holds from today."""
    return since if last is None or since > last[1] else day


_OUTLETS = "SELECT MIN(id), MAX(id) FROM outlet"
_OLD = f"""
SELECT id, outlet_id, drug_id, observed_on FROM observation
WHERE outlet_id BETWEEN ? AND ? AND observed_on < ? AND source NOT IN ({RESIDENTS})
ORDER BY outlet_id, drug_id, observed_on, source, id
"""
_DROP = """
DELETE FROM observation WHERE id IN ({ids}) AND NOT EXISTS (
    SELECT 1 FROM offer WHERE offer.drug_id = observation.drug_id
    AND offer.outlet_id = observation.outlet_id AND offer.key = observation.key
)
"""


def thin(day: date, *, city: str = "shenyang") -> int:
    """Once a month has wholly passed its time, keep of each outlet and drug its last observation
    only; how many rows went.

    What is shown stays, and what residents handed in: of that whole groups are published, which
    must never shrink (backend/opendata). In short transactions; cut short it begins anew.
    """
    terms = pack_on(city, day).history
    if terms is None:
        return 0
    before = (day - timedelta(days=terms.whole_days)).replace(day=1)
    if (Thinning.known() or date.min) >= before:
        return 0
    gone = 0
    for low, high, _ in giving_way(stretches(_OUTLETS, size=OUTLETS_AT_ONCE)):
        rows = run(_OLD, low, high, before.isoformat()).fetchall()
        old = [Old(id_, (outlet, drug, str(on)[:7])) for id_, outlet, drug, on in rows]
        gone += _drop(superseded(old))
    Thinning.remember(before)
    return gone


def _drop(ids: Sequence[int]) -> int:
    gone = 0
    for chunk in chunks(ids, ROWS_AT_ONCE):
        with database.atomic():
            gone += run(_DROP.format(ids=", ".join("?" * len(chunk))), *chunk).rowcount
    return gone


_PUBLISHED = "SELECT MAX(number) FROM delivery WHERE published_at < ?"
_FACTS_OF = "SELECT MIN(outlet_id), MAX(outlet_id) FROM price_fact WHERE number = ?"
_DROP_FACTS = "DELETE FROM price_fact WHERE number = ? AND outlet_id BETWEEN ? AND ?"
_DROP_DAYS = "DELETE FROM price_day WHERE drug_id BETWEEN ? AND ? AND day < ?"


def forget(day: date, *, city: str = "shenyang") -> int:
    """Delete the facts and the prices by day whose time is over; how many rows went.

    Who is in the list stays known: who left it is seen by that.
    """
    terms = pack_on(city, day).history
    if terms is None:
        return 0
    gone = _forget_facts(day - timedelta(days=terms.fact_days))
    before = (day - timedelta(days=terms.price_day_days)).isoformat()
    extent = "SELECT MIN(drug_id), MAX(drug_id) FROM price_day"
    for low, high, _ in giving_way(stretches(extent, size=DRUGS_AT_ONCE)):
        gone += run(_DROP_DAYS, low, high, before).rowcount
    return gone


def _forget_facts(before: date) -> int:
    gone = 0
    moment = datetime.combine(before, time(), CITY_TIME).astimezone(UTC)
    published = run(_PUBLISHED, Delivery.published_at.db_value(moment)).fetchone()[0] or 0
    oldest = run("SELECT MIN(number) FROM price_fact").fetchone()[0] or published + 1
    for number in range(oldest, published + 1):
        for low, high, _ in giving_way(stretches(_FACTS_OF, number, size=10 * OUTLETS_AT_ONCE)):
            gone += run(_DROP_FACTS, number, low, high).rowcount
    return gone
