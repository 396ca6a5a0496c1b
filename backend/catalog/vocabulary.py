"""The words of the published catalogue, and of drugs that are not in it."""

from backend.catalog import diseases
from backend.catalog.forms import WORDS as FORMS
from backend.catalog.known import known
from backend.catalog.lexicon import Lexicon
from backend.catalog.models import Alias, Drug
from backend.catalog.substances import substances
from backend.intake.remembered import Remembered
from search.text import compact

_kept: Remembered[str, Lexicon] = Remembered(most=1)


def lexicon() -> Lexicon:
    """The words of the published catalogue, made once for each publication."""
    return _kept.all(["all"], lambda _: {"all": _made()})["all"]


def _made():
    named = substances().named
    names: dict[str, set[str]] = {}
    for core, substance in named.items():
        for key in (compact(core), *(name.key for name in substance.names)):
            if len(key) > 1:
                names.setdefault(key, set()).add(core)
    aliases = Alias.seen().select(Alias.name, Alias.core).distinct().tuples()
    firms = Drug.seen().where(Drug.withdrawn_on.is_null()).select(Drug.manufacturer).distinct()
    elsewhere = {compact(core): core for core in known()}
    elsewhere |= {
        compact(name): core
        for alias, core in aliases
        if core not in named
        for name in (alias, core)
    }
    return Lexicon(
        {name: frozenset(these) for name, these in names.items()},
        {name: core for name, core in elsewhere.items() if name not in names and len(name) > 1},
        frozenset(map(compact, _purposes())) - {*FORMS},
        "\n".join(sorted({compact(firm) for (firm,) in firms.tuples() if firm})),
    )


def _purposes():
    return (word for one in diseases.diseases() for word in (one.name, *one.also))
