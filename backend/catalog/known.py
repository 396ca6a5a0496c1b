"""Names of drugs wherever they are listed."""

from functools import lru_cache
from importlib.resources import files


@lru_cache
def names() -> frozenset[str]:
    """All."""
    text = (files("backend.catalog") / "known.txt").read_text(encoding="utf-8")
    return frozenset(l for l in text.splitlines() if not l.startswith("#"))
