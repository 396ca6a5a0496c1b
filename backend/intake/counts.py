"""How many deliveries stand in which state."""

from backend.db import run


def deliveries_by_state() -> dict[str, int]:
    """State → count, of every delivery ever handed in."""
    return dict(run("SELECT state, count(*) FROM delivery GROUP BY state").fetchall())
