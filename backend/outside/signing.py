"""The bureau's own signature (Ed25519): made here, checked by anybody with the public key."""

from base64 import urlsafe_b64encode
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from backend.outside.keyfiles import key_in, key_of

SIGNATURE_SIZE, ID_SIZE = 64, 4


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
    seed = (
        key_of(given.key, "SIGNING_KEY")
        if given.key
        else key_in(Path(given.file), "SIGNING_KEY_FILE")
    )
    before = [key_of(one, "SIGNING_KEYS_BEFORE") for one in given.before.split(",") if one]
    return Signer(seed, before)


def text_of(raw: bytes) -> str:
    """Bytes as base64url without padding, as keys, ids and signatures are written everywhere."""
    return urlsafe_b64encode(raw).decode().rstrip("=")
