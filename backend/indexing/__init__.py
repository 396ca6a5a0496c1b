"""The index queue: what changed in the tables is noted with the change, then told."""
