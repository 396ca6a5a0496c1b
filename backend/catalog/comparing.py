"""Whether a drug is what was asked for, in form, strength, pack and firm, or what differs."""

from collections.abc import Iterable, Sequence

from backend.catalog import wording
from backend.catalog.forms import form_of, meant
from backend.catalog.models import Drug
from backend.catalog.understanding import Understood
from search.strengths import numbers, strengths
from search.text import compact

DIFFERENCES = FORM, STRENGTH, FIRM, NAME = "form", "strength", "firm", "name"
NOTES = (*DIFFERENCES, "typo", "homophone", "left_out")


def differences(asked: Understood, drug: Drug) -> list[str]:
    """What of a question's form, strength, pack and firm a drug is not; nothing is held against
    one whose sheet does not say."""
    return [
        name
        for name, holds in (
            (FORM, _has_form(asked.those("form"), drug)),
            (STRENGTH, _measures_up(asked.measures, drug)),
            (FIRM, _is_made_by(asked.those("firm"), drug)),
        )
        if not holds
    ]


def _has_form(words: Iterable[str], drug):
    if not words:
        return True
    form = form_of(drug.generic_name, drug.dosage_form)
    return not form or all(_is_one_of(form, meant(word)) for word in words)


def _is_one_of(form, wanted):
    # 片 is the plain tablet, 缓释片 another; a word of several meanings takes their kinds too.
    return form in wanted or (len(wanted) > 1 and form.endswith(tuple(wanted)))


def _measures_up(measures: Sequence[str], drug):
    if not measures:
        return True
    printed = f"{drug.strength} {drug.pack} {drug.generic_name}"
    count = drug.pack_qty
    has = {*strengths(printed), *numbers(printed), *([f"x{count}", str(count)] if count else ())}
    if not drug.strength and not count:
        return True
    return all(one in has for one in measures)


def _is_made_by(firms: Iterable[str], drug):
    return all(firm in compact(drug.manufacturer) for firm in firms)


def notes(asked: Understood, differing: Sequence[str]) -> list[dict]:
    """What is to be said of the differences, each {code, text}."""
    said = {
        FORM: wording.other_form("、".join(asked.those("form"))),
        STRENGTH: wording.other_strength(" ".join(asked.measures)),
        FIRM: wording.other_firm("、".join(asked.those("firm"))),
    }
    return [{"code": name, "text": said[name]} for name in differing]
