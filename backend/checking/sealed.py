"""What is sealed of checks, to be sealed anew when the key is exchanged: who, and what to ask."""

import json

from backend.checking import wording
from backend.checking.models import Check
from backend.outside import outside
from backend.outside.resealing import Sealed


def _renew(row: Check) -> None:
    name = f"check {row.code}"
    question = outside.vault.opened(name, row.sealed)
    fresh = {
        "sealed": outside.vault.sealed(name, question),
        "who": outside.vault.mark("openid", json.loads(question)[0]),
    }
    Check.update(fresh).where(Check.id == row.id, Check.sealed == row.sealed).execute()


SEALED = (Sealed(wording.HELD, Check, "sealed", _renew),)
