"""Stands in for WeChat on a developer's desk: what would be sent is told to the terminal."""

import sys
from hashlib import sha256
from itertools import count

from backend.outside.wechat.speaking import IMAGE, Person, Phone, Scene, TokenState, Verdict


class ConsoleWeChat:
    """Every code is somebody, whom it tells apart; words pass; nothing leaves the machine."""

    def __init__(self) -> None:
        self.numbers = count(1)

    def login(self, code: str) -> Person:
        """The same person for the same code."""
        return Person(f"desk-{sha256(code.encode()).hexdigest()[:22]}", "")

    def phone(self, code: str, openid: str) -> Phone:
        """The same number for the same person, of a kind nobody can have."""
        digits = int(sha256(openid.encode()).hexdigest(), 16) % 10_000_000
        return Phone("86", f"1000{digits:07}")

    def check_text(self, openid: str, words: str, *, scene: int = Scene.COMMENT) -> Verdict:
        """Nobody has looked at them, so a person shall."""
        return Verdict("review", "")

    def check_media(
        self, openid: str, url: str, *, kind: int = IMAGE, scene: int = Scene.COMMENT
    ) -> str:
        """A number under which no verdict will come."""
        return f"desk-{next(self.numbers)}"

    def say(self, openid: str, words: str) -> None:
        """Tell what would be said."""
        self._tell(f"say to {openid}: {words}")

    def notify(self, openid: str, template: str, values: dict[str, str], *, page: str = "",
               state: str = "formal") -> str:  # fmt: skip
        """Tell what would be sent."""
        self._tell(f"notify {openid}: {template} {values} {page}".rstrip())
        return ""

    def token_state(self) -> TokenState | None:
        """There is none."""
        return None

    def trouble(self) -> str:
        """There is none."""
        return ""

    def close(self) -> None:
        """Nothing is open."""

    def _tell(self, words):
        sys.stderr.write(f"[wechat] {words}\n")
