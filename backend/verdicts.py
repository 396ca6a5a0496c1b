"""What follows the verdicts of the content check, by whose they are: the roofs plug it in."""

from collections.abc import Mapping

from backend.checking.following import Follow

# A slice that has things checked brings its own: {"complaint": complaints.checked}.
DECIDED: Mapping[str, Follow] = {}
