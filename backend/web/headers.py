"""Headers of every answer: only our own files run, nobody else learns what was looked up."""

from secrets import token_urlsafe

from flask import Flask, Response, g, request

from backend.settings import Settings

# Nothing may run, load or be drawn but what this page itself names by its nonce.
_PAGE = (
    "default-src 'none'; script-src 'nonce-{nonce}'; style-src 'nonce-{nonce}'; img-src 'self';"
    " connect-src 'self'; worker-src 'self'; manifest-src 'self'; form-action 'self';"
    " base-uri 'none'; object-src 'none'; frame-ancestors 'none';"
    " require-trusted-types-for 'script'; trusted-types sanjin"
)
# A file shows nothing of others; what a service worker fetches is judged by its own script's.
_FILE = "default-src 'none'; connect-src 'self'; base-uri 'none'; frame-ancestors 'none'"

# The visitor may give his position on a tap; nothing else of his machine is ever asked for.
_PERMISSIONS = "geolocation=(self), " + ", ".join(
    f"{name}=()"
    for name in (
        "accelerometer", "autoplay", "camera", "display-capture", "encrypted-media", "gyroscope",
        "magnetometer", "microphone", "midi", "payment", "usb",
    )
)  # fmt: skip


def nonce() -> str:
    """The word by which this answer knows its own scripts and styles; fresh for every answer."""
    if "nonce" not in g:
        g.nonce = token_urlsafe(16)
    return g.nonce


def without_nonce(text: bytes) -> bytes:
    """The text as it would be for anybody; a word of 128 random bits stands nowhere by chance."""
    return text.replace(g.nonce.encode(), b"") if "nonce" in g else text


def register(app: Flask, settings: Settings) -> None:
    """Set the headers on everything the app answers."""
    app.jinja_env.globals["nonce"] = nonce

    @app.after_request
    def _set(response: Response) -> Response:
        for name, value in _wanted(response, settings):
            response.headers.setdefault(name, value)
        return response


def _wanted(response, settings):
    is_page = response.mimetype == "text/html"
    yield "Content-Security-Policy", _policy(is_page)
    # A drug's name in an address is health data: it goes to nobody else.
    yield "Referrer-Policy", "same-origin"
    yield "X-Content-Type-Options", "nosniff"
    # A file meant for other sites' pages says so itself where it is made.
    yield "Cross-Origin-Resource-Policy", "same-origin"
    if is_page:
        yield "Cross-Origin-Opener-Policy", "same-origin"
        yield "Permissions-Policy", _PERMISSIONS
    if request.is_secure and settings.hsts_seconds:
        yield "Strict-Transport-Security", f"max-age={settings.hsts_seconds}"


def _policy(is_page):
    policy = _PAGE.format(nonce=nonce()) if is_page else _FILE
    return f"{policy}; upgrade-insecure-requests" if request.is_secure else policy
