"""Names of real drugs beyond our catalogue: none of them is a misspelling of one in it."""

from functools import lru_cache
from importlib.resources import files


@lru_cache
def known() -> frozenset[str]:
    """The substances and Chinese patent medicines of the national list of 2025, as `naming.core`.

    known.txt says in its first lines where it is from and how it was made.
    """
    text = (files("backend.catalog") / "known.txt").read_text(encoding="utf-8")
    return frozenset(line for line in text.splitlines() if line and not line.startswith("#"))
