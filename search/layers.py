"""The layers of a match, best first, and which one a stored word earns for a word asked."""

from typing import NamedTuple

LAYERS = (  # why, rank: equal ranks are ordered by the documents' own rank
    ("code", 0),
    ("name", 1),
    ("core", 1),
    ("alias", 2),
    ("prefix", 3),  # name or core begins with the word
    ("alias", 4),  # an alias begins with it
    ("infix", 5),
    ("infix", 6),  # in an alias
    ("tag", 7),  # what people ask for by its purpose they do not ask for by its sound
    ("pinyin", 8),
    ("pinyin", 9),
    ("pinyin", 10),
    ("initials", 11),
    ("initials", 12),
    ("initials", 13),
    ("homophone", 14),
    ("homophone", 15),
    ("homophone", 16),
    ("typo", 17),
    ("tag", 18),
    ("maker", 19),
    ("spec", 20),
)
CODE, NAME, CORE, ALIAS, PREFIX, ALIAS_PREFIX, INFIX, ALIAS_INFIX, TAG = range(9)
PINYIN, INITIALS, HOMOPHONE = 9, 12, 15  # each followed by its prefix and infix
TYPO, TAG_PART, MAKER, SPEC = range(18, 22)

NAMING = frozenset({"name", "core", "alias"})
SOUNDING = NAMING | {"tag"}  # firms are not searched by sound: too many sound alike
INSIDE = 3  # letters: fewer inside a Latin word or among initials are chance, `or` is not Norvasc

_WRITTEN = {  # the layers of the whole, the beginning and the inside
    "name": (NAME, PREFIX, INFIX),
    "core": (CORE, PREFIX, INFIX),
    "alias": (ALIAS, ALIAS_PREFIX, ALIAS_INFIX),
    "tag": (TAG, TAG_PART, TAG_PART),
    "maker": (MAKER, MAKER, MAKER),
    "spec": (SPEC, SPEC, SPEC),
}


class Word(NamedTuple):
    """A distinct text as stored: the field it stands in, its key and its sound."""

    field: str
    text: str
    sounds: str  # syllables with blanks between, "" where sound does not count
    pinyin: str
    initials: str


class Wanted(NamedTuple):
    """A word asked: its key, and its syllables with blanks between when it may be misspelt."""

    text: str
    sounds: str


def layer(word: Word, wanted: Wanted) -> int | None:
    """The layer in which a stored word answers a wanted one; None when it does not."""
    text, part = word.text, wanted.text
    at = text.find(part)
    if at == 0:
        return _WRITTEN[word.field][len(text) != len(part)]
    if at > 0 and not (len(part) < INSIDE and part.isascii() and text[at - 1].isascii()):
        return _WRITTEN[word.field][2]
    earned = _heard(word, wanted) if word.sounds else None
    return earned if earned is None or word.field != "tag" else TAG_PART


def _heard(word: Word, wanted: Wanted) -> int | None:
    if wanted.sounds:
        return _homophone(f" {word.sounds} ", f" {wanted.sounds} ")
    part = wanted.text
    if not part.isascii():
        return None
    if word.pinyin.startswith(part):
        return PINYIN + (word.pinyin != part)
    if len(part) >= INSIDE and part in word.pinyin and _at_a_syllable(word.sounds, part):
        return PINYIN + 2
    if word.initials.startswith(part):
        return INITIALS + (word.initials != part)
    return INITIALS + 2 if len(part) >= INSIDE and part in word.initials else None


def _homophone(sounds: str, part: str) -> int | None:
    if sounds.startswith(part):
        return HOMOPHONE + (sounds != part)
    return HOMOPHONE + 2 if part in sounds else None


def _at_a_syllable(sounds: str, part: str) -> bool:
    syllables = sounds.split()
    return any("".join(syllables[start:]).startswith(part) for start in range(len(syllables)))
