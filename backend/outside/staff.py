"""Telling the staff: a WeCom group's robot, mail, or the terminal; never a word about a person."""

import smtplib
import ssl
import sys
from contextlib import suppress
from email.message import EmailMessage
from typing import NamedTuple, Protocol
from urllib.parse import unquote, urlsplit

import requests

from backend.outside.hiding import mask_the_wires
from backend.outside.kept import Kept

# WeCom takes 20 messages a minute from a robot, and 2,048 bytes of text in each.
A_MINUTE, MOST_BYTES, MINUTE_S = 20, 2048, 60.0
_WITHIN = (2, 5)  # seconds to connect, to answer
_MAIL_WITHIN = 10


class Given(NamedTuple):
    """What the settings say: the robot's address with its key, the mail server's, and to whom."""

    robot_url: str = ""
    mail_url: str = ""
    mail_from: str = ""
    mail_to: str = ""


class NotTold(Exception):  # noqa: N818 (named for what happened)
    """It did not arrive; `why` says it in a word and never holds a key or an address."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


class Staff(Protocol):
    """Whoever is told."""

    def tell(self, title: str, words: str) -> None:
        """Raises NotTold."""


class Terminal:
    """Where nothing is set: the terminal."""

    def tell(self, title: str, words: str) -> None:
        """Say it there."""
        sys.stderr.write(f"[staff] {title}: {words}\n")


class Robot:
    """The robot of a WeCom group."""

    def __init__(self, url: str, kept: Kept) -> None:
        self._url, self.kept = url, kept
        mask_the_wires()

    def tell(self, title: str, words: str) -> None:
        """Post it, unless the group had its twenty of the minute."""
        if not self._has_turn():
            raise NotTold("too_often")
        said = cut(f"{title}\n{words}")
        trouble = ""
        try:
            answer = requests.post(
                self._url, json={"msgtype": "text", "text": {"content": said}}, timeout=_WITHIN,
                allow_redirects=False,
            )  # fmt: skip
            trouble = _refusal(answer.json())
        except (requests.RequestException, ValueError) as error:
            # Its words hold the address, and the address the key.
            trouble = type(error).__name__
        if trouble:
            raise NotTold(trouble)

    def _has_turn(self):
        return any(self.kept.take(f"robot:{turn}", MINUTE_S) for turn in range(A_MINUTE))


def _refusal(told):
    code = told.get("errcode") if isinstance(told, dict) else None
    if code == 0 and code is not False:
        return ""
    return f"refused {code}" if isinstance(code, int) else "refused"


class Mail:
    """A mail server: smtp://user:password@host:port (STARTTLS where it is offered), or smtps://."""

    def __init__(self, url: str, sender: str, to: str) -> None:
        self._at = urlsplit(url)
        self.sender, self.to = sender, to

    def tell(self, title: str, words: str) -> None:
        """Send it to everybody named."""
        message = EmailMessage()
        message["Subject"], message["From"], message["To"] = title, self.sender, self.to
        message.set_content(words)
        trouble = ""
        try:
            with self._opened() as line:
                line.send_message(message)
        except (smtplib.SMTPException, OSError, ValueError) as error:
            trouble = type(error).__name__
        if trouble:
            raise NotTold(trouble)

    def _opened(self):
        host, safely = self._at.hostname or "", ssl.create_default_context()
        line: smtplib.SMTP
        if self._at.scheme == "smtps":
            line = smtplib.SMTP_SSL(host, self._at.port or 465, timeout=_MAIL_WITHIN,
                                    context=safely)  # fmt: skip
        else:
            line = smtplib.SMTP(host, self._at.port or 25, timeout=_MAIL_WITHIN)
            line.ehlo()
            if line.has_extn("starttls"):
                line.starttls(context=safely)
        if self._at.username:
            line.login(unquote(self._at.username), unquote(self._at.password or ""))
        return line


class Everyone:
    """Every way that is set; told where at least one of them did."""

    def __init__(self, ways: list[Staff]) -> None:
        self.ways = ways

    def tell(self, title: str, words: str) -> None:
        """Raises the last NotTold where none did."""
        troubles = []
        for way in self.ways:
            try:
                way.tell(title, words)
            except NotTold as error:
                troubles.append(error)
        if len(troubles) == len(self.ways):
            raise troubles[-1]


def connect(given: Given, kept: Kept) -> Staff:
    """Whom these settings tell."""
    ways: list[Staff] = []
    if given.robot_url:
        ways.append(Robot(given.robot_url, kept))
    if given.mail_url:
        ways.append(Mail(given.mail_url, given.mail_from, given.mail_to))
    return Everyone(ways) if ways else Terminal()


def cut(words: str, most: int = MOST_BYTES) -> str:
    """The words in at most so many bytes of UTF-8."""
    raw = words.encode()[:most]
    with suppress(UnicodeDecodeError):
        return raw.decode()
    return raw.decode(errors="ignore")
