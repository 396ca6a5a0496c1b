"""The content check by the minute: questions put, verdicts matched, what waited too long."""

from typing import NamedTuple

from backend import db
from backend.checking import wording
from backend.checking.questions import ask_due, forget, give_up, match_early
from backend.outside import outside
from backend.outside.clock import city_day
from backend.outside.minutely import Minutely
from backend.policy.packs import pack_on
from backend.queue import Huey

CHECK_PICTURES = Minutely("check_pictures", about=wording.ASKS)
MINUTELY = (CHECK_PICTURES,)


class Round(NamedTuple):
    """How many questions WeChat took, how many checks went to a person."""

    asked: int
    given_up: int


def schedule(queue: Huey, *, city: str) -> None:
    """Have the queue do it every minute."""
    CHECK_PICTURES.put_on(queue, lambda: check_pictures(city))


def check_pictures(city: str) -> Round:
    """One round; any number of them at once or cut short leave the same."""
    moment = outside.clock.now()
    terms = pack_on(city, city_day(moment)).checking
    with db.opened():
        match_early()
        given_up = give_up(moment, terms)
        asked = ask_due(terms)
        forget(moment, terms)
    return Round(asked, given_up)
