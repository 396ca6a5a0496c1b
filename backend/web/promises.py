"""What a door promises beside its answer: which refusals of its own it may give."""

from collections.abc import Callable
from typing import TypeVar

from backend.errors import Refusal

Door = TypeVar("Door", bound=Callable)


def may_refuse(*kinds: type[Refusal]) -> Callable[[Door], Door]:
    """Name the refusals the door itself gives; what every door gives needs no naming."""

    def named(door: Door) -> Door:
        door.refuses = kinds  # type: ignore[attr-defined]
        return door

    return named


def may_answer(media: str, *headers: str) -> Callable[[Door], Door]:
    """Name another form the door answers in, and headers of its own it sends with either."""

    def named(door: Door) -> Door:
        door.answers = (media, headers)  # type: ignore[attr-defined]
        return door

    return named
