"""What 三进 is, in plain words, each with the clause it stands on: the page 什么是三进."""

from datetime import date
from typing import get_args

from backend.policy.packs import pack_on
from backend.policy.terms import OutletClass, Pack, Sourced, Stage
from backend.policy.wording import ABOUT, draft_notice


def about_page(day: date, *, city: str = "shenyang") -> dict:
    """The page's parts as the pack in force has them.

    {pack, draft, parts: [{code, title, said: [{plain, origin}]}], classes, stages, phone}.
    """
    pack = pack_on(city, day)
    return {
        "pack": {"title": pack.title, "version": pack.id},
        "city": pack.city_name,
        "draft": draft_notice(pack),
        "parts": [
            {"code": code, "title": title,
             "said": [{"plain": one.plain, "origin": _origin(one, pack)}
                      for one in pack.about[code]]}
            for code, title in ABOUT.items()
            if pack.about.get(code)
        ],
        "classes": _classes(pack),
        "stages": [_stage(stage, pack, day) for stage in pack.stages],
        "phone": {"number": pack.consultation.phone, "name": pack.consultation.name},
    }  # fmt: skip


def _origin(one: Sourced, pack: Pack) -> dict:
    """Where it stands: the document's short name, clause and quote, or the other source."""
    short = pack.documents[one.document].short if one.document else ""
    return {"document": short, "clause": one.clause, "quote": one.quote, "source": one.source}


def _classes(pack):
    """Each class of outlets, whether all of it takes part, and the kinds in it."""
    return [
        {
            "name": pack.outlet_classes[class_].name,
            "must_join": pack.outlet_classes[class_].must_join,
            "kinds": [pack.outlet_kinds[code].name for code in pack.kinds_of(class_)],
        }
        for class_ in get_args(OutletClass)
    ]


def _stage(stage: Stage, pack: Pack, day: date) -> dict:
    ended = stage.until is not None and stage.until < day
    begun = stage.from_ is None or stage.from_ <= day
    return {
        "name": stage.name,
        "from": stage.from_ and stage.from_.isoformat(),
        "until": stage.until and stage.until.isoformat(),
        "state": "past" if ended else "now" if begun else "coming",
        "origin": _origin(stage, pack),
    }
