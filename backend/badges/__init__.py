"""The 三进 badge as proof: signed statements, counter signs that can be checked, and the feed."""
