"""WeChat's own cipher, for what it pushes."""

import secrets
import struct
from base64 import b64decode
from binascii import Error as NotBase64

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

BLOCK, RANDOM = 32, 16  # bytes; WeChat pads to 32, not to AES's 16
KEY_LETTERS = 43


class Unsealable(Exception):  # noqa: N818 (named for what happened)
    """It was not sealed with this key, or not for this account."""


def push_key(letters: str) -> bytes:
    """The 32 bytes of an EncodingAESKey (43 letters, not always canonical base64).

    Raises ValueError, which does not repeat it.
    """
    try:
        if len(letters) == KEY_LETTERS:
            return b64decode(letters + "=", validate=True)
    except (NotBase64, ValueError):
        pass
    raise ValueError("not an EncodingAESKey")


def decrypted(sealed: bytes, key: bytes) -> tuple[bytes, bytes]:
    """(message, appid) of what WeChat encrypted; raises Unsealable for anything else.

    16 bytes of chance, the length (4 bytes, big-endian), the message, the appid; AES-256-CBC with
    the key's first half as its start, padded to 32.
    """
    if not sealed or len(sealed) % BLOCK:
        raise Unsealable
    turning = _cipher(key).decryptor()
    plain = turning.update(sealed) + turning.finalize()
    padding = plain[-1]
    if not 1 <= padding <= BLOCK or plain[-padding:] != bytes([padding]) * padding:
        raise Unsealable
    plain = plain[:-padding]
    if len(plain) < RANDOM + 4:
        raise Unsealable
    (length,) = struct.unpack_from(">I", plain, RANDOM)
    rest = plain[RANDOM + 4 :]
    if length > len(rest):
        raise Unsealable
    return rest[:length], rest[length:]


def encrypted(message: bytes, app_id: str, key: bytes, *, random: bytes = b"") -> bytes:
    """The message as WeChat encrypts it; `random` is 16 bytes, drawn by chance when left out."""
    plain = (random or secrets.token_bytes(RANDOM)) + struct.pack(">I", len(message))
    plain += message + app_id.encode()
    padding = BLOCK - len(plain) % BLOCK
    turning = _cipher(key).encryptor()
    return turning.update(plain + bytes([padding]) * padding) + turning.finalize()


def _cipher(key: bytes) -> Cipher:
    return Cipher(algorithms.AES(key), modes.CBC(key[:16]))
