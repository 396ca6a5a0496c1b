"""The wire to WeChat: an answer ends in time and has a size, whoever sends it."""

import time
from typing import Any

from requests import PreparedRequest, Response
from requests.adapters import HTTPAdapter
from requests.exceptions import ContentDecodingError, ReadTimeout
from urllib3.exceptions import HTTPError

CONNECT_S, READ_S, WHOLE_S = 2.0, 3.0, 5.0
ANSWER_BYTES, PIECE_BYTES = 2_000_000, 16_384


class BoundedAdapter(HTTPAdapter):
    """Reads each answer at once, within `WHOLE_S` from the question and `ANSWER_BYTES`.

    requests' own time-out is counted anew for every byte that drips in.
    """

    def send(self, request: PreparedRequest, *args: Any, **how: Any) -> Response:
        """As requests sends, read to the end. Raises its own exceptions."""
        until = time.monotonic() + WHOLE_S
        how |= {"stream": True, "timeout": (CONNECT_S, READ_S)}
        answer = super().send(request, **how)
        try:
            answer._content = _read(answer.raw, until)
        except (HTTPError, OSError, ValueError):
            # From here on nothing of what the library says is passed on: it knows the address.
            answer.close()
            answer._content = None
        if answer._content is None:
            raise ContentDecodingError("the answer ended badly")
        answer.raw.release_conn()
        return answer


def _read(raw, until):
    got, size = [], 0
    while piece := raw.read1(PIECE_BYTES, decode_content=True):
        size += len(piece)
        if size > ANSWER_BYTES:
            raise ValueError("too long")
        if time.monotonic() > until:
            raise ReadTimeout("too slow")
        got.append(piece)
    return b"".join(got)
