"""The pack's terms of messages to people."""

from datetime import date

from backend.notices.timing import Terms
from backend.policy.packs import pack_on

# Where a pack says nothing nobody waits.
_NONE = Terms(quiet_from=0, quiet_to=0, gather_s=0, just_now_s=0)


def terms_on(day: date, *, city: str = "shenyang") -> Terms:
    """What rules on a day."""
    said = pack_on(city, day).notices
    if said is None:
        return _NONE
    return Terms(said.quiet_from, said.quiet_to, said.gather_s, said.just_now_s)
