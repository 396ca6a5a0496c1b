"""The door of the search house: it knows words and ids, nothing of the bureau."""

from collections.abc import Iterable

from search.digests import digest
from search.interface import KINDS, Document, Found, Fresh, Index, Query, SearchError

__all__ = [
    "KINDS",
    "Document",
    "Found",
    "Fresh",
    "Index",
    "Query",
    "SearchError",
    "connect",
    "digest",
    "engines",
]


def connect(url: str, *, key: str = "", fallback: str = "") -> Index:
    """Open the index a URL names: `sqlite:///var/search.db`, `sqlite:////absolute/path`,
    `sqlite:///:memory:`, or `http://:KEY@host:7700` (Meilisearch; the key may be given apart).

    With a `fallback`, a sqlite:/// URL, an index on a server is kept there too, and answers
    come from it, marked `degraded`, while the server gives none.
    ValueError, with a sentence for the operator, for every other URL.
    """
    if url.startswith("sqlite:///") and url != "sqlite:///":
        from search.sqlite import SqliteIndex

        return SqliteIndex(url.removeprefix("sqlite:///"))
    if url.startswith(("http://", "https://")):
        from search.fallback import FallbackIndex
        from search.meili import MeiliIndex
        from search.meili_http import Address

        server = MeiliIndex(Address.read(url, key))
        return FallbackIndex(server, connect(fallback)) if fallback else server
    raise ValueError(
        f"SEARCH_URL：无法识别 {url!r}，请写成 sqlite:///路径、sqlite:///:memory: 或 "
        "http://:密钥@主机:7700"
    )


def engines(index: Index) -> list[tuple[str, Index]]:
    """The engines an index writes to, by name, so that each can be looked at by itself."""
    parts: Iterable[Index] = getattr(index, "parts", (index,))
    return [(part.name, part) for part in parts]
