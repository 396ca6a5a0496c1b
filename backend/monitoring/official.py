"""Which official figures stand."""

from backend.db import run
from backend.intake.models import Publication

# The figure of an outlet and period that stands: the latest born, unless it was withdrawn.
STANDING = """
SELECT said.outlet_id, said.period, said.permille, said.document, said.published_on
FROM official_index AS said
WHERE said.withdrawn_on IS NULL AND said.born =
  (SELECT MAX(born) FROM official_index AS last
   WHERE last.outlet_id = said.outlet_id AND last.period = said.period AND last.born <= ?)
"""


def any_stands(period: str) -> bool:
    """Whether any official figure of a period stands."""
    query = f"{STANDING} AND said.period = ? LIMIT 1"
    return run(query, Publication.current(), period).fetchone() is not None
