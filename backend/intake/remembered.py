"""What only a publication changes, kept until the next one."""

from collections.abc import Callable, Hashable, Iterable
from typing import Generic, TypeVar

from backend.db import database
from backend.intake.models import Publication

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")


class Remembered(Generic[Key, Value]):
    """At most so many things made from published rows; another number or database forgets them.

    For drugs, whose rows change only inside the transaction that raises the number. Never for
    offers or bands: those change without one, or are asked of the tables each time; nor for which
    edition is in force, though what one of them says never changes.
    """

    def __init__(self, most: int) -> None:
        self.most = most
        # Number and things change hands together, so that no thread files one under the other.
        self._page: tuple[object, dict[Key, Value]] = (None, {})

    def all(
        self, keys: Iterable[Key], make: Callable[[list[Key]], dict[Key, Value]]
    ) -> dict[Key, Value]:
        """What is kept under these keys, the missing made at once; `make` may leave some out."""
        kept = self._kept()
        found, missing = {}, []
        for key in keys:
            value = kept.get(key)
            if value is None:
                missing.append(key)
            else:
                found[key] = value
        if missing:
            made = make(missing)
            if len(kept) + len(made) > self.most:
                kept.clear()
            kept.update(made)
            found.update(made)
        return found

    def _kept(self):
        now = (database.obj, Publication.current())
        stamp, kept = self._page
        if stamp != now:
            kept = {}
            self._page = (now, kept)
        return kept
