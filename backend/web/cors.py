"""Which other sites' pages may read the API in a browser; never the pages of this site.

The API is public, read-only and knows no cookies: what a page of another site may read here, its
server could fetch as well. So `*` is allowed; without the setting nobody's page may, because whose
pages lean on this house is for the bureau to say.
"""

from flask import Flask, Response, request
from flask_cors import CORS

from backend.settings import Settings

# The API and its description.
_OPEN = r"/api/(v\d+/.*|openapi\.json)"
_READS = ["GET", "HEAD", "OPTIONS"]
_TOLD = ["ETag", "Retry-After", "Link", "Deprecation", "Sunset"]
_A_DAY = 24 * 3600


def register(app: Flask, settings: Settings) -> None:
    """Let the pages of these origins read; a browser keeps the permission for a day."""
    origins = [one for one in settings.cors_origins.split(",") if one]
    if not origins:
        return
    CORS(
        app,
        resources={_OPEN: {"origins": origins}},
        methods=_READS,
        allow_headers=["If-None-Match"],
        expose_headers=_TOLD,
        supports_credentials=False,
        always_send=False,
        send_wildcard=True,
        max_age=_A_DAY,
    )
    if origins != ["*"]:
        app.after_request(_depends_on_the_origin)


def _depends_on_the_origin(response: Response) -> Response:
    """An answer kept for one site must not be given to another: also where none was named."""
    if request.path.startswith("/api/"):
        response.vary.add("Origin")
    return response
