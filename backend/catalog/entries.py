"""The lines that are suggested: a substance, a product, a purpose, a name that is not here.

Each is {kind, what, code, category, words, text, parts, note}: `code` is a product's, `category` a
disease's; where both are empty `words` are looked for. `parts` {text, hit} join to `text`.
"""

from collections.abc import Iterator, Sequence

from backend.catalog import diseases, naming, wording
from backend.catalog.aligning import reach, signs_of
from backend.catalog.cards import pack_words
from backend.catalog.comparing import differences
from backend.catalog.lexicon import Lexicon
from backend.catalog.lookups import listed_drugs
from backend.catalog.marking import Parts, answering, marked, plain
from backend.catalog.models import Drug
from backend.catalog.substances import Name, Substance
from backend.catalog.understanding import Understood
from search.text import compact

SENSES = SUBSTANCE, PRODUCT, PURPOSE, ABSENT = "substance", "product", "purpose", "absent"

MOST_PRODUCTS, COMPARED = 4, 12  # products shown, and those they are chosen from
LONGEST_PACK = 24  # letters
MOST_ABSENT = 2
LEAST = 2  # letters of a purpose or an absent name before it is offered


def of_substance(substance: Substance, typed: str, named: Sequence[str] = ()) -> dict:
    """A substance by the name that answers, with what that is where it is another.

    `named` are the names among the words typed, for where these do not answer together.
    """
    products = substance.products
    for words in (typed, *named):
        name, parts = _face(substance, words)
        if any(part["hit"] for part in parts):
            break
    code = substance.code if products == 1 else ""
    return _line(SUBSTANCE, name, parts, wording.products(products), code)


def _face(substance: Substance, typed: str) -> tuple[str, Parts]:
    """The name it is shown by, and what of it answers."""
    own = marked(substance.core, typed)
    name = _answering_name(substance, typed)
    # Of 盐酸二甲 its own name holds enough.
    if name is None or (name.generic and any(part["hit"] for part in own)):
        return substance.core, own
    return name.text, [*marked(name.text, typed), *plain(wording.is_called(substance.core))]


def _answering_name(substance: Substance, typed: str) -> Name | None:
    """The name of a substance the letters are of; None where it is its own, or none is."""
    key = compact(typed)
    if answering(substance.core, typed):
        return None
    written = [name for name in substance.names if key in name.key]
    if written:
        return min(written, key=lambda name: (name.key != key, not name.key.startswith(key)))
    return next((name for name in substance.names if answering(name.text, typed)), None)


def of_products(codes: Sequence[str], core: str, asked: Understood, typed: str) -> Iterator[dict]:
    """Products of a substance, those first that are what was asked for."""
    codes = codes[:COMPARED]
    drugs = listed_drugs(codes)
    listed = [drugs[code] for code in codes if code in drugs]
    key = compact(typed)
    listed.sort(key=lambda drug: (key != compact(drug.brand), len(differences(asked, drug))))
    for drug in listed[:MOST_PRODUCTS]:
        text = " ".join(filter(None, (_called(drug, key), _short_pack(drug))))
        parts = marked(text, typed, instead=core)
        yield _line(PRODUCT, text, parts, naming.firm(drug.manufacturer), drug.code)


def _short_pack(drug: Drug) -> str:
    """The pack, cut where the sheet tells a story in its place."""
    said = pack_words(drug)
    return said if len(said) <= LONGEST_PACK else f"{said[: LONGEST_PACK - 1]}…"


def _called(drug: Drug, key: str) -> str:
    """Its generic name, with the brand where that was typed."""
    branded = key and compact(drug.brand).startswith(key)
    return wording.branded(drug.generic_name, drug.brand) if branded else drug.generic_name


def of_purposes(words: str, asked: Understood) -> Iterator[dict]:
    """The diseases the letters begin or sound like, or that are named among the words."""
    key, named = compact(words), asked.those("purpose")
    for one in diseases.diseases():
        said = (one.name, *one.also)
        called = next((word for word in said if word in named or _begins(word, key)), "")
        if called:
            parts = marked(called, words, instead=called)
            if called != one.name:
                parts += plain(wording.is_called(one.name))
            yield _line(PURPOSE, called, parts, wording.BY_PURPOSE, category=one.code)


def _begins(word: str, key: str) -> bool:
    """Whether characters begin a word, or letters sound through the whole of it."""
    if len(key) < LEAST:
        return False
    if not key.isascii():
        return word.startswith(key)
    signs = signs_of(word)
    return signs[0].sound[:1] == key[0] and reach(key, signs, 0) == len(signs)


def of_absent(words: str, asked: Understood, known: Lexicon) -> Iterator[dict]:
    """Names the catalogue does not have: the one that was typed, or those it begins."""
    key = compact(words)
    named = [asked.elsewhere] if asked.elsewhere in known.elsewhere else []
    begun = known.begun_elsewhere(key, MOST_ABSENT) if len(key) >= LEAST else []
    for name in list(dict.fromkeys([*named, *begun]))[:MOST_ABSENT]:
        core = known.elsewhere[name]
        parts = marked(name, words, instead=name)
        if core != name:
            parts += plain(wording.is_called(core))
        yield _line(ABSENT, name, parts, wording.NOT_LISTED)


def _line(
    what: str, words: str, parts: Parts, note: str, code: str = "", category: str = ""
) -> dict:
    text = "".join(str(part["text"]) for part in parts)
    return {
        "kind": "drug", "what": what, "code": code, "category": category, "words": words,
        "text": text, "parts": parts, "note": note,
    }  # fmt: skip
