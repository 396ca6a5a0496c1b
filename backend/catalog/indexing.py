"""What the search index is told of drugs."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from backend.catalog import diseases
from backend.catalog.lookups import pack_words
from backend.catalog.models import Alias, Drug, DrugTag, Win
from backend.intake.kinds import Progress, in_silence
from backend.intake.lists import chunks
from backend.outside import outside
from search import Document

# A drug that won here stands before one that won elsewhere, and that before one that never won.
_RANKS = {"official": 100, "assumed": 100, "unsure": 60, "historical": 50, "elsewhere": 20}


def reindex_drugs(codes: Sequence[str], progress: Progress = in_silence) -> None:
    """Tell the index anew of these drugs; withdrawn ones are taken out."""
    for number, chunk in enumerate(chunks(codes), start=1):
        drugs = list(Drug.seen().where(Drug.code.in_(chunk)))
        gone = [drug.code for drug in drugs if drug.withdrawn_on]
        if gone:
            outside.index.remove("drugs", gone)
        outside.index.put(list(documents([d for d in drugs if not d.withdrawn_on])))
        progress("检索", min(1.0, number * 1000 / max(1, len(codes))))


def reindex_cores(cores: Iterable[str], progress: Progress = in_silence) -> None:
    """Tell the index anew of every drug of these substances (their other names changed)."""
    codes = []
    for chunk in chunks(sorted(cores), 500):
        rows = Drug.select(Drug.code).where(Drug.core.in_(chunk)).tuples()
        codes += [code for (code,) in rows]
    reindex_drugs(codes, progress)


def rebuild_drugs() -> None:
    """Rebuild the whole index of drugs; readers see the old one until the new one is ready."""
    drugs = Drug.seen().where(Drug.withdrawn_on.is_null()).order_by(Drug.id)
    outside.index.rebuild("drugs", _in_chunks(list(drugs)))


def _in_chunks(drugs) -> Iterator[Document]:
    for chunk in chunks(drugs):
        yield from documents(chunk)


def documents(drugs: Sequence[Drug]) -> Iterator[Document]:
    """These drugs as documents of the index."""
    ids = [drug.id for drug in drugs]
    tags, ranks, aliases = _tags(ids), _ranks(ids), _aliases({drug.core for drug in drugs})
    for drug in drugs:
        codes = tags[drug.id]
        yield Document(
            id=drug.code,
            kind="drugs",
            name=drug.generic_name,
            core=drug.core,
            aliases=tuple(
                dict.fromkeys([*([drug.brand] if drug.brand else []), *aliases[drug.core]])
            ),
            tags=tuple(
                word
                for one in map(diseases.disease, codes)
                if one
                for word in (one.name, *one.also)
            ),
            maker=drug.manufacturer,
            spec=pack_words(drug),
            facts={"won": int(drug.kind == "won")} | {f"tag:{code}": 1 for code in codes},
            rank=ranks.get(drug.id, 0),
        )


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
