"""Questions a town is asked during a storm, and the one right answer to each at every step."""

from collections.abc import Iterator
from random import Random
from typing import Any, NamedTuple
from urllib.parse import urlencode

from backend.outlets.places import metres_between
from backend.outside.clock import SystemClock, city_day
from backend.policy.packs import pack_on
from backend.prices.ranking import rank
from tests.stories.storm_town import (
    DRUGS,
    MIDDLE,
    OUTLETS,
    WINNING_FEN,
    Step,
    name_of,
    places,
    prices,
)


class Offered(NamedTuple):
    """One offer, as the orders of the house look at it."""

    outlet_code: str
    price_fen: int
    distance_m: float
    in_stock: bool = True
    sunk: bool = False


class Question(NamedTuple):
    """A question to the API: which door, and what is asked there."""

    door: str
    asked: dict[str, Any]

    @property
    def path(self) -> str:
        """The address to ask."""
        return f"/api/v1/{self.door}?{urlencode(self.asked)}"


def questions(drawn: Random) -> Iterator[Question]:
    """Questions without end: who sells a drug near a place, what an outlet sells."""
    while True:
        if drawn.random() < 0.2:
            yield Question(f"outlets/A{drawn.randrange(OUTLETS):04d}", {"page_size": 50})
            continue
        lat, lon = (round(at + drawn.uniform(-0.015, 0.015), 3) for at in MIDDLE)
        drug = drawn.choice([0, drawn.randrange(DRUGS)])
        asked = {"drug": f"D{drug:04d}", "lat": lat, "lon": lon,
                 "sort": drawn.choice(["distance", "price", "balanced"])}  # fmt: skip
        if drawn.random() < 0.5:
            asked |= {"radius_m": drawn.choice([500, 1000, 3000]), "at_or_below_winning": "true"}
        yield Question("offers", asked)


Told = tuple[Any, ...]


def told_by(question: Question, answer: dict) -> Told:
    """What an answer of the API says of what changes, in the form of `right`."""
    items = answer["items"]
    if question.door == "offers":
        found = [
            (i["outlet"]["code"], i["outlet"]["name"], i["price_fen"], i["distance_m"])
            for i in items
        ]
    else:
        found = sorted((i["drug"]["code"], i["price_fen"]) for i in items)
        found.insert(0, answer["outlet"]["name"])
    return answer["total"], *found


def right(question: Question, told: Step) -> Told:
    """The one right answer in a state: every offer looked at, nothing of the house's own search."""
    if question.door != "offers":
        return _shelf(int(question.door[-4:]), told)
    asked = question.asked
    drug, origin = int(asked["drug"][1:]), (asked["lat"], asked["lon"])
    found = [
        Offered(f"A{outlet:04d}", fen, metres_between(origin, places(told.outlets)[outlet]))
        for outlet, fen in prices(told.prices).of_drug[drug].items()
    ]
    if "radius_m" in asked:
        found = [
            o for o in found if o.distance_m <= asked["radius_m"] and o.price_fen <= WINNING_FEN
        ]
    weight = pack_on("shenyang", city_day(SystemClock().now())).ranking.fen_per_km
    first = rank(found, asked["sort"], fen_per_km=weight)[:20]
    return len(found), *(
        (o.outlet_code, name_of(int(o.outlet_code[1:]), told), o.price_fen,
         int(o.distance_m + 0.5))
        for o in first
    )  # fmt: skip


def _shelf(outlet, told):
    asked = prices(told.prices).at_outlet[outlet]
    sold = sorted((f"D{drug:04d}", fen) for drug, fen in asked.items())
    return len(sold), name_of(outlet, told), *sold
