"""What every search engine is asked and what it answers."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from search.facts import Facts
from search.places import Place, is_place

KINDS = ("drugs", "outlets")
PLACED = ("outlets",)  # kinds that may be asked for by distance


class SearchError(Exception):
    """An engine beyond this process did not do its work; the sentence says what to look at."""


@dataclass(frozen=True)
class Document:
    """One thing that can be found.

    `id` is a public code, unique within its `kind`; `core` the name without salt words and
    dosage form (二甲双胍); `aliases` brand, popular and short names; `tags` diseases, purposes,
    districts; `maker` the firm or chain; `spec` strength and pack as printed ("0.5g 60片");
    `facts` what `Query.where` may ask for by equality, a tuple holding each of its values;
    a higher `rank` wins a tie; `place` is (lat, lon) in GCJ-02 degrees.
    """

    id: str
    kind: str
    name: str
    core: str = ""
    aliases: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    maker: str = ""
    spec: str = ""
    facts: Facts = field(default_factory=dict)
    rank: int = 0
    place: Place | None = None


@dataclass(frozen=True)
class Query:
    """A question in a person's words; any text is valid, empty words browse by rank.

    `where` maps a fact to the value it must have, or to a list of which any will do;
    `prefix` says the last word is still being typed. `near` (lat, lon, GCJ-02 degrees) puts
    the nearer first where the words match alike, those without a place last; `within_m` keeps
    those so many metres around it; `facets` names facts whose values are to be counted.
    """

    words: str
    kind: str = "drugs"
    where: Mapping[str, object] = field(default_factory=dict)
    limit: int = 20
    offset: int = 0
    prefix: bool = False
    near: Place | None = None
    within_m: float | None = None
    facets: tuple[str, ...] = ()


@dataclass(frozen=True)
class Found:
    """One page of ids, best first, of `total` in all.

    `why` says for each id of the page how it was matched: code, name, core, alias, prefix,
    infix, pinyin, initials, homophone, typo, tag, maker or spec (nothing when browsing);
    `degraded` that a weaker engine answered in place of the chosen one; `facets` for each fact
    asked for how many of all found have each of its values, the most frequent first.
    """

    ids: list[str]
    total: int
    why: dict[str, str]
    degraded: bool = False
    facets: dict[str, dict[str, int]] = field(default_factory=dict)


class Fresh(Protocol):
    """All documents of a kind to be, filled unseen while the present ones are read and changed.

    What is changed meanwhile comes into it only if it is put here too.
    """

    def put(self, documents: Iterable[Document]) -> None:
        """Add or replace; ValueError for documents of another kind."""

    def remove(self, ids: Iterable[str]) -> None:
        """Take documents out; ids that are not there are passed over."""

    def take_place(self) -> None:
        """Replace what is there; readers see all old or all new."""

    def drop(self) -> None:
        """Give up; nothing happens once it has taken its place or was given up."""


class Index(Protocol):
    """What an engine can do; kinds outside `KINDS` raise ValueError everywhere."""

    name: str

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

    def fresh(self, kind: str) -> Fresh:
        """Begin to rebuild a kind; what a killed rebuild left over an hour ago is dropped."""

    def rebuild(self, kind: str, documents: Iterable[Document]) -> None:
        """Replace all documents of a kind at once; what is changed meanwhile is lost."""

    def digests(self, kind: str) -> Iterator[tuple[str, str]]:
        """(id, digest) of every document as it is kept, in no order."""

    def close(self) -> None:
        """Let go of files and connections."""


def known(kind: str) -> str:
    """The kind itself, or ValueError with a sentence."""
    if kind not in KINDS:
        raise ValueError(f"kind：没有 {kind!r} 这一类索引，可用的是 {'、'.join(KINDS)}")
    return kind


def asked_well(query: Query) -> Query:
    """The question itself, or ValueError with a sentence when it makes no sense."""
    known(query.kind)
    if query.near is None:
        if query.within_m is not None:
            raise ValueError("within_m：只有给了 near 才能限定距离")
    elif query.kind not in PLACED:
        raise ValueError(f"near：{query.kind} 没有位置，只能问 {'、'.join(PLACED)}")
    elif not is_place(query.near):
        raise ValueError(f"near：{query.near} 不是经纬度，请写（纬度，经度）")
    if query.within_m is not None and query.within_m != query.within_m:
        raise ValueError("within_m：不是数")
    return query


def only(kind: str, documents: Iterable[Document]) -> None:
    """Nothing, or ValueError with a sentence when a document is of another kind."""
    for document in documents:
        if document.kind != kind:
            raise ValueError(f"kind：重建 {kind} 时遇到不属于它的文档 {document.id!r}，请检查来源")


def rebuild(index: Index, kind: str, documents: Iterable[Document]) -> None:
    """Replace all documents of a kind, or none when the last of them cannot be had."""
    fresh = index.fresh(kind)
    try:
        fresh.put(documents)
        fresh.take_place()
    finally:
        fresh.drop()
