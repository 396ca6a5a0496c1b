"""The part of the table that is made from real names, by rules; the same rows every time.

Each rule yields rows and is named in their `how`. `python -m bench.golden.made` makes them anew
and leaves the rows written by hand as they are.
"""

from collections.abc import Callable, Iterator, Sequence
from functools import cache
from random import Random

from bench.golden import names, swaps, table
from bench.golden.measured import absent_strengths, firms, strengths
from bench.golden.names import Name, one_apart
from bench.golden.reading import form, initials, pinyin, syllables
from bench.golden.table import BY_HAND, LARGE, Row

_SIGNS = ("{}。", "“{}”", "，{}", "{}？", "【{}】", " {} ", "{}、", "《{}》", "{}～", "·{}")
_VOICE = ("帮我查一下{}", "{}多少钱", "我想买{}", "哪里有{}卖", "有没有{}啊", "那个{}", "{}怎么卖",
          "请问{}的价格", "嗯{}", "查{}")  # fmt: skip
# Left of a name, these say how it is given or what it is bound to, not what it is.
_NOT_INFIX = (
    "盐酸",
    "硫酸",
    "磷酸",
    "重组",
    "复方",
    "小儿",
    "注射",
    "维生素",
    "脂肪乳",
    "葡萄糖",
    # 舒利迭 begins so, and is not meant by whoever types the middle of another name.
    "舒利",
)


def made() -> list[Row]:
    """Every row that is made."""
    small, large = _one_each(names.demo()), list(names.drawn())
    rows: list[Row] = []
    for rule, shares in RULES:
        for drawn, share, sizes in zip((small, large), shares, (None, LARGE), strict=True):
            chosen = _drawn(rule.__name__, drawn)
            rows += _first(rule(chosen), share, sizes)
    rows += [*strengths(), *absent_strengths(), *firms()]
    return _once(rows)


def _one_each(products: Sequence[Name]) -> list[Name]:
    found: dict[str, Name] = {}
    for one in products:
        found.setdefault(one.core, one)
    return list(found.values())


def _drawn(rule: str, these: list[Name]) -> list[Name]:
    return Random(f"{names.SEED} {rule}").sample(these, len(these))


def _first(rows: Iterator[Row], count: int, sizes: str | None) -> list[Row]:
    taken = [row for _, row in zip(range(count), rows, strict=False)]
    return [_asked_in(row, sizes) if sizes else row for row in taken]


def _asked_in(row, sizes):
    return Row(**(vars(row) | {"sizes": sizes}))


def _once(rows: list[Row]) -> list[Row]:
    return list({(row.kind, row.query): row for row in reversed(rows)}.values())[::-1]


def exact(these: list[Name]) -> Iterator[Row]:
    """The core as it is."""
    for one in these:
        yield Row("exact", one.core, one.core, how="exact: the core")


def full(these: list[Name]) -> Iterator[Row]:
    """The whole generic name with salt and form."""
    for one in these:
        if one.name != one.core:
            yield Row("full", one.name, one.core, form(one.name), how="full: the generic name")


def prefix(these: list[Name]) -> Iterator[Row]:
    """The first two to four characters, not the whole; any drug that begins so is right."""
    for at, one in enumerate(_chinese(these)):
        begin = one.core[: min(2 + at % 3, len(one.core) - 1)]
        # 复方, 重组, 苯磺: hundreds begin so, or the salt of another drug does.
        if len(begin) > 1 and not begin.startswith((*_NOT_INFIX, "苯磺", "乳糖酸")):
            yield Row("prefix", begin, f"{begin}*", how="prefix: 2 to 4 characters")


def infix(these: list[Name]) -> Iterator[Row]:
    """Two to four characters from within; any drug whose name has them is right."""
    for at, one in enumerate(_chinese(these)):
        long = 2 + at % 3
        part = one.core[1 : 1 + long] if at % 2 else one.core[-long:]
        if len(part) == long < len(one.core) and not _starts_a_name(part):
            yield Row("infix", part, f"*{part}*", how="infix: 2 to 4 characters from within")


def full_pinyin(these: list[Name]) -> Iterator[Row]:
    """The pinyin of the core, in every third with blanks or capitals."""
    for at, one in enumerate(_chinese(these)):
        read = syllables(one.core)
        typed = ("".join(read), " ".join(read), "".join(read).upper())[at % 9 if at % 9 < 3 else 0]
        yield Row(
            "pinyin", typed, f"{one.core}|pinyin:{pinyin(one.core)}", how="pinyin: every syllable"
        )


def part_pinyin(these: list[Name]) -> Iterator[Row]:
    """The first syllables with the next one begun, or the last ones; whatever reads so is right."""
    for at, one in enumerate(_chinese(these)):
        read = syllables(one.core)
        if len(read) < 4:
            continue
        begun = "".join(read[:2]) + read[2][:1]
        typed, label = (begun, f"{begun}*") if at % 2 else ("".join(read[-3:]),) * 2
        wanted = label if at % 2 else f"*{label}*"
        how = "pinyin: two syllables and a letter" if at % 2 else "pinyin: the last three"
        yield Row("pinyin_part", typed, f"pinyin:{wanted}", how=how)


def first_letters(these: list[Name]) -> Iterator[Row]:
    """The initials of four or more characters; whatever is abbreviated so is right."""
    for at, one in enumerate(_chinese(these)):
        letters = initials(one.core)
        if len(letters) >= 4:
            typed = letters.upper() if at % 4 == 3 else letters
            label = f"{one.core}|initials:{letters}"
            yield Row("initials", typed, label, how="initials: of the core")


def same_sound(these: list[Name]) -> Iterator[Row]:
    """One or two characters of another shape and the same sound; what reads so is right."""
    for at, one in enumerate(_chinese(these)):
        wrong = _swapped(one.core, swaps.SOUNDS_LIKE, at, times=1 + (at % 4 == 3))
        if wrong and pinyin(wrong) == pinyin(one.core) and _is_nobody_else(wrong, one.core):
            label = f"{one.core}|pinyin:{pinyin(one.core)}"
            yield Row("homophone", wrong, label, how="homophone: from the table of sounds")


def like_shape(these: list[Name]) -> Iterator[Row]:
    """One character of a like shape, or one left out, where no other drug is as near."""
    for at, one in enumerate(_chinese(these)):
        if len(one.core) < 3:
            continue
        wrong = _swapped(one.core, swaps.LOOKS_LIKE, at)
        how = "wrong: from the table of shapes"
        if at % 6 == 5 and len(one.core) > 4:
            wrong, how = one.core[:2] + one.core[3:], "wrong: the third character left out"
        if wrong and _is_nobody_else(wrong, one.core):
            yield Row("wrong", wrong, _SAME.get(one.core, one.core), how=how)


def traditional(these: list[Name]) -> Iterator[Row]:
    """The core in traditional characters, where any differ."""
    for one in _chinese(these):
        written = one.core.translate(swaps.TRADITIONAL)
        if written != one.core:
            yield Row("traditional", written, one.core, how="traditional: from the table")


def signs(these: list[Name]) -> Iterator[Row]:
    """The core among stray signs and blanks."""
    for at, one in enumerate(_chinese(these)):
        typed = _SIGNS[at % len(_SIGNS)].format(one.core)
        if at % 3 == 2:
            typed = (
                f"{one.core[:2]} {one.core[2:]}" if at % 2 else f"{one.core[:2]}　{one.core[2:]}"
            )
        yield Row("signs", typed.strip("\n"), one.core, how="signs: stray signs and blanks")


def spoken(these: list[Name]) -> Iterator[Row]:
    """The core in a sentence as a phone writes it down."""
    for at, one in enumerate(_chinese(these)):
        typed = _VOICE[at % len(_VOICE)].format(one.core)
        yield Row("voice", typed, one.core, how="voice: the core in a sentence")


def turned(these: list[Name]) -> Iterator[Row]:
    """The form first, or the salt behind the substance."""
    for at, one in enumerate(these):
        last, salt = form(one.name), one.name.partition(one.core)[0]
        if last and last != "注射用" and one.core in one.name:
            words = [f"{last} {one.core}", f"{last}，{one.core} {salt}", f"{one.core}{salt}{last}"]
            how = "mixed: the form first, or the salt behind"
            yield Row("mixed", words[at % 3].strip(), one.core, last, how=how)


# One substance, two names in use: either is right.
_SAME = {"坦洛新": "坦洛新|坦索罗辛"}
# How many of the demonstration, and how many more of the large catalogue alone.
RULES: tuple[tuple[Callable[[list[Name]], Iterator[Row]], tuple[int, int]], ...] = (
    (exact, (185, 80)), (full, (90, 50)), (prefix, (60, 25)), (infix, (60, 25)),
    (full_pinyin, (60, 25)), (part_pinyin, (40, 16)), (first_letters, (60, 20)),
    (same_sound, (60, 24)), (like_shape, (70, 24)), (traditional, (30, 10)), (signs, (36, 12)),
    (spoken, (24, 10)), (turned, (30, 10)),
)  # fmt: skip


def _chinese(these):
    return [one for one in these if all("一" <= sign <= "鿿" for sign in one.core)]


def _starts_a_name(part):
    return part.startswith(_NOT_INFIX) or any(one.startswith(part) for one in _cores())


def _swapped(name, table, at, *, times=1):
    """The name with `times` characters replaced, beginning where `at` says; empty if it cannot."""
    places = [n for n, sign in enumerate(name) if sign in table]
    if len(places) < times:
        return ""
    signs = list(name)
    for turn in range(times):
        place = places[(at + turn) % len(places)]
        choices = table[signs[place]]
        signs[place] = choices[at % len(choices)]
    return "".join(signs)


def _is_nobody_else(wrong, meant):
    """Whether what is typed is no drug, and no other drug is one character from it."""
    return wrong not in _cores() and not any(
        one != meant and one_apart(one, wrong) for one in _cores()
    )


@cache
def _cores():
    every = (*names.demo(), *names.drawn(), *names.drawn("near"))
    return frozenset(one.core for one in every)


def remake() -> list[Row]:
    """The whole table: what is made anew, and what was written by hand."""
    kept = [row for row in table.read() if row.how == BY_HAND] if table.TABLE.exists() else []
    by_hand = {(row.kind, row.query) for row in kept}
    return table.ordered([row for row in made() if (row.kind, row.query) not in by_hand] + kept)


if __name__ == "__main__":
    table.write(remake())
