"""What may be meant by what has been typed so far: substances, purposes, products, absent names."""

from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

from backend.catalog import diseases
from backend.catalog.entries import of_absent, of_products, of_purposes, of_substance
from backend.catalog.finishing import finished, is_mixed, joined
from backend.catalog.lexicon import Lexicon
from backend.catalog.substances import Substances, substances
from backend.catalog.understanding import Understood, understand
from backend.catalog.vocabulary import lexicon
from backend.outside import outside
from search import Found, Query
from search.pinyin import initials, pinyin
from search.text import compact

# Lines in all, purposes among them.
MOST, MOST_PURPOSES = 7, 2
ASKED = 300  # products: those of one substance stand together and may be many
BEGINNING = ("code", "name", "core", "alias", "prefix")  # ways of matching from the first letter
STEMS = 3  # beginnings of names that half-typed letters may stand for


class Suggested(NamedTuple):
    """Lines to choose, and whether a weaker engine found them."""

    lines: list[dict]
    degraded: bool


def suggested(words: str) -> Suggested:
    """At most MOST lines for what has been typed, substances before products."""
    known, all_ = lexicon(), substances()
    asked = understand(words, known)
    found, meant = _found(words, asked, known, all_)
    absent = list(of_absent(words, asked, known))
    is_changed = meant != words or "typo" in found.why.values()
    is_elsewhere = _is_elsewhere(asked, known) and not asked.those("unknown")
    if absent and (is_changed or is_elsewhere):
        return Suggested(absent, found.degraded)  # what looks like it is another drug
    by_core = all_.grouped(found.ids)
    # 右佐匹克隆 only has the letters of 佐匹 in it, and 佐匹克隆 begins so.
    is_inside = absent and next(iter(found.why.values()), "") not in BEGINNING
    one = "" if is_inside else _one_meant(meant, asked, by_core, known)
    products = list(of_products(by_core[one], one, asked, meant)) if one else []
    purposes = list(of_purposes(words, asked))[:MOST_PURPOSES]
    room = MOST - len(products) - len(purposes)
    words_named = asked.those("name")
    names = [of_substance(all_.named[core], meant, words_named) for core in list(by_core)[:room]]
    said = [*purposes, *names] if _is_purpose(words, found) else [*names, *purposes]
    if is_inside or asked.elsewhere:
        said = [*absent, *said]
    elif not one:
        said += absent
    return Suggested([*said[: MOST - len(products)], *products], found.degraded)


def _found(words: str, asked: Understood, known: Lexicon, all_: Substances) -> tuple[Found, str]:
    """What the index finds, and the words it was asked for: as typed, else finished or without
    what says nothing."""
    if not is_mixed(words):
        found = _ask(joined(words))
        if found.ids and not _is_another(all_.of_code.get(found.ids[0]), asked, known):
            return found, words
    for other in _otherwise(words, asked, known):
        found = _ask(other)
        if found.ids and (other == words or "typo" not in found.why.values()):
            return found, other
    return replace(found, ids=[], total=0, why={}), words


def _is_another(core: str | None, asked: Understood, known: Lexicon) -> bool:
    """Whether a name was given in full and this is not it: 左西替利嗪 for 西替利嗪5mg."""
    names = asked.those("name")
    if len(names) != 1 or asked.those("unknown", "elsewhere", "turned"):
        return False
    return core not in known.names[names[0]]


def _otherwise(words: str, asked: Understood, known: Lexicon) -> Iterator[str]:
    yield from finished(words, known, most=STEMS)
    if is_mixed(words) or joined(words) != words:
        yield words
    yield from (way.words for way in asked.wordings()[1:][-1:])


def _ask(words):
    return outside.index.find(Query(words, limit=ASKED, prefix=True))


def _is_elsewhere(asked, known):
    return asked.elsewhere and not known.begins_a_name(asked.elsewhere)


def _is_purpose(words, found):
    """Whether the words are a disease's, or nothing is called so."""
    return bool(diseases.called(words)) or all(why == "tag" for why in found.why.values())


def _one_meant(words: str, asked: Understood, by_core: dict[str, list[str]], known: Lexicon) -> str:
    """The substance there is no doubt about, or nothing."""
    if not by_core:
        return ""
    first = next(iter(by_core))
    narrowed = asked.those("form", "firm") or asked.measures
    if len(by_core) == 1 or (narrowed and asked.those("name", "unknown")):
        return first
    key = compact(words)
    called = known.names.get(key) or {core for name in asked.those("name")
                                      for core in known.names[name]}  # fmt: skip
    if called:
        return first if called == {first} else ""
    shown = list(by_core)[:MOST]
    sounding = [core for core in shown if key in (pinyin(core), initials(core))]
    return first if sounding == [first] else ""
