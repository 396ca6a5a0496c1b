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
    counting = _Counting(app, settings.trusted_proxies)
    app.before_request(counting.let_in)
    app.after_request(counting.count_refused)


class _Counting:
    """Whom the app counts, and when."""

    def __init__(self, app: Flask, trusted_proxies: int) -> None:
        self.app, self.trusted_proxies, self.told = app, trusted_proxies, False

    def let_in(self) -> None:
        """Count a question before anybody answers it. Raises TooMany."""
        if not self._is_counted():
            return
        look = outside.limits.left_to_wait if self._is_from_wechat() else outside.limits.wait
        wait = look(self._asker())
        if wait:
            raise TooMany(wait)

    def count_refused(self, response: Response) -> Response:
        """Of what says to be from WeChat, count what was not."""
        if response.status_code in _REFUSED and self._is_from_wechat() and self._is_counted():
            outside.limits.wait(self._asker())
        return response

    def _is_counted(self):
        if request.endpoint in UNCOUNTED:
            return False
        if not self.trusted_proxies and was_passed_on(request) and is_from_inside(request):
            if not self.told:
                self.told = True
                log.warning(_BEHIND_ONE_ADDRESS)
            return False
        return True

    def _is_from_wechat(self):
        """All of a city's messages come from WeChat's few addresses, and it signs them: there only
        who is refused is counted, and where that was too often, refused before his body is read."""
        view = self.app.view_functions.get(request.endpoint or "")
        return getattr(view, "guard", "") == "wechat"

    def _asker(self):
        day = city_day(outside.clock.now()).isoformat()
        return mark_of(request, secret=self.app.config["SECRET_KEY"], day=day)
