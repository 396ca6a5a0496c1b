"""Names of outlets as people say them, and what they mean by the words they type. All pure."""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from search.pinyin import pinyin

# Said around a name, never part of one.
_NOISE = re.compile(
    r"离我(?:最)?近的?|我家(?:附近|旁边|跟前|楼下)?的?|(?:附近|旁边|跟前|对面|周围|周边|最近|那边|这边)的?"
    r"|(?:那|这|哪|哪里|哪儿)(?:一)?[个家]|在哪(?:里|儿)?|怎么走|有没有|有哪些|哪里有|[吗呢啊呀吧？?！!。，,、]"
)
_CITY = re.compile(r"^(?:辽宁省?)?沈阳市?(?=...)")
_FIRM = re.compile(
    r"(?:集团)?(?:股份|连锁)?有限(?:责任)?公司|(?:医药|药业)?连锁(?=[^药店房]{2,}店$)|\([^)]*\)"
)
_BRANCH = re.compile(r"(?:公司|连锁|药房|药店|医药)([^公司连锁药]{2,8}[店部])$")
# Of a chain's name what it is called among people.
_TRADE = re.compile(r"(?:大药房|大药店|药房|药店|医药|药业|连锁)+$")

# How the ends of official names are said.
_SAID = (
    ("社区卫生服务中心", ("社区", "社区医院")),
    ("社区卫生服务站", ("社区", "社区站")),
    ("中心卫生院", ("卫生院", "医院")),
    ("卫生院", ("医院",)),
    ("村卫生室", ("村", "村卫生所")),
)

_BREAKS = re.compile(r"\d+(?:[-之]\d+)*(?:号|门|栋|层|室)?|[(),，、；;。\s]|号楼?|路口|交叉口")
_BESIDE = re.compile(
    r"(?:附近|旁边?|对面|对过|东侧|西侧|南侧|北侧|院内|楼下|路[东西南北]|[东西南北]门)+$"
)
MOST_LANDMARKS, LONGEST_LANDMARK = 4, 12


class District(NamedTuple):
    """A district's code and full name."""

    code: str
    name: str

    @property
    def short(self) -> str:
        """As people say it: 铁西, 沈北, 新民."""
        return self.name.removesuffix("新区").rstrip("区县市")


class Meant(NamedTuple):
    """Words taken apart: what is left to look for, codes of districts and of kinds.

    `said` is the word the kinds were said with.
    """

    words: str
    districts: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    said: str = ""

    @property
    def narrows(self) -> bool:
        """Whether anything was taken for a filter."""
        return bool(self.districts or self.kinds)


def plain(text: str) -> str:
    """The text without blanks, full-width signs folded."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def core(name: str) -> str:
    """The name without city, firm and brackets: 沈阳市铁西药店有限公司 → 铁西药店."""
    return _FIRM.sub("", _CITY.sub("", plain(name))) or plain(name)


def aliases(name: str, *, chain: str, district: str, address: str) -> tuple[str, ...]:
    """What an outlet may be called besides its name, the address with its landmarks last.

    沈阳市大东区大北社区卫生服务中心 → 大北社区卫生服务中心, 大北社区, 大北社区医院; a branch of a
    chain → 国大药房中街店, 国大中街店. `district` is the full name.
    """
    whole = core(name)
    stem = _without_district(whole, district)
    named = [stem, *_said(whole), *_said(stem), *_branches(name, chain)]
    kept = [one for one in named if len(one) > 2 and one not in (plain(name), whole)]
    return tuple(dict.fromkeys([*kept, *filter(None, [address]), *landmarks(address, district)]))


def _without_district(name, district):
    for said in (district, District("", district).short):
        if said and name.startswith(said) and len(name) - len(said) > 3:
            return name.removeprefix(said)
    return name


def _said(name):
    """The name with its end as people say it; a number behind the end stays behind it."""
    for official, spoken in _SAID:
        begin, found, rest = name.partition(official)
        if found and len(begin) > 1 and (not rest or rest.isdecimal()):
            return [f"{begin}{end}{rest}" for end in spoken]
    return []


def _branches(name, chain):
    branch = _BRANCH.search(plain(name))
    if not branch or not chain:
        return []
    brand = core(chain)
    return [f"{said}{branch[1]}" for said in (brand, _TRADE.sub("", brand)) if len(said) > 1]


def landmarks(address: str, district: str) -> tuple[str, ...]:
    """Streets, markets and the like in an address: 中街路128号（大悦城对面） → 中街路, 大悦城."""
    text = _CITY.sub("", unicodedata.normalize("NFKC", address))
    parts = (_BESIDE.sub("", part.strip()) for part in _BREAKS.split(text.removeprefix(district)))
    kept = (part for part in parts if 1 < len(part) <= LONGEST_LANDMARK and not part.isascii())
    return tuple(dict.fromkeys(kept))[:MOST_LANDMARKS]


class Vocabulary:
    """The words that stand for districts and kinds of outlets in one city."""

    def __init__(
        self, districts: Sequence[tuple[str, str]], kinds: Mapping[str, Iterable[str]]
    ) -> None:
        """`districts` are (code, full name), `kinds` the words for each kind's code."""
        self.districts: dict[str, str] = {}
        for one in (District(*facts) for facts in districts):
            self.districts |= {one.name: one.code, one.short: one.code}
        self.kinds: dict[str, tuple[str, ...]] = {}
        for code, words in kinds.items():
            for word in words:
                self.kinds[word] = (*self.kinds.get(word, ()), code)
        self.district_words = _any_of(self.districts)
        self.kind_words = _any_of(self.kinds)
        self.typed = {pinyin(word): word for word in (*self.districts, *self.kinds)}
        self.typed_words = _any_of(self.typed)

    def meant(self, words: str) -> Meant:
        """What is meant by the words: districts and kinds apart, noise dropped.

        Beside a district must be left either nothing or two characters and more: 大东方 is a name.
        """
        text = " ".join(map(self._written, unicodedata.normalize("NFKC", words).split()))
        text, named = self._districts(_NOISE.sub(" ", text))
        text, kinds, said = self._kinds(text)
        text = re.sub(r"(?:^|(?<=\s))的|的(?=\s|$)", "", text)
        left = " ".join(text.split())
        if named and len(left) == 1:
            return Meant(words.strip())
        return Meant(left, named, kinds, said)

    def _written(self, typed):
        """Pinyin that is nothing but such words, in characters: tiexiyaodian → 铁西药店."""
        if not typed.isascii() or not typed.isalpha():
            return typed
        parts = self.typed_words.findall(typed.lower())
        whole = "".join(parts) == typed.lower()
        return "".join(self.typed[part] for part in parts) if whole and parts else typed

    def _districts(self, text):
        codes = [self.districts[one[0]] for one in self.district_words.finditer(text)]
        return self.district_words.sub(" ", text), tuple(dict.fromkeys(codes))

    def _kinds(self, text):
        found = list(self.kind_words.finditer(text))
        if not found:
            return text, (), ""
        last = found[-1]
        return f"{text[: last.start()]} {text[last.end() :]}", self.kinds[last[0]], last[0]


def _any_of(words):
    """A pattern of these words, the longest first."""
    longest_first = sorted(words, key=lambda word: (-len(word), word))
    return re.compile("|".join(map(re.escape, longest_first)) or r"(?!)")
