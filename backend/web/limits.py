"""How often one address may ask: beyond it a refusal says when to come again."""

import logging

from flask import Flask, Response, request

from backend.errors import TooMany
from backend.outside import outside
from backend.outside.clock import city_day
from backend.settings import Settings
from backend.web.askers import believe_proxies, is_from_inside, mark_of, was_passed_on

log = logging.getLogger(__name__)

# Files cost next to nothing; who watches over the house must not be shut out of it.
UNCOUNTED = frozenset(("static", "health.healthz", "health.readyz", "metrics.metrics"))
# A signature that is wrong, an address that is none here, a body too long.
_REFUSED = (403, 404, 413)
_BEHIND_ONE_ADDRESS = (
    "a proxy passes questions on, but TRUSTED_PROXIES is 0: nobody is counted, since all would"
    " share the proxy's address"
)


def register(app: Flask, settings: Settings) -> None:
    """Count every question of the app, but those for files and for the state of the house."""
    believe_proxies(app, settings.trusted_proxies)
    told: list[str] = []

    def is_counted():
        if request.endpoint in UNCOUNTED:
            return False
        if not settings.trusted_proxies and was_passed_on(request) and is_from_inside(request):
            if not told:
                told.append(_BEHIND_ONE_ADDRESS)
                log.warning(_BEHIND_ONE_ADDRESS)
            return False
        return True

    @app.before_request
    def _count():
        if not is_counted():
            return
        look = outside.limits.left_to_wait if _is_for_wechat(app) else outside.limits.wait
        wait = look(_asker(app))
        if wait:
            raise TooMany(wait)

    @app.after_request
    def _count_refused(response: Response) -> Response:
        if _is_for_wechat(app) and response.status_code in _REFUSED and is_counted():
            outside.limits.wait(_asker(app))
        return response


def _is_for_wechat(app):
    """All of a city's messages come from WeChat's few addresses, and it signs them: there only
    who is refused is counted, and where that was too often, refused before his body is read."""
    view = app.view_functions.get(request.endpoint or "")
    return getattr(view, "guard", "") == "wechat"


def _asker(app):
    day = city_day(outside.clock.now()).isoformat()
    return mark_of(request, secret=app.config["SECRET_KEY"], day=day)
