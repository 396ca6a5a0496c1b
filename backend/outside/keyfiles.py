"""Keys of 32 bytes: as they are written in settings, and in a file made where there is none."""

import os
import secrets
from base64 import b64decode
from contextlib import suppress
from pathlib import Path

from backend.errors import BadSetting

KEY_SIZE = 32

_NOT_A_KEY = "{name} 应是 32 字节的密钥，写成 64 位十六进制或 base64；用 flask {command} 生成一个。"
COMMANDS = {"SIGNING": "keys new", "PERSONAL": "personal new-key"}


def key_of(text: str, name: str) -> bytes:
    """The 32 bytes of a key as it is written. Raises BadSetting, which does not repeat it."""
    for read in (bytes.fromhex, _of_base64):
        with suppress(ValueError):
            key = read(text.strip())
            if len(key) == KEY_SIZE:
                return key
    command = COMMANDS[name.partition("_")[0]]
    raise BadSetting(_NOT_A_KEY.format(name=name, command=command))


def _of_base64(text):
    plain = text.translate({ord("-"): "+", ord("_"): "/"}).rstrip("=")
    return b64decode(plain + "=" * (-len(plain) % 4), validate=True)


def new_key() -> str:
    """A fresh key as it is written in a setting."""
    return secrets.token_hex(KEY_SIZE)


def key_in(file: Path, name: str) -> bytes:
    """The key in the file; of several that start together one makes it, whole or not at all."""
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True)
        mine = file.with_name(f"{file.name}.{secrets.token_hex(8)}")
        with os.fdopen(os.open(mine, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w") as made:
            made.write(new_key())
        with suppress(FileExistsError):
            os.link(mine, file)
        mine.unlink()
    return key_of(file.read_text(), name)
