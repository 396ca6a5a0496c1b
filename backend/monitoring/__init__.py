"""Watching what pharmacies ask: the volume-price index, and the report of what is carried out."""
