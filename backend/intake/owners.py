"""Who is at work on a delivery, and whether anybody still is."""

import os
import socket
import threading
from datetime import datetime, timedelta

from backend.intake.models import Delivery

# Whoever works on a delivery beats with every chunk, seconds apart.
SILENT_FOR = timedelta(minutes=2)


def me() -> str:
    """This thread of this process, as deliveries remember it."""
    return f"{socket.gethostname()}:{os.getpid()}:{threading.get_ident()}"


def is_abandoned(delivery: Delivery, now: datetime) -> bool:
    """Whether nobody is at work on it any more, so that another may take it over."""
    host, pid, thread = delivery.owner.rsplit(":", 2)
    if host != socket.gethostname():
        return _is_silent(delivery, now)
    if int(pid) == os.getpid():
        return not _is_busy_here(int(thread))
    # A number may be borne again: a process that is alive but silent is another one.
    return not _is_running(int(pid)) or _is_silent(delivery, now)


def take_over(delivery: Delivery, now: datetime) -> bool:
    """Make it ours; true for exactly one of those who ask."""
    taken = (
        Delivery.update(owner=me(), beat_at=now)
        .where(
            Delivery.id == delivery.id, Delivery.state == delivery.state,
            Delivery.owner == delivery.owner, Delivery.beat_at == delivery.beat_at,
        )
        .execute()
    )  # fmt: skip
    return taken == 1


def _is_silent(delivery, now):
    return now - delivery.beat_at > SILENT_FOR


def _is_busy_here(thread):
    others = {t.ident for t in threading.enumerate()} - {threading.get_ident()}
    return thread in others


def _is_running(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
