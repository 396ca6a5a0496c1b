"""Meilisearch as a yardstick: the same questions put to the bare server, without any of our code.

Outlets are documents with a place, the drugs they sell, and those they have in stock at or below
the winning price; names are written so that any part, sound or abbreviation of them is found.
"""

import json
import os
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from itertools import islice
from secrets import token_hex

from meilisearch import Client
from tqdm import tqdm

from backend import db
from backend.outlets.places import Position
from bench.names import spelt
from search.meili_http import Address
from search.text import compact, has_chinese, spell_singly

MISSING = "没有给出 TEST_MEILI_URL：Meilisearch 这一部分不量。"
LONGEST_S = 1800

_OUTLETS = "SELECT id, code, name, address, district, kind, hours, lat, lon FROM outlet"
_SELLS = "SELECT outlet_id, drug_id FROM offer"
_OK = """
SELECT offer.outlet_id, offer.drug_id FROM offer
JOIN (SELECT drug_id, MIN(price_fen) AS price_fen FROM win
      WHERE standing IN ('official', 'assumed') GROUP BY drug_id) AS best
  ON best.drug_id = offer.drug_id AND offer.price_fen <= best.price_fen
WHERE offer.in_stock = 1
"""
_DRUGS = "SELECT id, code, generic_name, core, brand FROM drug"

_SETTINGS = {
    "searchableAttributes": ["singly", "sounds", "typed"],
    "displayedAttributes": [
        "id", "code", "name", "address", "district", "kind", "hours", "_geo",
    ],
    "filterableAttributes": ["sells", "ok", "_geo"],
    "sortableAttributes": ["_geo"],
    "localizedAttributes": [{"attributePatterns": ["*"], "locales": ["cmn"]}],
    "typoTolerance": {"enabled": False},
}  # fmt: skip


def address() -> Address | None:
    """The server that is to be used, if one is named."""
    told = os.environ.get("TEST_MEILI_URL", "")
    return Address.read(told, os.environ.get("TEST_MEILI_KEY", "")) if told else None


def our_url(prefix: str) -> str:
    """What SEARCH_URL says of that server, in indexes of this prefix."""
    return f"{os.environ['TEST_MEILI_URL']}?prefix={prefix}"


class RawMeili:
    """One connection to the server, and two indexes of names and places on it."""

    def __init__(self, at: Address, prefix: str) -> None:
        self.client, self.prefix = Client(at.url, at.key, timeout=120), prefix
        host, _, port = at.url.partition("://")[2].partition(":")
        self.line = HTTPConnection(host, int(port or 80), timeout=60)
        self.headers = {"Authorization": f"Bearer {at.key}", "Content-Type": "application/json"}
        self.numbers: dict[str, int] = {}

    def fill(self) -> None:
        """Tell it everything the open house holds."""
        self._put("drugs", map(_drug, db.run(_DRUGS).fetchall()), 1_000)
        self.numbers = dict(db.run("SELECT code, id FROM drug").fetchall())
        sells, ok = _by_outlet(_SELLS), _by_outlet(_OK)
        rows = tqdm(db.run(_OUTLETS).fetchall(), "Meilisearch", leave=False)
        self._put("outlets", (_outlet(row, sells, ok) for row in rows), 5_000)

    def _put(self, kind, documents, at_once):
        index = self.client.index(self.prefix + kind)
        tasks = [index.update_settings(_SETTINGS)]
        while batch := list(islice(documents, at_once)):
            lines = "\n".join(json.dumps(one, ensure_ascii=False) for one in batch)
            tasks.append(index.add_documents_ndjson(lines.encode(), "id"))
        for task in tasks:
            done = self.client.wait_for_task(task.task_uid, LONGEST_S * 1000, 50)
            if done.status != "succeeded":
                raise RuntimeError(f"Meilisearch: {done.error}")

    def near(self, code: str, origin: Position) -> dict:
        """The twenty nearest outlets that sell a drug."""
        return self._ask(f"sells = {self.numbers[code]}", origin)

    def near_and_cheap(self, code: str, origin: Position, radius_m: int) -> dict:
        """The twenty nearest that have it within a radius, at or below the winning price."""
        around = f"_geoRadius({origin[0]}, {origin[1]}, {radius_m})"
        return self._ask(f"ok = {self.numbers[code]} AND {around}", origin)

    def names(self, words: str) -> dict:
        """Names of drugs and outlets that contain the words, or sound or abbreviate like them."""
        key = compact(words)
        asked = f'"{spell_singly(key)}"' if has_chinese(key) else key
        searches = [
            {"indexUid": self.prefix + kind, "q": asked, "limit": most}
            for kind, most in (("drugs", 40), ("outlets", 3))
        ]
        return self._say("/multi-search", {"queries": searches})

    def _ask(self, filters, origin):
        sort = [f"_geoPoint({origin[0]}, {origin[1]}):asc"]
        path = f"/indexes/{self.prefix}outlets/search"
        return self._say(path, {"filter": filters, "sort": sort, "limit": 20})

    def _say(self, path, body):
        self.line.request("POST", path, json.dumps(body), self.headers)
        answer = self.line.getresponse()
        told = json.loads(answer.read())
        if answer.status != 200:
            raise RuntimeError(f"Meilisearch: {told}")
        return told

    def drop(self) -> None:
        """Take its indexes away."""
        for kind in ("drugs", "outlets"):
            task = self.client.delete_index(self.prefix + kind)
            self.client.wait_for_task(task.task_uid, LONGEST_S * 1000, 50)
        self.line.close()


def _by_outlet(sql):
    found = defaultdict(list)
    for outlet, drug in db.run(sql):
        found[outlet].append(drug)
    return found


def _drug(row):
    number, code, name, core, brand = row
    return {"id": number, "code": code, "name": name, **spelt(*filter(None, (name, core, brand)))}


def _outlet(row, sells, ok):
    number, code, name, street, district, kind, hours, lat, lon = row
    return {
        "id": number, "code": code, "name": name, "address": street, "district": district,
        "kind": kind, "hours": hours, "_geo": lat and {"lat": lat, "lng": lon},
        "sells": sells[number], "ok": ok[number], **spelt(name),
    }  # fmt: skip


@contextmanager
def filled(at: Address) -> Iterator[RawMeili]:
    """The bare server with the open house in it, taken out again after."""
    made = RawMeili(at, f"bench_{token_hex(4)}_raw_")
    try:
        made.fill()
        yield made
    finally:
        made.drop()
