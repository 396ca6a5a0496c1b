"""The words of the published catalogue, and of drugs that are not in it."""

from backend.catalog import diseases, naming
from backend.catalog.forms import WORDS as FORMS
from backend.catalog.known import known
from backend.catalog.lexicon import Lexicon
from backend.catalog.models import Alias, Drug
from backend.intake.remembered import Remembered
from search.text import compact

_kept: Remembered[str, Lexicon] = Remembered(most=1)


def lexicon() -> Lexicon:
    """The words of the published catalogue, made once for each publication."""
    return _kept.all(["all"], lambda _: {"all": _made()})["all"]


def _made():
    drugs = list(
        Drug.seen()
        .where(Drug.withdrawn_on.is_null())
        .select(Drug.core, Drug.generic_name, Drug.brand, Drug.manufacturer)
        .distinct()
        .tuples()
    )
    aliases = list(Alias.seen().select(Alias.name, Alias.core).distinct().tuples())
    cores = {core for core, *_ in drugs}
    # Thousands of products share a few names; each is spelt out once.
    written = {(name, core) for core, *written, _ in drugs for name in written}
    written |= {(name, core) for core in cores for name in (core, *naming.also(core))}
    written |= {(name, core) for name, core in aliases if core in cores}
    names: dict[str, set[str]] = {}
    for name, core in written:
        key = compact(name)
        if len(key) > 1:
            names.setdefault(key, set()).add(core)
    elsewhere = {compact(core): core for core in known()}
    elsewhere |= {
        compact(name): core
        for alias, core in aliases
        if core not in cores
        for name in (alias, core)
    }
    return Lexicon(
        {name: frozenset(these) for name, these in names.items()},
        {name: core for name, core in elsewhere.items() if name not in names and len(name) > 1},
        frozenset(map(compact, _purposes())) - {*FORMS},
        "\n".join(sorted({compact(firm) for *_, firm in drugs if firm})),
    )


def _purposes():
    return (word for one in diseases.diseases() for word in (one.name, *one.also))
