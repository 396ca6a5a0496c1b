"""What the search index is told of drugs."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from backend.catalog import diseases, editions, naming
from backend.catalog.cards import pack_words
from backend.catalog.models import Alias, Drug, DrugTag, Win
from backend.intake.lists import chunks
from backend.outside import outside
from backend.outside.clock import city_day
from search import Document, digest

# A drug that won here stands before one that won elsewhere, and that before one that never won.
_RANKS = {"official": 100, "assumed": 100, "unsure": 60, "historical": 50, "elsewhere": 20}


def drug_codes() -> list[str]:
    """The code of every drug that can be found."""
    return [drug.code for drug in Drug.seen().where(Drug.withdrawn_on.is_null())]


def drug_documents(codes: Sequence[str]) -> list[Document]:
    """The documents of those of these drugs that can be found."""
    drugs = Drug.seen().where(Drug.code.in_(list(codes)), Drug.withdrawn_on.is_null())
    return list(documents(list(drugs)))


def marks(codes: Sequence[str]) -> dict[str, str]:
    """What the place of each of these drugs in a list depends on, as a short word."""
    return {document.id: digest(document) for document in drug_documents(codes)}


def codes_of_cores(cores: Iterable[str]) -> list[str]:
    """The drugs of these substances."""
    codes = []
    for chunk in chunks(sorted(cores), 500):
        rows = Drug.select(Drug.code).where(Drug.core.in_(chunk)).tuples()
        codes += [code for (code,) in rows]
    return codes


def documents(drugs: Sequence[Drug]) -> Iterator[Document]:
    """These drugs as documents of the index."""
    ids = [drug.id for drug in drugs]
    today = city_day(outside.clock.now())
    _, named = editions.naming("drugs", [drug.code for drug in drugs], today)
    tags, ranks, aliases = _tags(ids), _ranks(ids), _aliases({drug.core for drug in drugs})
    for drug in drugs:
        codes = tags[drug.id]
        yield Document(
            id=drug.code,
            kind="drugs",
            name=drug.generic_name,
            core=drug.core,
            aliases=_called(drug, aliases[drug.core]),
            tags=tuple(
                word
                for one in map(diseases.disease, codes)
                if one
                for word in (one.name, *one.also)
            ),
            maker=drug.manufacturer,
            spec=pack_words(drug),
            facts={"won": int(drug.kind == "won"), "listed": int(drug.code in named)}
            | {f"tag:{code}": 1 for code in codes},
            rank=ranks.get(drug.id, 0),
        )


def _called(drug, aliases):
    brand = [drug.brand] if drug.brand else []
    return tuple(dict.fromkeys([*brand, *aliases, *naming.also(drug.core)]))


def _tags(ids):
    found = defaultdict(list)
    for tag in DrugTag.select().where(DrugTag.drug.in_(ids)).order_by(DrugTag.tag):
        found[tag.drug_id].append(tag.tag)
    return found


def _ranks(ids):
    found: dict[int, int] = {}
    for drug_id, standing in Win.select(Win.drug, Win.standing).where(Win.drug.in_(ids)).tuples():
        found[drug_id] = max(found.get(drug_id, 0), _RANKS[standing])
    return found


def _aliases(cores):
    found = defaultdict(list)
    for alias in Alias.seen().where(Alias.core.in_(list(cores))).order_by(Alias.name):
        found[alias.core].append(alias.name)
    return found
