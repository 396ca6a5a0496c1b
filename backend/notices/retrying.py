"""What becomes of a message WeChat did not take: again later, the next rung, unknown, parked. Pure.

Only what certainly had no effect is tried again. A send that timed out, was cut off or found WeChat
busy may have gone out: it is `unknown`, and nothing pushes the same words again.
"""

from enum import StrEnum
from typing import NamedTuple

from backend.outside.wechat.answers import DAY_IS_FULL, Kind

# Seconds: the first wait, the longest, and how many tries before a person has a look.
FIRST_S, MOST_S, TRIES = 5, 3600, 8
# These slow everybody who uses the same call, not this message alone.
_SLOWS_THE_LANE = frozenset((DAY_IS_FULL, 45011, 44991))


class Fate(StrEnum):
    """What to do with it."""

    AGAIN = "again"
    NEXT_RUNG = "next_rung"
    UNKNOWN = "unknown"
    PARKED = "parked"


class Judgement(NamedTuple):
    """A fate; `after_s` until the next try; `lane_s` how long the whole lane rests, 0 for none."""

    fate: Fate
    after_s: float = 0.0
    lane_s: float = 0.0


def judge(
    kind: Kind, code: int, *, after_s: int | None, perhaps: bool, tries: int, chance: float
) -> Judgement:
    """The fate of a message whose send was not done; `chance` (0–1) spreads the tries.

    A lane that rests is nobody's fault, so it uses up no try.
    """
    if perhaps:
        return Judgement(Fate.UNKNOWN)
    if kind is Kind.NEVER:
        return Judgement(Fate.NEXT_RUNG)
    if kind is Kind.OURS:
        # Settings, a template or our own data: nothing gets better by itself.
        return Judgement(Fate.PARKED)
    if code in _SLOWS_THE_LANE:
        rest = float(after_s or FIRST_S)
        return Judgement(Fate.AGAIN, rest * (1 + 0.1 * chance), lane_s=rest)
    if tries >= TRIES:
        return Judgement(Fate.PARKED)
    wait = min(MOST_S, max(after_s or 0, FIRST_S * 2 ** max(0, tries - 1)))
    return Judgement(Fate.AGAIN, wait * (0.5 + 0.5 * chance))
