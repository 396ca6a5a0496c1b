"""Taking a message that is due: one worker has it, whoever else asks."""

from datetime import datetime

from backend.db import database, run
from backend.notices.models import Notice

# Of one person the messages go out in the order they fell due, one at a time.
_TAKE = """
UPDATE notice SET state = 'sending', taken_at = ?, intent_at = NULL, tries = tries + 1
WHERE state = 'waiting' AND id = (
    SELECT one.id FROM notice AS one
    WHERE one.state = 'waiting' AND one.due_at <= ?
      AND NOT EXISTS (
        SELECT 1 FROM notice AS other WHERE other.to_id = one.to_id AND (
            other.state = 'sending'
            OR (other.state = 'waiting' AND other.id < one.id
                AND (other.tries > 0 OR other.due_at <= ?))))
    ORDER BY one.due_at, one.id LIMIT 1)
RETURNING id
"""


def take(now: datetime) -> Notice | None:
    """The next message that is due, for exactly one caller; None where there is none."""
    with database.atomic():
        row = run(_TAKE, now, now, now).fetchone()
    return Notice.get_by_id(row[0]) if row else None
