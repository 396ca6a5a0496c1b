"""What is told about a person to himself, and the texts everybody may read."""

from typing import Any

from backend.citizens.consents import standing
from backend.citizens.models import Citizen
from backend.citizens.people import phone_of
from backend.citizens.terms import CITY, now, terms_on
from backend.citizens.texts import texts_on
from backend.policy.packs import pack_on


def state_of(citizen: Citizen) -> dict[str, Any]:
    """{joined_on, seen_on, minor, phone, consents} of a person. Raises Unopenable."""
    phone = phone_of(citizen)
    return {
        "joined_on": citizen.joined_on, "seen_on": citizen.seen_on, "minor": citizen.minor,
        "phone": phone and phone._asdict(), "consents": standing(citizen),
    }  # fmt: skip


def current_texts() -> dict[str, Any]:
    """{guardian_under, items} of today: the texts that hold, and until which age (years) a guardian
    consents. Raises NotNow."""
    _, today = now()
    return {
        "guardian_under": terms_on(today).guardian_under,
        "items": [
            {"kind": one.kind, "version": one.version, "from": one.from_, "title": one.title,
             "text": one.text, "data": list(one.data), "why": one.why, "refused": one.refused,
             "basis": one.basis}
            for one in texts_on(today)
        ],
    }  # fmt: skip


def privacy_page() -> dict[str, Any]:
    """{terms, texts} for the page about personal data; terms is None where nobody signs in."""
    _, today = now()
    return {"terms": pack_on(CITY, today).citizens, "texts": texts_on(today)}
