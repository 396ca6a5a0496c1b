"""QR codes: which address one holds, and its squares as the path of an SVG."""

from functools import lru_cache
from typing import NamedTuple

import segno
from flask import Request, current_app

# White around the code, in squares: what the standard asks for.
QUIET = 4
MASK = 2


class Drawn(NamedTuple):
    """A code as one path; `size` is its width in squares, the white around it included."""

    size: int
    path: str


def address(request: Request, path: str) -> str:
    """The whole address of a path of ours: under PUBLIC_URL, else where the asker came in."""
    origin = current_app.config["SETTINGS"].public_url or request.host_url.rstrip("/")
    return origin + path


@lru_cache(maxsize=2_000)
def drawn(text: str) -> Drawn:
    """The code of a text, readable where an eighth of it is hidden."""
    # Any mask is read by every reader; trying all eight for the fairest costs most of the time.
    matrix = segno.make(text, error="m", micro=False, mask=MASK).matrix
    rows = (_runs(row, y + QUIET) for y, row in enumerate(matrix))
    return Drawn(len(matrix) + 2 * QUIET, "".join(rows))


def _runs(row, y):
    """Each stretch of dark squares of a row as a rectangle."""
    begins = None
    made = []
    for x, dark in enumerate((*row, 0)):
        if dark and begins is None:
            begins = x
        elif not dark and begins is not None:
            made.append(f"M{begins + QUIET} {y}h{x - begins}v1h-{x - begins}z")
            begins = None
    return "".join(made)
