"""Demonstration sheets: real winning prices of past batches, synthetic outlets, invented prices."""
