"""Documents in batches that neither a writer nor a server holds up the others with."""

from collections.abc import Iterable, Iterator

from search.facts import MANY
from search.interface import Document


def batches(documents: Iterable[Document], *, most: int, values: int) -> Iterator[list[Document]]:
    """Lists of up to `most` documents; shorter where their facts hold over `values` values."""
    batch: list[Document] = []
    held = 0
    for document in documents:
        batch.append(document)
        held += sum(len(one) for one in document.facts.values() if isinstance(one, MANY))
        if len(batch) >= most or held >= values:
            yield batch
            batch, held = [], 0
    if batch:
        yield batch
