"""Headers of every answer: no third party, no leak of what was looked up."""

from flask import Flask, Response, request

_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
    " connect-src 'self'; worker-src 'self'; form-action 'self'; base-uri 'none';"
    " frame-ancestors 'none'"
)
# Swagger UI writes style attributes; nothing else may.
_API_PAGES = _POLICY.replace("style-src 'self'", "style-src 'self' 'unsafe-inline'")


def register(app: Flask) -> None:
    """Set the headers on everything the app answers."""
    app.after_request(_set)


def _set(response: Response) -> Response:
    policy = _API_PAGES if request.path.startswith("/api/docs") else _POLICY
    response.headers.setdefault("Content-Security-Policy", policy)
    # A drug's name in an address is health data: it goes to nobody else.
    response.headers.setdefault("Referrer-Policy", "same-origin")
    response.headers.setdefault("X-Content-Type-Options", "nosniff")
    return response
