"""The roof of the web: plugs, faces, headers, put together."""

import secrets
from pathlib import Path

from flask import Flask, current_app, request

from backend import db
from backend.catalog import searches
from backend.checking import following
from backend.commands import add_commands
from backend.outlets.places import districts
from backend.outside import outside, plug_in
from backend.settings import Settings
from backend.verdicts import DECIDED
from backend.web import caching, cors, headers, limits, metrics, refusals
from miniprogram_api import doors
from miniprogram_api.assets import stamped
from miniprogram_api.pages import draw_refusal


def create_app(settings: Settings | None = None) -> Flask:
    """The whole house, ready to serve."""
    settings = settings or Settings.from_environment()
    app = Flask("miniprogram_api")
    app.json.ensure_ascii = False  # type: ignore[attr-defined]
    app.config.update(
        SECRET_KEY=settings.secret_key or secrets.token_hex(32),
        MAX_CONTENT_LENGTH=1_000_000,
        SETTINGS=settings,
    )
    db.connect(
        settings.database_url,
        replica_url=settings.database_replica_url,
        most_lag_s=settings.database_replica_lag,
        patience_s=settings.database_timeout,
    )
    plug_in(settings)
    following.plug_in(DECIDED)
    searches.switch(settings.search_log == "on")
    districts(cache=Path(settings.cache_dir))
    # First in, last out: what stands first here sees an answer as it leaves.
    metrics.register(app)
    caching.register(app, stamped=stamped)
    headers.register(app, settings)
    cors.register(app, settings)
    app.before_request(_open)
    app.teardown_request(_close)
    limits.register(app, settings)
    doors.register(app, settings)
    # After the doors: the API brings an answer to errors of its own, JSON to people too.
    refusals.register(app, draw=draw_refusal)
    add_commands(app)
    return app


# Files need no database; who asks how the house stands must hear it where there is none.
_WITHOUT_DATABASE = limits.UNCOUNTED


def _open():
    if request.endpoint not in _WITHOUT_DATABASE:
        db.open_question(reads=_is_for_everyone())


def _is_for_everyone():
    """What everyone may read is read on a replica; whoever works here must see his own writes."""
    view = current_app.view_functions.get(request.endpoint or "")
    return request.method in ("GET", "HEAD") and getattr(view, "guard", "") == "everyone"


def _close(error):
    db.close_question()


__all__ = ["create_app", "outside"]
