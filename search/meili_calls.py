"""Calls to Meilisearch's official client: every trouble is a SearchError with a sentence."""

import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import TypeVar

from meilisearch import Client
from meilisearch.errors import MeilisearchApiError, MeilisearchError
from meilisearch.models.task import Task

from search.interface import SearchError
from search.meili_http import Address

Got = TypeVar("Got")

CALL, TASK = 30, 600  # seconds: a call, a task


@contextmanager
def calling(address: Address, timeout: int = CALL) -> Iterator[Client]:
    """A client for one call: one shared by threads mixes up their headers."""
    try:
        yield Client(address.url, address.key or None, timeout=timeout)
    except (MeilisearchError, OSError, ValueError, KeyError) as error:
        reason = getattr(error, "message", "") or type(error).__name__
        raise SearchError(f"Meilisearch 没有照办，请检查地址、密钥和服务：{reason}") from error


def or_none(call: Callable[[], Got]) -> Got | None:
    """What a call gives; None where there is no such thing."""
    try:
        return call()
    except MeilisearchApiError as error:
        if error.status_code != 404:
            raise
        return None


def finished(client: Client, number: int, until: float) -> Task:
    """A task that is done, one way or the other; TimeoutError after `until` (monotonic)."""
    pause = 0.002
    while (task := client.get_task(number)).status in ("enqueued", "processing"):
        if time.monotonic() > until:
            raise TimeoutError(f"任务 {number} 超过 {TASK} 秒还没有完成")
        time.sleep(pause)
        pause = min(pause * 1.5, 0.5)
    return task


def moment(written: str) -> datetime:
    """A moment as the server says it: it writes nine decimals, Python reads six."""
    return datetime.fromisoformat(re.sub(r"(\.\d{6})\d*", r"\1", written))
