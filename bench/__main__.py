"""`python -m bench`: builds the houses that are measured, asks, imports, and tells."""

import os
import signal
import sys
from pathlib import Path

import click

from bench import meili, page, postgres, report
from bench.house import ENGINES, opened
from bench.parts import KINDS, Measurement, measure
from bench.results import Results
from bench.sizes import SIZES, SMALL

STOPPED = 128 + signal.SIGTERM
PAGE = Path("docs/performance.md")


def kinds(context, parameter, words: str) -> frozenset[str]:
    """The kinds named in `--only`."""
    chosen = frozenset(filter(None, words.replace(" ", "").split(",")))
    if strangers := chosen - set(KINDS):
        raise click.BadParameter(f"没有 {'、'.join(strangers)}，可用的是 {'、'.join(KINDS)}")
    return chosen


@click.command()
@click.option(
    "--size",
    "sizes",
    multiple=True,
    type=click.Choice([*SIZES, *SMALL]),
    help="只量这个规模，可以写几次；默认全部",
)
@click.option(
    "--engine",
    "engines",
    multiple=True,
    type=click.Choice(ENGINES),
    help="只量这个数据库，可以写几次；默认全部",
)
@click.option("--only", default="", callback=kinds, help=f"只量这些，逗号分开：{','.join(KINDS)}")
@click.option(
    "--folder",
    type=click.Path(path_type=Path),
    default="var/bench",
    show_default=True,
    help="数据和结果放在哪里",
)
@click.option("--quick", is_flag=True, help="少问几次、少导几行，不留结果、不改写文档")
@click.option("--page", "just_page", is_flag=True, help="不量，只用留下的结果改写文档")
def main(sizes, engines, only, folder: Path, quick: bool, just_page: bool) -> None:
    """量一量速度；量到的留在 var/bench/results，docs/performance.md 由它们写成。"""
    # Whoever is told to stop takes his servers and indexes with him.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(STOPPED))
    folder = folder.resolve()
    results = Results(folder / "results")
    if not just_page:
        for size in sizes or SIZES:
            for engine in _at_hand(engines or ENGINES):
                _measured(engine, size, folder, only, None if quick else results, quick)
        if not meili.address():
            click.echo(meili.MISSING)
    if not quick:
        page.write(PAGE, results)
        click.echo(f"已写 {PAGE} 和 {PAGE.with_suffix('.svg')}")


def _at_hand(engines):
    for engine in engines:
        if engine == "postgresql" and postgres.binaries() is None:
            click.echo(postgres.MISSING)
        else:
            yield engine


def _measured(engine, size, folder, only, results, quick):
    with opened(engine, folder / engine / size) as house:
        house.built(size, os.environ)
        sheets = folder / "sheets" / size
        one = Measurement(house, size, only, quick, sheets, results if size in SIZES else None)
        for part, found in measure(one):
            click.echo(f"\n{part}\n{report.plain(report.table(part, found))}\n")


if __name__ == "__main__":
    main()
