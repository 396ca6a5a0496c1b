"""One short word for all that a document says: two of the same word need no second look."""

import json
from hashlib import blake2s

from search.facts import is_many, text_of, texts_of
from search.interface import Document


def digest(document: Document) -> str:
    """32 letters that change with everything an index keeps of the document; facts are
    compared as text, and the order of many values says nothing."""
    facts = {
        name: sorted(texts_of(value)) if is_many(value) else text_of(value)
        for name, value in document.facts.items()
    }
    said = (
        *(document.kind, document.id, document.name, document.core),
        *(document.aliases, document.tags, document.maker, document.spec),
        *(document.rank, document.place and tuple(map(float, document.place)), facts),
    )
    return blake2s(json.dumps(said, sort_keys=True).encode(), digest_size=16).hexdigest()
