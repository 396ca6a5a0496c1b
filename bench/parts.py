"""The parts of a measurement: what each does with a house, and where it is kept."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from secrets import token_hex

import click

import search
from backend import db
from backend.app import create_app
from backend.outside import outside
from bench import machine, meili
from bench.asking import asked_round, crowded
from bench.filling import Notes
from bench.fresh import freshness, rebuilt
from bench.house import House
from bench.importing import imports
from bench.results import Results

QUESTIONS = ("suggest", "drugs", "offers", "outlet")
KINDS = (*QUESTIONS, "crowd", "index", "import")
# What an index has a say in.
FOUND_BY_WORDS = frozenset(("suggest", "drugs"))
# Where the import into a fresh house is watched, with somebody else who writes.
WATCHED = ("sqlite", "1m")


@dataclass(frozen=True)
class Measurement:
    """One house, what is wanted of it, how patiently, and where the results go."""

    house: House
    size: str
    only: frozenset[str]
    quick: bool
    sheets: Path
    results: Results | None

    def wants(self, *kinds: str) -> bool:
        """Whether one of these is asked for; all are where nothing is said."""
        return not self.only or bool(self.only & set(kinds))

    def keep(self, part: str, found: object, begun: dict) -> None:
        """Keep what was found, unless this was a hurried or a partial run."""
        if self.results:
            self.results.keep(self.house.engine, self.size, part, found, begun)


def measure(one: Measurement) -> Iterator[tuple[str, object]]:
    """Every part that is wanted, as (part, what was found)."""
    at = meili.address()
    _say_contents(one)
    if one.wants("import") and (one.house.engine, one.size) == WATCHED:
        # First: what this process has grown to would count as its children's memory.
        yield _part(one, "import", lambda: _imports(one))
    with ExitStack() as open_:
        bare = open_.enter_context(_bare(one.house, at)) if at else None
        yield from _asked(one, one.house, bare, "")
        if at:
            ours = open_.enter_context(_found_by(one.house))
            yield from _asked(one, ours, bare, "-meili")


def _asked(one, house, bare, mark):
    words = frozenset(QUESTIONS) if not mark else FOUND_BY_WORDS
    chosen = (one.only or words) & words
    samples, warm_up, seconds, times = (60, 10, 0.3, 3) if one.quick else (150, 15, 2, 6)
    if chosen:
        yield _part(
            # Without some of the questions it would take the place of one that has them all.
            one if chosen == words else replace(one, results=None), f"answers{mark}",
            lambda: asked_round(house, chosen, bare, samples=samples, warm_up=warm_up),
        )  # fmt: skip
    if one.wants("crowd"):
        yield _part(one, f"crowd{mark}", lambda: crowded(house, words, seconds=seconds))
    if one.wants("index"):
        yield _part(one, f"index{mark}", lambda: {
            "rebuild_s": rebuilt(house),
            **freshness(house, one.sheets / "outlets.csv", times=times),
        })  # fmt: skip


def _part(one, part, found):
    begun = machine.moment()
    told = found()
    one.keep(part, told, begun)
    return part, told


def _say_contents(one: Measurement) -> None:
    create_app(one.house.settings())
    with db.opened():
        db.migrate()
        # What was filled by an earlier program may have an index this one begins anew.
        lacks = not all(map(outside.index.count, search.KINDS))
    if lacks:
        rebuilt(one.house)
    with db.opened():
        found = machine.contents()
        one.keep("contents", found, machine.moment())
        one.keep("disk_mb", machine.disk_mb(one.house.folder), machine.moment())
        one.keep("fill", Notes(one.house.folder).sheets, machine.moment())
        click.echo(f"\n{one.house.engine} {one.size}：{found}")
    db.database.close_all()


def _imports(one):
    rows = (50_000, 10_000) if one.quick else (1_000_000, 100_000)
    done = imports(one.house, one.house.folder / "import", csv_rows=rows[0], xlsx_rows=rows[1])
    return [
        vars(each)
        | {
            "rows_per_second": round(each.rows_per_second),
            "longest_wait_ms": each.waits.within(100),
        }
        for each in done
    ]


@contextmanager
def _bare(house, at):
    """The bare server, filled from the tables of the house."""
    create_app(house.settings())
    with ExitStack() as open_:
        with db.opened():
            made = open_.enter_context(meili.filled(at))
        yield made


@contextmanager
def _found_by(house):
    """The house finding with the server, in indexes of its own that are dropped after."""
    url = meili.our_url(f"bench_{token_hex(4)}_")
    ours = house.with_search(url)
    try:
        rebuilt(ours)
        yield ours
    finally:
        index = search.connect(url, key=ours.settings().search_key)
        index.admin.drop_everything()
        index.close()
