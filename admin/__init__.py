"""The bureau's desk (its pages come with the staff slices)."""
