"""Keeping secrets out of logs and traces: WeChat wants them in addresses, which libraries log."""

import logging
import re

_SAID = re.compile(r"(?i)\b(secret|access_token|js_code|session_key|key)=[^&\s'\")]*")
_WIRES = ("urllib3.connectionpool", "urllib3.util.retry", "requests", "wechatpy.client.base")


class Secret(str):
    """A text that a trace does not show: its repr says only that it is there."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "<secret>"


class Masking(logging.Filter):
    """Masks what stands in addresses, whatever the level; a library's own trace goes with it."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Always True: the line stays, its secrets do not."""
        record.msg, record.args = masked(record.getMessage()), ()
        record.exc_info = record.exc_text = record.stack_info = None
        return True


def masked(text: str) -> str:
    """The text with every secret of an address masked."""
    return _SAID.sub(r"\1=***", text)


def mask_the_wires() -> None:
    """See that the libraries WeChat is reached by log no secret; doing it twice is as once."""
    for name in _WIRES:
        wire = logging.getLogger(name)
        if not any(isinstance(one, Masking) for one in wire.filters):
            wire.addFilter(Masking())
