"""What is looked for, as one line of a log that tells of nobody: words, how many, in which hour."""

import json
import logging
import re
import sys
import unicodedata
from collections.abc import Mapping
from datetime import datetime
from typing import Any

log = logging.getLogger("sanjin.searches")

LONGEST = 64
MASK = "＊"
# Numbers that may be a person's: a telephone, an identity card, a card of the insurance. An
# approval number falls with them, which costs little. What follows a long number belongs to the
# code of a single box: its batch and its serial have letters too.
_PERSONAL = re.compile(
    r"\(01\).*"
    r"|\d{14,}.*"
    r"|\S+@\S+"
    r"|\d{5,}[xX]?"
    r"|\d(?:[\s.·-]?\d){6,}[xX]?"
    r"|[〇零一二三四五六七八九幺两]{7,}"
)


def switch(on: bool) -> None:
    """Have the lines written to the standard output, one JSON object each, or not at all."""
    for handler in list(log.handlers):
        log.removeHandler(handler)
    log.propagate = False
    log.disabled = not on
    if on:
        handler = logging.StreamHandler(sys.stdout)
        handler.setFormatter(logging.Formatter("%(message)s"))
        log.addHandler(handler)
        log.setLevel(logging.INFO)


def masked(words: str) -> str:
    """The words as they may be kept: what looks like a person's number or address of mail hidden.

    Masked before it is cut: half a number must not pass for none.
    """
    plain = " ".join(unicodedata.normalize("NFKC", words).split())
    return _PERSONAL.sub(MASK, plain)[:LONGEST]


def remember(words: str, found: Mapping[str, Any], moment: datetime) -> None:
    """Log one search: its words, how the first was matched, how many, whether degraded, the hour.

    `found` is as search_drugs gives it, `moment` the city's time. Later pages of the same search,
    and looking through a list without words, are no new search.
    """
    if not words.strip() or found["page"] != 1:
        return
    first = next(iter(found["items"]), None)
    line = {
        "words": masked(words),
        "matched": first and first["matched_by"]["code"],
        "found": found["total"],
        "degraded": found["degraded"],
        "hour": f"{moment:%Y-%m-%dT%H}",
    }
    log.info("%s", json.dumps(line, ensure_ascii=False))
