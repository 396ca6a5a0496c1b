"""What the search index is told of outlets."""

from collections.abc import Iterator, Sequence

from backend.intake.kinds import Progress, in_silence
from backend.intake.lists import chunks
from backend.outlets.lookups import district_name
from backend.outlets.models import Outlet
from backend.outside import outside
from search import Document


def reindex_outlets(codes: Sequence[str], progress: Progress = in_silence) -> None:
    """Tell the index anew of these outlets; withdrawn ones are taken out."""
    for number, chunk in enumerate(chunks(codes), start=1):
        outlets = list(Outlet.seen().where(Outlet.code.in_(chunk)))
        gone = [outlet.code for outlet in outlets if outlet.withdrawn_on]
        if gone:
            outside.index.remove("outlets", gone)
        outside.index.put(list(documents([o for o in outlets if not o.withdrawn_on])))
        progress("检索", min(1.0, number * 1000 / max(1, len(codes))))


def rebuild_outlets() -> None:
    """Rebuild the whole index of outlets; readers see the old one until the new one is ready."""
    outlets = Outlet.seen().where(Outlet.withdrawn_on.is_null()).order_by(Outlet.id)
    outside.index.rebuild("outlets", documents(list(outlets)))


def documents(outlets: Sequence[Outlet]) -> Iterator[Document]:
    """These outlets as documents of the index."""
    for outlet in outlets:
        yield Document(
            id=outlet.code,
            kind="outlets",
            name=outlet.name,
            aliases=(outlet.address,) if outlet.address else (),
            tags=(district_name(outlet.district),),
            maker=outlet.chain,
            facts={"district": outlet.district, "kind": outlet.kind},
        )
