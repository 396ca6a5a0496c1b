"""Prices: what an outlet asks for a drug, what it may ask, and which rule says so."""
