"""Who reports what for the first time in a day, told by marks that end with it."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime, time, timedelta

from backend.errors import TooMany, TryAgain
from backend.outside import outside
from backend.reports import wording

_ANYTHING = "anything"


@contextmanager
def first_times(
    asker: str, abouts: Iterable[str], moment: datetime, *, most: int
) -> Iterator[list[str]]:
    """Of these matters the ones this asker reports for the first time in the city's day.

    Where what is done with them fails, it is as if he had not come. Raises TooMany beyond `most`
    reports a day, TryAgain where the counts cannot be reached: nobody is counted unmarked.
    """
    marks = outside.limits.reporters
    try:
        if marks.times(asker, _ANYTHING, moment) > most:
            raise TooMany(_left(moment), wording.too_many(most))
        new = [about for about in abouts if marks.times(asker, about, moment) == 1]
    except marks.troubles:
        raise TryAgain(wording.NOT_COUNTED) from None
    try:
        yield new
    except BaseException:
        with suppress(*marks.troubles):
            for about in new:
                marks.forget(asker, about, moment)
        raise


def _left(moment):
    """How many seconds of the city's day are left."""
    end = datetime.combine(moment.date() + timedelta(days=1), time(), moment.tzinfo)
    return max(1, int((end - moment).total_seconds()))
