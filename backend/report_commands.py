"""What staff and the operator do by hand with what residents report: flask reports …"""

import csv
from pathlib import Path

import click
from flask import current_app
from flask.cli import AppGroup

from backend import db
from backend.errors import Refusal
from backend.prices.models import Review
from backend.prices.sheetkinds import every_kind
from backend.reports import reviewing, wording
from backend.reports.actions import finish_task
from backend.reports.tasks import take_reports
from backend.sheets.exports import as_csv_cell

reports = AppGroup("reports", help="居民反映：要核实的事、等人看的价格。")

_CSV = click.option("--csv", "out", type=click.Path(path_type=Path), help="写成表")
_ALL = click.option("--all", "all_of_them", is_flag=True, help="办完的、看过的也列")
_NOTE = click.option("--note", default="", help="依据，必填")


@reports.command("queue")
@_CSV
@_ALL
def queue(out, all_of_them) -> None:
    """列出离中位数太远、等人看的价格。"""
    with db.opened():
        rows = list(reviewing.queue(all_of_them=all_of_them))
    _show(rows, out, wording.QUEUE_COLUMNS, wording.queued, nothing=wording.NOTHING_QUEUED)


@reports.command("tasks")
@_CSV
@_ALL
def tasks(out, all_of_them) -> None:
    """列出要核实的事。"""
    with db.opened():
        rows = list(reviewing.tasks(all_of_them=all_of_them))
    _show(rows, out, wording.TASK_COLUMNS, wording.task, nothing=wording.NO_TASKS)


@reports.command("decide")
@click.argument("number", type=int)
@click.argument("choice", type=click.Choice(["keep", "set-aside"]))
@_NOTE
def decide(number, choice, note) -> None:
    """看过一个价格：keep 属实，set-aside 不采用。"""
    state = {"keep": Review.KEPT, "set-aside": Review.SET_ASIDE}[choice]
    kinds = every_kind(current_app.config["SETTINGS"].city)
    review = _done(lambda: reviewing.decide(number, state, note=note, kinds=kinds))
    click.echo(wording.decided(review.what, review.state))


@reports.command("done")
@click.argument("number", type=int)
@_NOTE
def done(number, note) -> None:
    """一件事核实完了。"""
    _done(lambda: finish_task(number, note=note))
    click.echo(f"{number} 已办。")


@reports.command("take")
def take() -> None:
    """现在就做夜里的事：采用说得一致的价格，开出要核实的事，忘掉到期的。"""
    taken = _done(lambda: take_reports(current_app.config["SETTINGS"].city))
    click.echo(f"采用了 {taken} 个价格。")


def _done(work):
    try:
        with db.opened():
            return work()
    except Refusal as refusal:
        click.echo(refusal.words, err=True)
        raise click.exceptions.Exit(1) from None


def _show(rows, out, columns, line, *, nothing):
    if out:
        # The mark at the beginning tells a spreadsheet that this is UTF-8.
        with out.open("w", encoding="utf-8-sig", newline="") as file:
            written = csv.writer(file)
            written.writerow(columns)
            written.writerows([[as_csv_cell(value) for value in row.values()] for row in rows])
        click.echo(f"{len(rows)} 行已写到 {out}")
        return
    for row in rows:
        click.echo(line(row))
    if not rows:
        click.echo(nothing)
