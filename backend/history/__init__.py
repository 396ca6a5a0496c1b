"""Observations are kept: how prices went, what changed and when, and for how long that is kept."""
