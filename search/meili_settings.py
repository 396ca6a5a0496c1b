"""Meilisearch as data: what its two indexes are told, and how much is asked of them at once."""

import json
from hashlib import blake2s
from typing import Any

VERSION = 1  # raised when what a document is found by changes: an older index is emptied
MOST = 1000  # documents: candidates one question is ordered from; beyond, totals are counted only
WITNESSES = 20  # documents: enough to know that something is found at all

ORDER = ["rank:desc", "size:asc", "order:asc"]  # of ties, as in the SQLite index

# Words are found by filters on runs of their characters, not by the server's segmentation, which
# cuts 莫西林 and 阿莫西林胶囊 differently and would miss one in the other. Filters also say AND, OR
# and how many exactly, in one request for any number of words.
SETTINGS: dict[str, Any] = {
    "searchableAttributes": [],
    "displayedAttributes": ["card"],
    "filterableAttributes": [
        {
            "attributePatterns": [
                *("order", "code", "pairs", "starts", "latin", "sounds", "typed"),
                *("letters", "short", "strengths", "facts"),
            ],
            "features": {
                "facetSearch": False,
                "filter": {"equality": True, "comparison": False},
            },
        }
    ],
    "sortableAttributes": ["rank", "size", "order"],
    "rankingRules": ["sort"],
    "typoTolerance": {"enabled": False},
    "prefixSearch": "disabled",
    "facetSearch": False,
    "searchCutoffMs": 1000,  # who asks waits less: an answer cut short is never read
    "pagination": {"maxTotalHits": 1_000_000},
}


def fingerprint() -> str:
    """Changes with every change of the settings."""
    return blake2s(json.dumps(SETTINGS, sort_keys=True).encode(), digest_size=8).hexdigest()
