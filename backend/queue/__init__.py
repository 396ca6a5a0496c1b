"""Background work: one queue, chosen by URL; what is put in it runs in backend/worker.py."""

import sqlite3
from pathlib import Path

from huey import Huey
from huey.consumer import Consumer

from backend.errors import BadSetting
from backend.queue.keeping import KeepingHuey
from backend.queue.redis import KeptInRedis, RedisError
from backend.queue.sqlite import KeptInSqlite
from backend.queue.state import State, look

NAME = "sanjin"

# What looking at a queue may raise when it cannot be reached.
TROUBLES = (sqlite3.Error, OSError, RedisError)

_UNKNOWN = "QUEUE_URL 应是 sqlite:///路径 或 redis://主机:端口/库号，现在是 {url!r}。"


def connect(url: str) -> Huey:
    """The queue of a URL. Raises BadSetting for another URL.

    Nobody asks what a task returned, so answers are not kept: they would only pile up.
    """
    if url.startswith("sqlite:///") and url != "sqlite:///":
        path = Path(url.removeprefix("sqlite:///"))
        path.parent.mkdir(parents=True, exist_ok=True)
        return KeepingHuey(NAME, results=False, storage_class=KeptInSqlite, filename=str(path))
    if url.startswith(("redis://", "rediss://")):
        return KeepingHuey(NAME, results=False, storage_class=KeptInRedis, redis_url=url)
    raise BadSetting(_UNKNOWN.format(url=url))


__all__ = ["NAME", "TROUBLES", "Consumer", "Huey", "State", "connect", "look"]
