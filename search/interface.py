"""What every search engine is asked and what it answers."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Protocol

KINDS = ("drugs", "outlets")


class SearchError(Exception):
    """An engine beyond this process did not do its work; the sentence says what to look at."""


@dataclass(frozen=True)
class Document:
    """One thing that can be found.

    `id` is a public code, unique within its `kind`; `core` the name without salt words and
    dosage form (二甲双胍); `aliases` brand, popular and short names; `tags` diseases, purposes,
    districts; `maker` the firm or chain; `spec` strength and pack as printed ("0.5g 60片");
    `facts` what `Query.where` may ask for by equality; a higher `rank` wins a tie.
    """

    id: str
    kind: str
    name: str
    core: str = ""
    aliases: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    maker: str = ""
    spec: str = ""
    facts: Mapping[str, str | int] = field(default_factory=dict)
    rank: int = 0


@dataclass(frozen=True)
class Query:
    """A question in a person's words; any text is valid, empty words browse by rank.

    `where` maps a fact to the value it must have, or to a list of which any will do;
    `prefix` says the last word is still being typed.
    """

    words: str
    kind: str = "drugs"
    where: Mapping[str, object] = field(default_factory=dict)
    limit: int = 20
    offset: int = 0
    prefix: bool = False


@dataclass(frozen=True)
class Found:
    """One page of ids, best first, of `total` in all.

    `why` says for each id of the page how it was matched: code, name, core, alias, prefix,
    infix, pinyin, initials, homophone, typo, tag, maker or spec (nothing when browsing);
    `degraded` that a weaker engine answered in place of the chosen one.
    """

    ids: list[str]
    total: int
    why: dict[str, str]
    degraded: bool = False


class Index(Protocol):
    """What an engine can do; kinds outside `KINDS` raise ValueError everywhere."""

    def put(self, documents: Iterable[Document]) -> None:
        """Add the documents, or replace those with the same kind and id."""

    def remove(self, kind: str, ids: Iterable[str]) -> None:
        """Take documents out; ids that are not there are passed over."""

    def find(self, query: Query) -> Found:
        """Answer a question; never raises because of its words."""

    def count(self, kind: str) -> int:
        """How many documents of a kind there are."""

    def clear(self, kind: str) -> None:
        """Take out every document of a kind."""

    def rebuild(self, kind: str, documents: Iterable[Document]) -> None:
        """Replace all documents of a kind at once; readers see all old or all new."""

    def close(self) -> None:
        """Let go of files and connections."""


def known(kind: str) -> str:
    """The kind itself, or ValueError with a sentence."""
    if kind not in KINDS:
        raise ValueError(f"kind：没有 {kind!r} 这一类索引，可用的是 {'、'.join(KINDS)}")
    return kind


def only(kind: str, documents: Iterable[Document]) -> None:
    """Nothing, or ValueError with a sentence when a document is of another kind."""
    for document in documents:
        if document.kind != kind:
            raise ValueError(f"kind：重建 {kind} 时遇到不属于它的文档 {document.id!r}，请检查来源")
