"""The bureau: what 三进通 knows and does, whichever face asks."""
