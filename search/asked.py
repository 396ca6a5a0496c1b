"""What a person asked: the words, strengths and numbers of a query, and how to take them."""

from enum import Enum
from functools import lru_cache
from typing import NamedTuple

from search.strengths import scan
from search.text import compact, has_chinese, runs

LONGEST, MOST_WORDS = 120, 8  # beyond this a question is not a person's


class Step(Enum):
    """The ways to understand a question, tried in this order until one finds something."""

    MEASURED = 1  # only numbers were typed
    HEARD = 2
    CUT = 3  # one Chinese run that is two things at once
    REPAIRED = 4


class Asked(NamedTuple):
    """A query taken apart: `whole` is its key with everything in it, `words` its Chinese and
    Latin runs in order, `strengths` canonical tokens, `numbers` those without a unit."""

    whole: str
    words: tuple[str, ...]
    strengths: tuple[str, ...]
    numbers: tuple[str, ...]

    @property
    def joined(self) -> str:
        """The words as if typed without blanks."""
        return "".join(self.words)

    def wordings(self) -> list[tuple[str, ...]]:
        """The ways to take the words, strictest first: all as one, then each for itself."""
        ways = [(self.whole,), (self.joined,), self.words]
        return [way for way in dict.fromkeys(ways) if any(way)]


@lru_cache(maxsize=256)
def ask(text: str, unfinished: bool = False) -> Asked:
    """Take a query apart; any text is valid."""
    text = text[:LONGEST]
    found = scan(text, unfinished)
    words = tuple(runs(found.rest)[:MOST_WORDS])
    return Asked(compact(text), words, found.strengths, found.numbers)


def steps(asked: Asked) -> tuple[Step, ...]:
    """The steps for a question."""
    return (Step.HEARD, Step.CUT, Step.REPAIRED) if asked.words else (Step.MEASURED,)


def cuts(asked: Asked) -> list[tuple[str, str]]:
    """The ways to cut a single Chinese run in two, the longest beginning first."""
    word = asked.joined
    if len(asked.words) > 1 or not has_chinese(word):
        return []
    return [(word[:cut], word[cut:]) for cut in range(len(word) - 2, 1, -1)]
