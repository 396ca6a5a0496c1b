"""The bureau's own signature (Ed25519): made here, checked by anybody with the public key."""

import os
import secrets
from base64 import b64decode, urlsafe_b64encode
from collections.abc import Sequence
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from backend.errors import BadSetting

KEY_SIZE, SIGNATURE_SIZE, ID_SIZE = 32, 64, 4

_NOT_A_KEY = "{name} 应是 32 字节的密钥，写成 64 位十六进制或 base64；用 flask keys new 生成一个。"


class Given(NamedTuple):
    """What the settings say: the key, or the file it is kept in; earlier public keys by commas."""

    key: str = ""
    file: str = ""
    before: str = ""


class Signer:
    """Signs with the key of today; knows the public keys of earlier ones, whose signs still hang.

    A key's id is the first 4 bytes of the SHA-256 of its public key.
    """

    def __init__(self, seed: bytes, before: Sequence[bytes] = ()) -> None:
        self._private = Ed25519PrivateKey.from_private_bytes(seed)
        public = self._private.public_key().public_bytes_raw()
        self.key_id = id_of(public)
        # Today's first.
        self.public_keys = {id_of(key): key for key in (public, *before)}

    def sign(self, message: bytes) -> bytes:
        """The 64 bytes of the signature; the same message always gives the same."""
        return self._private.sign(message)

    def verify(self, key_id: bytes, message: bytes, signature: bytes) -> bool:
        """Whether the key with this id, of today or earlier, signed exactly this message."""
        public = self.public_keys.get(key_id)
        if public is None:
            return False
        try:
            Ed25519PublicKey.from_public_bytes(public).verify(signature, message)
        except InvalidSignature:
            return False
        return True


def id_of(public: bytes) -> bytes:
    """The id of a public key."""
    return sha256(public).digest()[:ID_SIZE]


def connect(given: Given) -> Signer:
    """The signer of these settings; without a key it is the file's, made where there is none."""
    seed = key_of(given.key, "SIGNING_KEY") if given.key else _kept(Path(given.file))
    before = [key_of(one, "SIGNING_KEYS_BEFORE") for one in given.before.split(",") if one]
    return Signer(seed, before)


def key_of(text: str, name: str) -> bytes:
    """The 32 bytes of a key as it is written. Raises BadSetting, which does not repeat it."""
    for read in (bytes.fromhex, _of_base64):
        with suppress(ValueError):
            key = read(text.strip())
            if len(key) == KEY_SIZE:
                return key
    raise BadSetting(_NOT_A_KEY.format(name=name))


def _of_base64(text):
    plain = text.translate({ord("-"): "+", ord("_"): "/"}).rstrip("=")
    return b64decode(plain + "=" * (-len(plain) % 4), validate=True)


def text_of(raw: bytes) -> str:
    """Bytes as base64url without padding, as keys, ids and signatures are written everywhere."""
    return urlsafe_b64encode(raw).decode().rstrip("=")


def new_key() -> str:
    """A fresh key as SIGNING_KEY is written."""
    return secrets.token_hex(KEY_SIZE)


def _kept(file):
    """The key in the file; of several that start together one makes it, whole or not at all."""
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True)
        mine = file.with_name(f"{file.name}.{secrets.token_hex(8)}")
        with os.fdopen(os.open(mine, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w") as made:
            made.write(new_key())
        with suppress(FileExistsError):
            os.link(mine, file)
        mine.unlink()
    return key_of(file.read_text(), "SIGNING_KEY_FILE")
