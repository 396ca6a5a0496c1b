"""Diseases and purposes drugs are listed under: a signpost in people's words, no medical advice."""

import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from tomllib import loads as toml

from backend.catalog import naming

# The groups named by the Shenyang plan, 三（二）, then everything else.
GROUPS = ("心脑血管", "消化系统", "呼吸系统", "内分泌", "其他")


@dataclass(frozen=True)
class Disease:
    """A disease or purpose: stable code, name, group, what people also call it, and its drugs.

    `classes` are beginnings of class codes of the national list; `named` maps substances (every
    form) and generic names (that form only) that belong here whatever their class to the source
    that says so; the class of those in `instead` does not count. `missing` says why the
    demonstration has nothing here.
    """

    code: str
    name: str
    group: str
    also: tuple[str, ...]
    classes: tuple[str, ...]
    named: dict[str, str]
    instead: frozenset[str]
    source: str
    missing: str = ""

    def holds_class(self, category_code: str) -> bool:
        """Whether drugs of this class code (e.g. XC09C) are listed here."""
        return category_code.startswith(self.classes)


@lru_cache
def diseases() -> tuple[Disease, ...]:
    """Every disease of diseases.toml, in its order (which is the order people see)."""
    text = (files("backend.catalog") / "diseases.toml").read_text(encoding="utf-8")
    return tuple(_disease(facts) for facts in toml(text)["disease"])


def _disease(facts) -> Disease:
    own = {"drugs": facts.pop("drugs", []), "source": facts["source"]}
    entries = [own, *facts.pop("named", [])]
    also, classes = tuple(facts.pop("also")), tuple(facts.pop("classes", []))
    named = {_plain(drug): entry["source"] for entry in entries for drug in entry["drugs"]}
    instead = [_plain(drug) for one in entries if one.get("instead") for drug in one["drugs"]]
    return Disease(also=also, classes=classes, named=named, instead=frozenset(instead), **facts)


def disease(code: str) -> Disease | None:
    """The disease with this code."""
    return next((one for one in diseases() if one.code == code), None)


def called(words: str) -> Disease | None:
    """The disease people mean by exactly these words: 降压药, 血压高 or 高血压 → 高血压."""
    return _by_words().get(_plain(words))


@lru_cache
def _by_words() -> dict[str, Disease]:
    return {_plain(word): one for one in diseases() for word in (one.name, *one.also)}


def code_of(words: str) -> str | None:
    """The code of the disease people call so, or None."""
    one = called(words)
    return one.code if one else None


def of_category(category_code: str, generic_name: str = "") -> tuple[str, ...]:
    """Codes of the diseases a drug is listed under: those of its class and those it is named in.

    Where a disease says so, its word stands instead of the class.
    """
    names = {_plain(generic_name), _plain(naming.core(generic_name))}
    told = "" if any(names & one.instead for one in diseases()) else category_code
    return tuple(one.code for one in diseases() if names & set(one.named) or one.holds_class(told))


def _plain(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text or "").split()).lower()
