"""`python -m bench.monitoring`: how long the night takes over a whole city's index, and a page."""

import resource
from collections.abc import Callable
from pathlib import Path
from time import perf_counter, process_time
from typing import NamedTuple

import click

from backend import db
from backend.app import create_app
from backend.monitoring.actions import take_index
from backend.monitoring.changes import report as changes
from backend.monitoring.counting import count
from backend.monitoring.lookups import outlet_page
from backend.monitoring.table import every_row, table
from backend.policy.packs import pack_on
from backend.prices.actions import snapshot_bands
from backend.prices.lookups import city_moment
from bench import machine, postgres, report
from bench.house import ENGINES, House, opened
from bench.pages import NAMES, built

# The newest price of a house built some days ago must lie in the window.
_LATEST = "SELECT MAX(observed_on) FROM offer"
_SIZE = "SELECT COUNT(*), SUM(drugs), SUM(LENGTH(keys)) FROM outlet_index WHERE period = ?"


class Found(NamedTuple):
    """What the house holds, and the rows of what was measured: title, seconds."""

    told: str
    rows: list[list[str]]


def figures(house: House, *, nights: int) -> Found:
    """Take the bands, then the index so many times; then what staff ask of it."""
    create_app(house.settings())
    with db.opened():
        if db.is_postgres():
            db.run("VACUUM ANALYZE")
        day = max(city_moment().date(), db.as_day(db.run(_LATEST).fetchone()[0]))
        pack = pack_on("shenyang", day)
        snapshot_bands(day)
        rows = [["只数，不写", *_seconds(lambda: count(pack, day), nights)]]
        rows.append(["算一夜：数、写、算例", *_seconds(lambda: take_index(day), nights)])
        first = table(page_size=50)
        code = first["items"][0]["outlet"]["code"]
        rows += [
            ["表的一页，50 家", *_seconds(lambda: table(page_size=50), nights)],
            ["表的第二页", *_seconds(lambda: table(page_size=50, cursor=first["next"]), nights)],
            ["整张表", *_seconds(lambda: list(every_row()), nights)],
            ["一家药店", *_seconds(lambda: outlet_page(code), nights)],
            ["执行情况", *_seconds(changes, nights)],
        ]
        outlets, prices, size = db.run(_SIZE, first["period"]).fetchone()
        told = (
            f"{machine.contents()}；一期 {outlets:,} 家药店、{prices:,} 个价格，"
            f"依据存 {size / 2**20:.1f} MB；内存最多 {_peak_mb():,.0f} MB"
        )
    return Found(told, rows)


def _seconds(work: Callable[[], object], times: int) -> list[str]:
    """By the clock, and of it this process at work: on a busy machine the first says less."""
    spent, worked = [], []
    for _ in range(times):
        begun, at_work = perf_counter(), process_time()
        work()
        spent.append(perf_counter() - begun)
        worked.append(process_time() - at_work)
    return [f"{min(spent):.2f}–{max(spent):.2f}", f"{min(worked):.2f}–{max(worked):.2f}"]


def _peak_mb():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


@click.command()
@click.option(
    "--engine", "engines", multiple=True, type=click.Choice(ENGINES), help="只量这个数据库"
)
@click.option("--folder", type=click.Path(path_type=Path), default="var/bench/pages")
@click.option("--nights", type=int, default=3, show_default=True, help="每样做几遍")
def main(engines, folder: Path, nights: int) -> None:
    """量一量全市一夜的量价比较指数要多久。"""
    for engine in engines or ENGINES:
        if engine == "postgresql" and postgres.binaries() is None:
            click.echo(postgres.MISSING)
            continue
        with opened(engine, folder.resolve() / engine) as house:
            built(house)
            told, rows = figures(house, nights=nights)
        click.echo(f"\n{NAMES[engine]}，{told}")
        click.echo(report.plain([["做什么", "秒，最快–最慢", "其中本进程在算"], *rows]))
    click.echo(f"负载 {machine.moment()['load']}")


if __name__ == "__main__":
    main()
