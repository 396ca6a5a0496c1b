"""What an answer costs the second time: its mark (ETag), how long it may be kept, and gzip."""

import gzip
from collections.abc import Callable
from hashlib import blake2b

from flask import Flask, Response, request

from backend.web.headers import without_nonce

_TEXT = frozenset(
    (
        "text/html", "text/css", "text/plain", "text/csv", "text/javascript",
        "application/javascript", "application/json", "image/svg+xml",
    )
)  # fmt: skip
# Below this a packed answer fills the same packet; level 5 saves a seventh more in thrice the time.
_WORTH_PACKING, _LEVEL = 1024, 3

FOR_EVER = "public, max-age=31536000, immutable"
HALF_A_MINUTE = "private, max-age=30"
ASK_AGAIN = "private, no-cache"
NEVER = "no-store"

# A price is never shown older than it is: every answer is asked for again, and costs no bytes
# where it stayed the same. An address names what somebody looks for, so only his own browser may
# keep it. Suggestions are names without prices; state is of the moment.
_BY_DOOR = {
    "suggest.suggest_names": HALF_A_MINUTE,
    "baskets.plan_basket": NEVER,
    "sessions.sign_in": NEVER,
    "health.healthz": NEVER,
    "health.readyz": NEVER,
}

Stamped = Callable[[str], str]
_packed_files: dict[str, bytes] = {}


def register(app: Flask, *, stamped: Stamped) -> None:
    """Finish every answer of the app; `stamped` gives a static file's address of today."""

    @app.after_request
    def _finish(response: Response) -> Response:
        if response.status_code >= 400:
            response.headers["Cache-Control"] = NEVER
            return response
        if request.endpoint == "static":
            response.headers["Cache-Control"] = _of_file(stamped)
        elif _is_file() or "Cache-Control" not in response.headers:
            response.headers["Cache-Control"] = _of_door(app)
        if request.method in ("GET", "HEAD") and response.status_code == 200:
            return _lighter(app, response)
        return response


def _of_file(stamped):
    # While two versions run side by side, the old one must not sign for the new one's files.
    name = (request.view_args or {})["filename"]
    return FOR_EVER if stamped(name) == request.full_path else ASK_AGAIN


def _of_door(app):
    return NEVER if _is_personal(app) else _BY_DOOR.get(request.endpoint or "", ASK_AGAIN)


def _is_personal(app):
    view = app.view_functions.get(request.endpoint or "")
    return getattr(view, "guard", "everyone") != "everyone"


def _lighter(app, response):
    """Mark the answer, leave it out where the asker has it, else pack it.

    What is personal is not packed: its length would tell of secrets beside a reflected word.
    """
    if _is_personal(app) or "Set-Cookie" in response.headers:
        return response
    if response.mimetype not in _TEXT or (response.is_streamed and not _is_file()):
        return response
    response.direct_passthrough = False
    body = response.get_data()
    packs = len(body) > _WORTH_PACKING and request.accept_encodings.quality("gzip") > 0
    mark = _mark(response, body) + ("-gz" if packs else "")
    response.set_etag(mark)
    response.vary.add("Accept-Encoding")
    if response.mimetype == "text/html":
        # Place and large letters are the visitor's own.
        response.vary.add("Cookie")
    if request.if_none_match:
        response.make_conditional(request)
        _leave_the_stored_policy(response)
    if packs and response.status_code == 200:
        response.set_data(_pack(mark, body))
        response.headers["Content-Encoding"] = "gzip"
    return response


def _mark(response, body):
    """What changes when the page does, or what it may do; not with the nonce of each answer."""
    policy = response.headers.get("Content-Security-Policy", "")
    return blake2b(without_nonce(policy.encode() + body), digest_size=12).hexdigest()


def _leave_the_stored_policy(response):
    """A 304 brings new headers for the body the browser kept, which holds the nonce of that day.

    So it must bring no policy: the one stored with the body goes on, and its scripts run. A stored
    nonce helps nobody: only the browser that keeps the page ever saw it.
    """
    if response.status_code == 304:
        response.headers.pop("Content-Security-Policy", None)


def _is_file():
    return request.endpoint == "static"


def _pack(mark, body):
    if not _is_file():
        return gzip.compress(body, _LEVEL, mtime=0)
    if mark not in _packed_files:
        _packed_files[mark] = gzip.compress(body, _LEVEL, mtime=0)
    return _packed_files[mark]
