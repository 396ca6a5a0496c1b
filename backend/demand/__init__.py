"""Unmet demand: what was looked for and not found, counted with no person in it."""
