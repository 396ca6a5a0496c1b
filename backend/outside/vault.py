"""What is known of persons, at rest: sealed, and found again only by whoever has the key.

A key is exchanged without a pause: what was sealed with an earlier one opens as long as that one is
in PERSONAL_KEYS_BEFORE, and `flask personal rotate` seals everything anew.
"""

import hmac
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as NotBase64
from collections.abc import Sequence
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from backend.outside.keyfiles import key_in, key_of
from backend.outside.sealing import Sealer, derived

ID_SIZE = 4


class Given(NamedTuple):
    """What the settings say: the key, or the file it is kept in; earlier keys by commas."""

    key: str = ""
    file: str = ""
    before: str = ""


class Unopenable(Exception):  # noqa: N818 (named for what happened)
    """It was sealed with a key nobody has any more, or somebody changed it."""


class Vault:
    """Seals with the key of today, opens with earlier ones as well.

    `key_id` (8 letters) stands in front of everything sealed and says with which key.
    """

    def __init__(self, key: bytes, before: Sequence[bytes] = ()) -> None:
        self._rooms = {_id_of(one): _Room(one) for one in (key, *before)}
        self.key_id = _id_of(key)

    def sealed(self, name: str, value: bytes) -> str:
        """The value, to be opened only under the same name, which tells what and whose it is."""
        box = self._rooms[self.key_id].sealer.sealed(name, value)
        return f"{self.key_id}.{urlsafe_b64encode(box).decode()}"

    def opened(self, name: str, sealed: str) -> bytes:
        """What was sealed under this name. Raises Unopenable."""
        key_id, _, box = sealed.partition(".")
        if key_id not in self._rooms:
            raise Unopenable
        with suppress(NotBase64, ValueError):
            plain = self._rooms[key_id].sealer.opened(name, urlsafe_b64decode(box))
            if plain is not None:
                return plain
        raise Unopenable

    def is_of_today(self, sealed: str) -> bool:
        """Whether it was sealed with the key of today."""
        return sealed.partition(".")[0] == self.key_id

    def mark(self, kind: str, said: str) -> str:
        """By what a value is found without being read (43 letters): the same for the same value."""
        return self._rooms[self.key_id].mark(kind, said)

    def marks(self, kind: str, said: str) -> list[str]:
        """Today's mark first, then those it had under earlier keys."""
        return [room.mark(kind, said) for room in self._rooms.values()]


class _Room:
    """What one key does."""

    def __init__(self, key: bytes) -> None:
        self.sealer = Sealer(key, "sanjin: what is known of persons, at rest")
        self._marking = derived(key, "sanjin: finding persons by a mark")

    def mark(self, kind: str, said: str) -> str:
        digest = hmac.digest(self._marking, f"{kind}\0{said}".encode(), sha256)
        return urlsafe_b64encode(digest).decode().rstrip("=")


def _id_of(key):
    return derived(key, "sanjin: the name of a key", ID_SIZE).hex()


def connect(given: Given) -> Vault:
    """The vault of these settings; without a key it is the file's, made where there is none."""
    if given.key:
        key = key_of(given.key, "PERSONAL_KEY")
    else:
        key = key_in(Path(given.file), "PERSONAL_KEY_FILE")
    before = [key_of(one, "PERSONAL_KEYS_BEFORE") for one in given.before.split(",") if one]
    return Vault(key, before)
