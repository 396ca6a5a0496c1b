"""Reading the feed of badges: all of them, or what changed after a number."""

import json

from backend.badges import wording
from backend.badges.models import BadgeState
from backend.db import run
from backend.errors import CursorLost

_AFTER = "SELECT seq, facts FROM badge_state WHERE seq > ? ORDER BY seq LIMIT ?"


def changes(*, since: int = 0, page_size: int = 500) -> dict:
    """Badges that changed after `since`, in the order they did: {items, next, more}.

    `next` is the `since` to ask with next time; with 0 it is everything. An outlet stands in it
    once, as it is now. Raises CursorLost where `since` is no number of ours.
    """
    if since > BadgeState.newest():
        raise CursorLost(wording.NO_SUCH_CURSOR)
    rows = run(_AFTER, since, page_size + 1).fetchall()
    items = [json.loads(facts) | {"changed": seq} for seq, facts in rows[:page_size]]
    return {
        "items": items,
        "next": items[-1]["changed"] if items else since,
        "more": len(rows) > page_size,
    }
