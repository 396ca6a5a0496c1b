"""What lies at rest, sealed with a key derived from a secret (AES-256-GCM)."""

import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

NONCE, KEY = 12, 32  # bytes


def derived(secret: bytes, purpose: str, size: int = KEY) -> bytes:
    """A key for one purpose; nothing of the secret, nor of another purpose's, can be told by it."""
    return HKDF(algorithm=SHA256(), length=size, salt=None, info=purpose.encode()).derive(secret)


class Sealer:
    """Seals with a key derived from a secret for one purpose."""

    def __init__(self, secret: bytes, purpose: str) -> None:
        self._box = AESGCM(derived(secret, purpose))

    def sealed(self, name: str, value: bytes) -> bytes:
        """The value, readable only with the same secret and under the same name."""
        nonce = secrets.token_bytes(NONCE)
        return nonce + self._box.encrypt(nonce, value, name.encode())

    def opened(self, name: str, value: bytes) -> bytes | None:
        """What was sealed, None where it was sealed otherwise."""
        try:
            return self._box.decrypt(value[:NONCE], value[NONCE:], name.encode())
        except (InvalidTag, ValueError):
            return None
