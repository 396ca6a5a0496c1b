"""Catalog: drugs, procurement batches and winning prices, other names, lists and their editions."""
