"""Scanning: from a code on a box to the product, its winning price and what a price is worth."""
