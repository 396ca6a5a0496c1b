"""Everything beyond this process, plugged in by URLs."""

from collections.abc import Mapping

import search
from backend.outside import limits, signing, vault, wechat
from backend.outside import staff as staffs
from backend.outside.clock import Clock, SystemClock
from backend.outside.wechat import Mailbox, Template
from backend.queue import Huey
from backend.queue import connect as connect_queue
from backend.settings import Settings


class Outside:
    """The plugs of one running house; tests put doubles in their place."""

    index: search.Index
    limits: limits.Limiter
    wechat: wechat.WeChat
    staff: staffs.Staff
    templates: Mapping[str, Template] = {}
    mail: Mailbox | None = None
    clock: Clock = SystemClock()
    queue_url: str = ""
    signing_key: signing.Given = signing.Given()
    _queue: tuple[str, Huey] | None = None
    personal_key: vault.Given = vault.Given()
    _signer: tuple[signing.Given, signing.Signer] | None = None
    _vault: tuple[vault.Given, vault.Vault] | None = None

    @property
    def signer(self) -> signing.Signer:
        """What signs, its key read (or made) when the first signature is asked for."""
        if self._signer is None or self._signer[0] != self.signing_key:
            self._signer = (self.signing_key, signing.connect(self.signing_key))
        return self._signer[1]

    @property
    def vault(self) -> vault.Vault:
        """What seals what is known of persons, its key read (or made) when it is first needed."""
        if self._vault is None or self._vault[0] != self.personal_key:
            self._vault = (self.personal_key, vault.connect(self.personal_key))
        return self._vault[1]

    @property
    def queue(self) -> Huey:
        """The queue, opened when it is first asked for: most questions never need it."""
        if self._queue is None or self._queue[0] != self.queue_url:
            self._queue = (self.queue_url, connect_queue(self.queue_url))
        return self._queue[1]

    def let_go(self) -> None:
        """Close what a forked process must not inherit, if anything is plugged in yet."""
        for name in ("index", "limits", "wechat"):
            if hasattr(self, name):
                getattr(self, name).close()
        if self._queue is not None:
            self._queue[1].storage.close()
        self._queue = None


outside = Outside()


def plug_in(settings: Settings) -> Outside:
    """Fill `outside` as the settings say and return it."""
    outside.index = search.connect(
        settings.search_url, key=settings.search_key, fallback=settings.search_fallback_url
    )
    outside.limits = limits.connect(settings.limits_url, settings.rate_limit)
    outside.queue_url = settings.queue_url
    outside.signing_key = signing.Given(
        settings.signing_key, settings.signing_key_file, settings.signing_keys_before
    )
    outside.personal_key = vault.Given(
        settings.personal_key, settings.personal_key_file, settings.personal_keys_before
    )
    outside.staff = staffs.connect(
        staffs.Given(
            settings.staff_robot_url, settings.staff_mail_url, settings.staff_mail_from,
            settings.staff_mail_to,
        ),
        outside.limits.kept,
    )  # fmt: skip
    outside.clock = SystemClock()
    outside.wechat = wechat.connect(
        wechat.Given(settings.wechat_api_url, settings.wechat_app_id, settings.wechat_app_secret),
        outside.limits.kept,
        lambda: outside.clock,
    )
    outside.templates = wechat.templates_of(settings.wechat_templates)
    outside.mail = wechat.mail_of(
        settings.wechat_app_id,
        settings.wechat_push_mode,
        now=(settings.wechat_token, settings.wechat_aes_key),
        before=(settings.wechat_token_before, settings.wechat_aes_key_before),
        before_until=settings.wechat_before_until,
    )
    return outside
