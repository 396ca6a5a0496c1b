"""What is asked of the house: seven questions, each about real codes drawn with a fixed seed."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from random import Random
from typing import Any
from urllib.parse import urlencode

from backend.catalog.finding import search_drugs
from backend.db import run
from backend.outlets.places import Position, rounded
from backend.policy.packs import pack_on
from backend.prices.finding import suggest
from backend.prices.lookups import city_moment, offers, sold_at
from bench.meili import RawMeili
from bench.raw import Raw
from search.pinyin import homophone_phrase, initials

SEED = 20261122
RADIUS_M = 3_000

_SOLD = """
SELECT drug.code, drug.core, COUNT(*) FROM offer JOIN drug ON drug.id = drug_id
GROUP BY drug.code, drug.core
"""
_STANDING = "SELECT code, lat, lon FROM outlet WHERE lat IS NOT NULL AND withdrawn_on IS NULL"


@dataclass(frozen=True)
class Asked:
    """One question: as the call of a lookup, as an address of the API, in bare SQL, and, where
    it can be asked so, of the bare Meilisearch server."""

    call: Callable[[], object]
    path: str
    raw: Callable[[], object]
    raw_http: Callable[[], object] | None = None


class Questions:
    """Draws questions: drugs as often as outlets sell them, places near outlets."""

    def __init__(self, raw: Raw, bare: RawMeili | None = None) -> None:
        self.raw, self.bare = raw, bare
        self.random = Random(SEED)
        drugs = sorted(run(_SOLD).fetchall())
        self.codes = [(code, core) for code, core, _ in drugs]
        self.weights = [count for _, _, count in drugs]
        self.outlets = sorted(run(_STANDING).fetchall())
        self.fen_per_km = pack_on("shenyang", city_moment().date()).ranking.fen_per_km

    def kinds(self) -> dict[str, Callable[[], Asked]]:
        """What draws each kind of question, by the key `--only` knows and the title people read."""
        return {
            "suggest 边输边查": self.suggestion,
            "drugs 查药品": self.search,
            "offers 按距离": lambda: self.ordered("distance"),
            "offers 按价格": lambda: self.ordered("price"),
            "offers 综合": lambda: self.ordered("balanced"),
            "offers 3 公里内有货不高于中选价": self.near_and_cheap,
            "outlet 机构页": self.outlet_page,
        }

    def drawn(self, title: str, count: int) -> list[Asked]:
        """So many questions of a kind; the same ones whatever else is asked."""
        self.random.seed(f"{SEED} {title}")
        draw = self.kinds()[title]
        return [draw() for _ in range(count)]

    def suggestion(self) -> Asked:
        """Some letters, characters or initials of a name, as far as they are typed."""
        words = self.typed()
        return Asked(
            lambda: suggest(words), _path("/suggest", q=words), lambda: self.raw.names(words),
            self._bare(lambda bare: bare.names(words)),
        )  # fmt: skip

    def search(self) -> Asked:
        """The same, asked for with the search button."""
        words, day = self.typed(), city_moment().date()
        return Asked(
            lambda: search_drugs(words, day=day), _path("/drugs", q=words),
            lambda: self.raw.drugs(words),
        )  # fmt: skip

    def ordered(self, order: str) -> Asked:
        """Who sells a drug, in one of the three orders."""
        code, origin = self.drug()[0], self.place()
        return Asked(
            lambda: offers(code, origin=origin, sort=order),
            _path("/offers", drug=code, lat=origin[0], lon=origin[1], sort=order),
            lambda: self.raw.offers(code, origin, order, fen_per_km=self.fen_per_km),
            # Of outlets without their prices only this order can be asked.
            self._bare(lambda bare: bare.near(code, origin)) if order == "distance" else None,
        )

    def near_and_cheap(self) -> Asked:
        """The nearest in stock at or below the winning price."""
        code, origin = self.drug()[0], self.place()
        filters: dict[str, Any] = {
            "radius_m": RADIUS_M,
            "at_or_below_winning": True,
            "in_stock": True,
        }
        return Asked(
            lambda: offers(code, origin=origin, **filters),
            _path("/offers", drug=code, lat=origin[0], lon=origin[1], **filters),
            lambda: self.raw.near_and_cheap(code, origin, RADIUS_M),
            self._bare(lambda bare: bare.near_and_cheap(code, origin, RADIUS_M)),
        )

    def outlet_page(self) -> Asked:
        """What an outlet sells."""
        code = self.random.choice(self.outlets)[0]
        return Asked(lambda: sold_at(code), _path(f"/outlets/{code}"), lambda: self.raw.shelf(code))

    def _bare(self, ask: Callable[[RawMeili], object]) -> Callable[[], object] | None:
        bare = self.bare
        return (lambda: ask(bare)) if bare else None

    def drug(self) -> tuple[str, str]:
        """A drug that is sold: its code and the name of its substance."""
        return self.random.choices(self.codes, self.weights)[0]

    def place(self) -> Position:
        """Where somebody stands: within a kilometre or so of an outlet, kept to 0.001°."""
        _, lat, lon = self.random.choice(self.outlets)
        north, east = self.random.gauss(0, 0.005), self.random.gauss(0, 0.007)
        return rounded(lat + north, lon + east)

    def typed(self) -> str:
        """What somebody types who looks for a drug that is sold."""
        name = self.drug()[1]
        written = self.random.choices([_itself, _sound, initials], [6, 2, 2])[0](name)
        whole = len(written)
        return written[: self.random.randint(min(2, whole), whole)]


def _itself(name: str) -> str:
    return name


def _sound(name: str) -> str:
    return homophone_phrase(name).replace(" ", "")


def _path(path: str, **asked: object) -> str:
    words = {key: str(value).lower() if value is True else value for key, value in asked.items()}
    return f"/api/v1{path}?{urlencode(words)}" if words else f"/api/v1{path}"


def chosen(questions: Questions, only: frozenset[str]) -> Iterator[str]:
    """The titles of the kinds that are asked for; all where nothing is."""
    return (title for title in questions.kinds() if not only or title.split()[0] in only)
