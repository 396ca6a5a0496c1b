"""Meilisearch as data: what its two indexes are told, and how much is asked of them at once."""

import json
from hashlib import blake2s
from typing import Any

from search.interface import KINDS, PLACED

VERSION = 3  # raised when what a document is found by changes: an older index is emptied
MOST = 1000  # documents: candidates one question is ordered from; beyond, totals are counted only
ALL = 1_000_000
WITNESSES = 20  # documents: enough to know that something is found at all

ORDER = ["rank:desc", "size:asc", "order:asc"]  # of ties, as in the SQLite index

# Words are found by filters on runs of their characters, not by the server's segmentation, which
# cuts 莫西林 and 阿莫西林胶囊 differently and would miss one in the other. Filters also say AND, OR
# and how many exactly, in one request for any number of words.
_FOUND_BY = [
    *("order", "code", "pairs", "starts", "latin", "sounds", "typed"),
    *("letters", "short", "strengths", "by.*"),
]


def _settings(where: list[str]) -> dict[str, Any]:
    """`where` says by which fields places are known to the server, and nobody else pays: with
    them every change rewrites the tree of all places."""
    found_by = {
        "attributePatterns": _FOUND_BY,
        "features": {"facetSearch": False, "filter": {"equality": True, "comparison": False}},
    }
    return {
        "searchableAttributes": [],
        "displayedAttributes": ["card"],
        "filterableAttributes": [found_by, *where],
        "sortableAttributes": ["rank", "size", "order", *where],
        "rankingRules": ["sort"],
        "typoTolerance": {"enabled": False},
        "prefixSearch": "disabled",
        "facetSearch": False,
        "faceting": {"maxValuesPerFacet": 100_000},
        "searchCutoffMs": 1000,  # who asks waits less: an answer cut short is never read
        "pagination": {"maxTotalHits": ALL},
    }


SETTINGS = {kind: _settings(["_geo"] if kind in PLACED else []) for kind in KINDS}


def fingerprint(kind: str) -> str:
    """Changes with every change of a kind's settings."""
    written = json.dumps(SETTINGS[kind], sort_keys=True).encode()
    return blake2s(written, digest_size=8).hexdigest()
