"""Owing somebody a message: a row in the transaction of the change that owes it."""

import json
from collections.abc import Mapping
from hashlib import sha256

from backend.notices.correspondents import known
from backend.notices.kinds import every_kind
from backend.notices.models import Notice
from backend.notices.terms import terms_on
from backend.notices.timing import due
from backend.outside import outside
from backend.outside.clock import city_day


def owe(
    openid: str, kind: str, given: Mapping[str, str], *, about: str, case: str = ""
) -> Notice | None:
    """Write down that somebody is owed a message; None where this one was written before.

    `about` tells it from every other of this kind to this person, e.g. a fact's number. `case` is
    what several messages may have in common. Raises KeyError for a kind nobody knows or a value
    that is missing, Unfit for one WeChat would not take: nothing is written then.
    """
    of_kind, now = every_kind()[kind], outside.clock.now()
    of_kind.words(given), of_kind.address(given), of_kind.values(given)
    to = known(openid, now)
    key = sha256(f"{to.id}\0{kind}\0{about}".encode()).hexdigest()
    terms = terms_on(city_day(now))
    written = (
        Notice.insert(
            to_id=to.id, key=key, kind=kind, case=case,
            given=sealed_given(key, given),
            owed_at=now,
            due_at=due(now, terms, urgent=of_kind.urgent, gathers=of_kind.gathers and bool(case),
                       acted_at=to.acted_at),
        )
        .on_conflict_ignore().returning(Notice.id).execute()
    )  # fmt: skip
    return next((Notice.get_by_id(row.id) for row in written), None)


def sealed_given(key: str, given: Mapping[str, str]) -> str:
    """What its words leave open, as a row has it."""
    return outside.vault.sealed(f"notice {key}", json.dumps(dict(given)).encode())


def given_of(notice: Notice) -> dict[str, str]:
    """What its words leave open. Raises Unopenable."""
    return json.loads(outside.vault.opened(f"notice {notice.key}", notice.given))
