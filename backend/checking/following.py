"""What follows a verdict is the caller's: found by the first word of its own reference."""

from collections.abc import Callable, Mapping
from typing import NamedTuple


class Decided(NamedTuple):
    """A check that came to another state: "pass", "review" or "risky".

    A person may decide otherwise than WeChat did: after "pass" there may come "risky".
    """

    code: str
    what: str
    about: str
    state: str


Follow = Callable[[Decided], None]


class _Callers:
    """Who is told, by the first word of `about`; the roofs fill it in."""

    by_word: Mapping[str, Follow] = {}


_callers = _Callers()


def plug_in(callers: Mapping[str, Follow]) -> None:
    """Let these be told, and no others.

    Each is called in the transaction of the decision: what it writes happens with it or not at
    all. It may be called again where that transaction failed, it asks nobody outside, and it does
    nothing where its reference names nothing (any more).
    """
    _callers.by_word = dict(callers)


def follower_of(about: str) -> Follow:
    """Who is told of what is checked under this reference.

    Raises LookupError where nobody is: a verdict would come to nothing.
    """
    word = about.partition(" ")[0]
    if word not in _callers.by_word:
        raise LookupError(f"nobody follows the checks of {word!r}")
    return _callers.by_word[word]
