"""One access token for all processes: who finds it old asks for the next, the others wait for it.

A stable token stays the same while it lives, so two who ask do no harm; the turn that is taken
here only keeps a hundred from asking at once. It is kept sealed, until shortly before its end.
"""

import json
import time
from collections.abc import Callable
from hashlib import sha256
from typing import NamedTuple

from backend.outside.hiding import Secret
from backend.outside.kept import Kept
from backend.outside.sealing import Sealer
from backend.outside.wechat.answers import TOKEN_REFUSED, Judged, Kind, NotDone
from backend.outside.wechat.speaking import TokenState

# WeChat gives out the next token in the last 5 minutes only, while the old one works on.
RENEW_S, MARGIN_S = 240, 60
# A turn is over before those who wait give up: whoever took it may have been killed.
TURN_S, WAIT_S, LOOK_S = 4.0, 8.0, 0.05
# What failed is not asked again at once, whichever process wants it.
REST_S, REST_OURS_S = 3, 60
ONCE_S = 30
# How long it is remembered for whoever watches.
FAILED_S = 600

Ask = Callable[[], tuple[str, int]]


class Token(NamedTuple):
    """A token, when it ends and when it was asked for (seconds since 1970)."""

    value: Secret
    until: float
    asked_at: float


class Tokens:
    """The token of one account. `ask` gets (token, seconds it lives) or raises NotDone."""

    def __init__(self, account: str, kept: Kept, sealer: Sealer, ask: Ask) -> None:
        self.name, self.kept, self.sealer, self.ask = f"wechat:{account}", kept, sealer, ask

    def current(self) -> Token:
        """A token that lives; one near its end is renewed by one caller, the others use it on.

        Raises NotDone where there is none and none can be had.
        """
        token = self._look()
        if token is None:
            return self._next(lambda found: True)
        if token.until - time.time() < RENEW_S and self.kept.take(f"{self.name}:early", ONCE_S):
            try:
                return self._asked()
            except NotDone:
                return token
        return token

    def instead_of(self, refused: Token) -> Token:
        """The token to use after WeChat refused one. Raises NotDone.

        WeChat may hand back the very token it refused; then it is asked no more for a while.
        """
        return self._next(lambda found: found[::2] != refused[::2], refused)

    def state(self) -> TokenState | None:
        """How old the token is that is kept, None where there is none."""
        token, now = self._look(), time.time()
        return TokenState(now - token.asked_at, token.until - now) if token else None

    def trouble(self) -> str:
        """Why no token could be had when last asked for, lately; "" where one could."""
        why = self.kept.get(f"{self.name}:failed")
        return why.decode() if why else ""

    def _next(self, will_do: Callable[[Token], bool], refused: Token | None = None) -> Token:
        until = time.monotonic() + WAIT_S
        while time.monotonic() < until:
            if self.kept.take(f"{self.name}:turn", TURN_S):
                try:
                    return self._found(will_do) or self._asked_once(refused)
                finally:
                    self.kept.forget(f"{self.name}:turn")
            if found := self._found(will_do):
                return found
            time.sleep(LOOK_S)
        raise NotDone(Judged(Kind.LATER, "token_awaited", REST_S), 0)

    def _found(self, will_do):
        token = self._look()
        if token and will_do(token):
            return token
        if rests := self.kept.get(f"{self.name}:rest"):
            kind, why, after_s, code = json.loads(rests)
            raise NotDone(Judged(Kind(kind), why, after_s), code)
        return None

    def _asked_once(self, refused):
        if refused is None:
            return self._asked()
        again = f"{self.name}:{_mark(refused.value)}"
        if self.kept.get(again) is not None:
            raise NotDone(Judged(Kind.LATER, "token_refused", ONCE_S), min(TOKEN_REFUSED))
        token = self._asked()
        if token.value == refused.value:
            # Noted only now: whoever is killed while he asks must not bar the others.
            self.kept.put(again, b"1", ONCE_S)
        return token

    def _asked(self):
        try:
            value, lives_s = self.ask()
        except NotDone as error:
            rest = REST_OURS_S if error.kind is Kind.OURS else max(REST_S, error.after_s or 0)
            said = json.dumps([error.kind, error.why, error.after_s, error.code])
            self.kept.put(f"{self.name}:rest", said.encode(), rest)
            self.kept.put(f"{self.name}:failed", error.why.encode(), FAILED_S)
            raise
        self.kept.forget(f"{self.name}:failed")
        now = time.time()
        token = Token(Secret(value), now + lives_s - min(MARGIN_S, lives_s / 10), now)
        packed = json.dumps(list(token)).encode()
        self.kept.put(self.name, self.sealer.sealed(self.name, packed), token.until - now)
        return token

    def _look(self):
        sealed = self.kept.get(self.name)
        plain = self.sealer.opened(self.name, sealed) if sealed else None
        if plain is None:
            return None
        value, until, asked_at = json.loads(plain)
        return Token(Secret(value), until, asked_at)


def _mark(token: str) -> str:
    return sha256(token.encode()).hexdigest()[:16]
