"""After a storm: whether everything that was published is there, whole, in the tables and found."""

import json
import time
from collections.abc import Iterator
from itertools import islice
from random import Random

import psycopg

import search
from search import Query
from tests.stories import storm_town as town
from tests.stories.storm import Storm
from tests.stories.storm_questions import questions

INDEX_S, SAMPLED = 30.0, 6

_OFFERS = """
SELECT drug.code, offer.outlet_code, offer.price_fen, offer.lat, offer.lon FROM offer
JOIN drug ON drug.id = offer.drug_id
WHERE offer.born <= (SELECT number FROM publication)
  AND offer.died > (SELECT number FROM publication)
"""
_OBSERVED = """
SELECT COUNT(*), COUNT(DISTINCT (drug_id, outlet_id)) FROM observation WHERE delivery_id IN
    (SELECT id FROM delivery WHERE state = 'published')
"""
_LEFT_BEHIND = """
SELECT (SELECT COUNT(*) FROM staged) + (SELECT COUNT(*) FROM staged_price),
       (SELECT COUNT(*) FROM offer WHERE died <= (SELECT number FROM publication))
"""


def losses(storm: Storm, index_url: str) -> list[str]:
    """What is missing or left half done after the last step, in words; nothing is lost: []."""
    told = town.step(storm.newest)
    with psycopg.connect(storm.data_url, autocommit=True) as line:
        found = [*_of_tables(line, told), *_of_deliveries(line)]
        # The index is told a moment after the tables.
        last = time.monotonic() + INDEX_S
        while (late := [*_of_index(line, index_url, told)]) and time.monotonic() < last:
            time.sleep(0.5)
    return found + late


def _of_tables(line, told) -> Iterator[str]:
    stood = town.places(told.outlets)
    wanted = {
        (f"D{drug:04d}", f"A{outlet:04d}", fen, *stood[outlet])
        for drug, outlet, fen in town.every_price(told)
    }
    rows = line.execute(_OFFERS).fetchall()
    if set(rows) != wanted or len(rows) != len(wanted):
        yield f"offers: {len(rows)}, {len(wanted - set(rows))} of {len(wanted)} missing"
    names = dict(line.execute("SELECT code, name FROM outlet").fetchall())
    if names != {f"A{n:04d}": town.name_of(n, told) for n in range(town.OUTLETS)}:
        yield "outlets: not called what the last sheet calls them"
    seen = len(list(town.every_price(told)))
    if line.execute(_OBSERVED).fetchone() != (seen * (told.prices + 1), seen):
        yield "observations: not every published price was kept once"


def _of_deliveries(line) -> Iterator[str]:
    states = {state for (state,) in line.execute("SELECT DISTINCT state FROM delivery")}
    if states - {"published", "cleared"}:
        yield f"deliveries: {states}"
    left = line.execute(_LEFT_BEHIND).fetchone()
    if left != (0, 0):
        yield f"left behind: {left[0]} staged rows, {left[1]} offers that died"


def _of_index(line, url, told) -> Iterator[str]:
    index = search.connect(url)
    counts = {kind: index.count(kind) for kind in ("drugs", "outlets")}
    if counts != {"drugs": town.DRUGS, "outlets": town.OUTLETS}:
        yield f"index: {counts}"
    outlets = line.execute("SELECT code, name FROM outlet ORDER BY code").fetchall()
    for code, name in outlets[::SAMPLED]:
        if index.find(Query(name, kind="outlets", limit=1)).ids != [code]:
            yield f"index: {name} is not {code}"
    index.close()


def ask_again(storm: Storm, count: int) -> None:
    """Ask so many questions in the calm: each must be answered, rightly, from the last step."""
    for question in islice(questions(Random("calm")), count):
        status, body = storm.web.get(question.path)
        if status != 200:
            storm.told.unforeseen.append(f"{question.path}: {status} in the calm")
        else:
            storm.check(question, json.loads(body), storm.newest)
