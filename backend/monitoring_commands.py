"""What staff do by hand with the volume-price index: flask monitoring …"""

import csv
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import click
from flask import current_app
from flask.cli import AppGroup

from backend import db
from backend.errors import Refusal
from backend.monitoring import changes, wording
from backend.monitoring.actions import take_index
from backend.monitoring.lookups import outlet_page
from backend.monitoring.rows import SORTS
from backend.monitoring.table import cells, every_row, table
from backend.policy.packs import pack_on
from backend.prices.lookups import city_moment
from backend.sheets.exports import as_csv_cell

monitoring = AppGroup("monitoring", help="药店价格监测：量价比较指数、执行情况。")

_period = click.option("--period", default="", help="哪一个月，例如 2026-10；不写是最近算的一期")
_csv = click.option("--csv", "out", type=click.Path(path_type=Path), help="写成表")


@monitoring.command("take")
def take() -> None:
    """现在就算这个月的指数，不等夜里。"""
    today = city_moment().date()
    if pack_on(_city(), today).monitoring is None:
        raise click.ClickException(wording.NOT_COMPUTED)
    with db.opened():
        click.echo(f"{take_index(today, city=_city())} 家药店有指数。")


@monitoring.command("table")
@_period
@click.option("--district", default="", help="只看一个区县（六位代码）")
@click.option("--kind", default="", help="只看一种机构，例如 chain_pharmacy")
@click.option("--sort", type=click.Choice(list(SORTS)), default="index", show_default=True)
@click.option("--most", type=int, default=50, show_default=True, help="终端上最多列几家")
@_csv
def table_command(period, district, kind, sort, most, out) -> None:
    """各药店的指数，官方公布的排在前面。"""
    asked = {"period": period, "district": district, "kind": kind, "sort": sort, "city": _city()}
    with _told():
        if out:
            rows = [cells(told, item) for told, item in every_row(**asked)]
            _write(out, wording.COLUMNS, rows)
            return
        told = table(**asked, page_size=most)
    click.echo(wording.table_title(told))
    for item in told["items"]:
        click.echo(wording.line(item))


@monitoring.command("show")
@click.argument("outlet")
@_period
def show(outlet, period) -> None:
    """一家药店的指数，和它是从哪些价格算出来的。"""
    with _told():
        told = outlet_page(outlet, period=period, city=_city())
    click.echo(wording.line(told["item"]))
    for figure in told["figures"]:
        click.echo(wording.official(figure))
    for seen in told["observations"]:
        click.echo(wording.observation(seen))


@monitoring.command("report")
@_period
@_csv
def report(period, out) -> None:
    """执行情况：各区县、各类机构的判定，和上期比。"""
    with _told():
        told = changes.report(period=period, city=_city())
    if out:
        _write(out, changes.columns(), [changes.cells(told, row) for row in told["rows"]])
        return
    click.echo(told["title"])
    for row in told["rows"]:
        click.echo(wording.report_line(row))


@contextmanager
def _told() -> Iterator[None]:
    """The open database; a refusal is said in its words."""
    with db.opened():
        try:
            yield
        except Refusal as refusal:
            raise click.ClickException(refusal.words) from None


def _city():
    return current_app.config["SETTINGS"].city


def _write(path: Path, columns: Sequence[str], rows: Iterable[Sequence]) -> None:
    # The mark at the beginning tells a spreadsheet that this is UTF-8.
    told = [[as_csv_cell(value) for value in row] for row in rows]
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        written = csv.writer(file)
        written.writerow(columns)
        written.writerows(told)
    click.echo(f"{len(told)} 行已写到 {path}")
