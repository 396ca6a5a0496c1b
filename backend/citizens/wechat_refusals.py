"""What a person is told where WeChat did not do it."""

from backend.citizens import wording
from backend.errors import CodeIsOver, Refusal, RiskyPerson, TooMany, TryAgain
from backend.outside.wechat import Kind, NotDone


def refusal_of(error: NotDone, *, code_is_over: str | None = None) -> Refusal:
    """The refusal to raise; `code_is_over` says in other words what to do about a spent code."""
    if error.kind is Kind.OURS:
        return TryAgain(wording.OUR_FAULT, wait=error.after_s or OURS_WAIT_S)
    if error.kind is Kind.LATER:
        if error.why == "too_often":
            return TooMany(error.after_s or 1, wording.TOO_OFTEN)
        return TryAgain(wording.AWAY, wait=error.after_s)
    if error.why == "risky_person":
        return RiskyPerson()
    return CodeIsOver(code_is_over)


# Somebody has to mend it: nobody need ask again in a hurry.
OURS_WAIT_S = 600
