"""Taking a question apart: which words name a drug, its form, its firm, and which say nothing.

Pure: the words are those of a Lexicon. What comes out are the wordings to look for, the fullest
first, each telling what it leaves aside.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from backend.catalog.forms import WORDS as FORMS
from backend.catalog.lexicon import Lexicon
from backend.catalog.phrases import SAID, TURNING
from search.strengths import scan
from search.text import compact, normalise

LONGEST = 120  # letters: beyond this a question is not a person's

SHORT, CHANCE = 2, 3  # letters: a name so short, beside so many that nobody knows, is chance

_DIGITS = str.maketrans("一二三四五六七八九", "123456789")
# Pinyin with a number for the tone after each syllable: er4jia3.
_toned = re.compile("(?:[a-z]{2,6}[1-5]){2,}")


class Part(NamedTuple):
    """A stretch of a question and what it is: name, elsewhere, purpose, form, firm, said, unknown
    or turned (a name with a syllable before it that makes another drug of it)."""

    text: str
    kind: str


class Wording(NamedTuple):
    """Words to look for, and those of the question that nobody knows and that are left out."""

    words: str
    left_out: tuple[str, ...] = ()


@dataclass(frozen=True)
class Understood:
    """A question taken apart; `measures` are its strengths and bare numbers."""

    words: str
    parts: tuple[Part, ...]
    measures: tuple[str, ...]

    def those(self, *kinds: str) -> tuple[str, ...]:
        """The parts of these kinds, in their order."""
        return tuple(part.text for part in self.parts if part.kind in kinds)

    @property
    def elsewhere(self) -> str:
        """The one name the question gives that the catalogue does not have, or nothing."""
        named = self.those("elsewhere", "turned")
        return named[0] if len(named) == 1 and not self.those("name") else ""

    @property
    def names_two(self) -> bool:
        """Whether it names a drug of the catalogue and one that is not in it."""
        return bool(self.those("name") and self.those("elsewhere", "turned"))

    def wordings(self) -> list[Wording]:
        """What to look for, one after the other until something is found; the words first."""
        different: dict[str, Wording] = {}
        for way in (Wording(self.words), *self._without_tones(), *self._taken_apart()):
            if way.words.strip():
                different.setdefault(way.words, way)
        return list(different.values())

    def _taken_apart(self) -> Iterator[Wording]:
        named = self.those("name") or self.those("purpose")
        forms, firms, unknown = self.those("form"), self.those("firm"), self.those("unknown")
        if self.names_two:
            # The one that is here alone is not what was asked for.
            yield self._way(self.those("name"), self.those("elsewhere", "turned"), forms, firms)
        elif named and not self._is_chance(named, unknown):
            yield self._way(named, unknown, forms, firms)
            for kept in ((forms, firms), (firms,), (forms,), ()):
                yield self._way(named, *kept, left_out=unknown)
            yield Wording(" ".join(named), unknown)
        elif not named and sum(map(len, unknown)) >= CHANCE:  # fewer may sound like anything
            yield self._way(unknown, forms, firms)
            yield self._way(unknown, firms)

    def _way(self, *words, left_out=()):
        said = [one for these in words for one in these]
        return Wording(" ".join((*said, *self.measures)) if said else "", left_out)

    def _without_tones(self):
        """Pinyin with a number for the tone after each syllable: er4jia3."""
        key = compact(self.words)
        return [Wording(re.sub("[1-5]", "", key))] if _toned.fullmatch(key) else []

    def _is_chance(self, meant, unknown):
        rest = sum(map(len, unknown))
        if self.those("name"):
            return rest >= CHANCE and max(map(len, meant)) <= SHORT
        return rest >= CHANCE or self._runs_on()

    def _runs_on(self):
        """Whether a purpose is followed at once by letters nobody knows: 感冒灵 is a name."""
        pairs = zip(self.parts, self.parts[1:], strict=False)
        return any(a.kind == "purpose" and b.kind == "unknown" for a, b in pairs)


def understand(words: str, lexicon: Lexicon) -> Understood:
    """Take a question apart; any text is valid."""
    numbered, rest = _numbered(normalise(words[:LONGEST]), lexicon)
    found = scan(rest)
    # What is left of digits alone is no word.
    chunks = [one for one in re.split(r"[\W_]+", found.rest) if any(map(str.isalpha, one))]
    whole = "".join(chunks)
    if len(chunks) > 1 and _reach(whole, lexicon) > max(_reach(one, lexicon) for one in chunks):
        chunks = [whole]  # a name with a blank or a sign in it
    parts = [part for chunk in chunks for part in _parts(chunk, lexicon)]
    return Understood(words, (*numbered, *parts), (*found.strengths, *found.numbers))


def _numbered(text: str, lexicon: Lexicon) -> tuple[list[Part], str]:
    """The longest name with a number in it (聚乙二醇4000), which is no strength, and the rest."""
    if not any(map(str.isdigit, text)):
        return [], text
    whole = compact(text)
    for key in (whole, whole.translate(_DIGITS)):  # 654-2, 654二
        if key in lexicon.numbered:
            return [Part(key, _kind(key, lexicon))], ""
    for name in lexicon.numbered:
        start = text.find(name)
        if start >= 0 and _stands_apart(text, start, start + len(name)):
            rest = f"{text[:start]} {text[start + len(name) :]}"
            return [Part(name, _kind(name, lexicon))], rest
    return [], text


def _reach(chunk, lexicon):
    """Letters of the longest name in it."""
    named = _longest(chunk, lexicon)
    return len(named[1].text) if named else 0


def _parts(chunk: str, lexicon: Lexicon) -> list[Part]:
    """The parts of a run of letters and characters, the longest name in it first."""
    named = _longest(chunk, lexicon)
    if named is None:
        return list(_around(chunk, lexicon))
    start, name = named
    turn = next((one for one in TURNING if len(one) > 1 and chunk[:start].endswith(one)), "")
    before, after = _parts(chunk[: start - len(turn)], lexicon), chunk[start + len(name.text) :]
    if turn:
        before.append(Part(turn, "unknown"))
    if before and before[-1].kind == "unknown" and before[-1].text.endswith(TURNING):
        # 艾司 before 奥美拉唑肠溶片: unless 艾司奥美拉唑 is a name itself, another drug.
        first = _longest(chunk, lexicon, until=start)
        if first and first[0] + len(first[1].text) > start:
            at, longer = first
            rest = chunk[at + len(longer.text) :]
            return [*_parts(chunk[:at], lexicon), longer, *_parts(rest, lexicon)]
        turned = before[-1].text + name.text
        # 氢氯吡格雷 is a part of 硫酸氢氯吡格雷, no other drug.
        before[-1] = Part(turned, "unknown" if turned in lexicon.written else "turned")
        return [*before, *_parts(after, lexicon)]
    return [*before, *_without_form(name, lexicon), *_parts(after, lexicon)]


def _without_form(name, lexicon):
    """The name of a product as its substance and its form: 缬沙坦片."""
    for core in map(compact, lexicon.names.get(name.text, ())):
        if name.text.startswith(core) and name.text[len(core) :] in FORMS:
            return [Part(core, "name"), Part(name.text[len(core) :], "form")]
    return [name]


def _longest(chunk, lexicon, *, until=LONGEST):
    """Where the longest name begins, and the name; one that begins before a place, if given."""
    for length in range(min(len(chunk), lexicon.longest), 1, -1):
        for start in range(min(len(chunk) - length + 1, until)):
            kind = _kind(chunk[start : start + length], lexicon)
            if kind and _stands_apart(chunk, start, start + length):
                return start, Part(chunk[start : start + length], kind)
    return None


def _kind(text, lexicon):
    if text in lexicon.names:
        return "name"
    if text in lexicon.elsewhere:
        return "elsewhere"
    return "purpose" if text in lexicon.asked_for else ""


def _stands_apart(chunk, start, end):
    """Whether Latin letters do not go on beyond either end."""
    return not (
        (start and _is_latin(chunk[start - 1]) and _is_latin(chunk[start]))
        or (end < len(chunk) and _is_latin(chunk[end]) and _is_latin(chunk[end - 1]))
    )


def _is_latin(sign):
    return sign.isascii() and sign.isalnum()


def _around(rest: str, lexicon: Lexicon) -> Iterator[Part]:
    """What stands around a name: forms and courtesies at its ends, then a firm or nothing known."""
    ends: list[Part] = []
    while rest:
        if lexicon.names_a_firm(rest) and rest not in FORMS:
            break
        if (at := _at_an_end(rest, FORMS)) is not None:
            kind = "form"
        elif (at := _at_an_end(rest, SAID)) is not None:
            kind = "said"
        else:
            break
        word, first = at
        if first:
            yield Part(word, kind)
            rest = rest[len(word) :]
        else:
            ends.append(Part(word, kind))
            rest = rest[: -len(word)]
    if rest:
        yield Part(rest, "firm" if lexicon.names_a_firm(rest) else "unknown")
    yield from reversed(ends)


def _at_an_end(rest, words):
    """A word the rest begins or ends with, and whether it begins with it."""
    for word in words:
        if rest.startswith(word):
            return word, True
        if rest.endswith(word):
            return word, False
    return None
