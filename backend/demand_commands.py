"""What the operator does by hand with unmet demand: flask demand …"""

import csv
from pathlib import Path

import click
from flask import current_app
from flask.cli import AppGroup

from backend import db
from backend.demand import wording
from backend.demand.actions import roll_and_forget
from backend.demand.lookups import ledger, lines
from backend.policy.packs import pack_on
from backend.prices.lookups import city_moment
from backend.sheets.exports import as_csv_cell

demand = AppGroup("demand", help="没有买到的药：按药、区县、周计数。")

_day = click.DateTime(["%Y-%m-%d"])


@demand.command("report")
@click.option("--from", "since", type=_day, help="从这一天所在的周起；不写是最早的")
@click.option("--to", "until", type=_day, help="到这一天所在的周；不写是最近过完的一周")
@click.option("--district", default="", help="只看一个区县（六位代码）")
@click.option("--csv", "out", type=click.Path(path_type=Path), help="写成报量用的表")
def report(since, until, district, out) -> None:
    """列出过完的周里求药的人数，满 k 人的才列。"""
    today = city_moment().date()
    terms = pack_on(current_app.config["SETTINGS"].city, today).demand
    if terms is None:
        raise click.ClickException(wording.NOT_COUNTED)
    with db.opened():
        told, hidden = ledger(
            terms, today=today, since=since and since.date(), until=until and until.date(),
            district=district,
        )  # fmt: skip
        rows = list(lines(told, today))
    if out:
        _write(out, rows)
        click.echo(f"{len(rows)} 行已写到 {out}")
    for row in () if out else rows:
        click.echo(wording.line(row))
    if not rows:
        click.echo(wording.NOTHING_YET)
    if hidden:
        click.echo(wording.held_back(hidden, terms.small_count))


def _write(path, rows):
    # The mark at the beginning tells a spreadsheet that this is UTF-8.
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        written = csv.writer(file)
        written.writerow(wording.COLUMNS)
        written.writerows([[as_csv_cell(value) for value in row.values()] for row in rows])


@demand.command("forget")
def forget() -> None:
    """现在就合并、删除，不等夜里。"""
    with db.opened():
        gone = roll_and_forget(city_moment().date(), city=current_app.config["SETTINGS"].city)
    click.echo(f"少了 {gone} 行。")
