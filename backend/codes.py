"""Public codes: short, stable, made from what a thing is and never from a database id."""

import unicodedata
from hashlib import blake2b

# Crockford's alphabet: no I, L, O, U, so a code survives being read out over the phone.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_VALUES = {letter: value for value, letter in enumerate(ALPHABET)}


def plain(text: object) -> str:
    """The text as identity sees it: full-width folded, blanks dropped, lower case."""
    return "".join(unicodedata.normalize("NFKC", str(text or "")).split()).lower()


def number_of(*parts: object) -> int:
    """A 63-bit number that stands for these parts (fits a signed BIGINT)."""
    digest = blake2b("|".join(map(str, parts)).encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big") >> 1


def written(number: int, *, length: int = 13) -> str:
    """The number in Crockford's base 32, most significant first, padded to `length`."""
    letters = []
    for _ in range(length):
        number, rest = divmod(number, 32)
        letters.append(ALPHABET[rest])
    return "".join(reversed(letters))


def read(code: str) -> int | None:
    """The number a code was written from, or None where it holds another letter."""
    number = 0
    for letter in code.upper():
        value = _VALUES.get(letter)
        if value is None:
            return None
        number = number * 32 + value
    return number


def own_code(prefix: str, *parts: object) -> str:
    """Our own code for what these parts name, e.g. own_code("Y", "二甲双胍片", "0.5g") → Y + 10."""
    return prefix + written(number_of(*map(plain, parts)) >> 13, length=10)
