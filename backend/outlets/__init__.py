"""Outlets: where drugs are dispensed or sold, their place, hours and 三进 badge."""
