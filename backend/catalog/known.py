"""Names of real drugs beyond our catalogue: none of them is a misspelling of one in it."""

from functools import lru_cache
from importlib.resources import files

from backend.catalog import naming


@lru_cache
def known() -> frozenset[str]:
    """The substances and Chinese patent medicines of the national list of 2025, as `naming.core`.

    known.txt says in its first lines where it is from and how it was made.
    """
    text = (files("backend.catalog") / "known.txt").read_text(encoding="utf-8")
    return frozenset(line for line in text.splitlines() if line and not line.startswith("#"))


def is_known(name: str) -> bool:
    """Whether the national list knows a drug of this name, however its salt and form are written.

    头孢克肟分散片 is known and so not a slip for 头孢克洛; 头孢克落 is not known.
    """
    return naming.core(name) in known()
