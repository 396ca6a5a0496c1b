"""What the operator does by hand to the open data: flask data …"""

from pathlib import Path

import click
from flask import current_app
from flask.cli import AppGroup

from backend import db
from backend.bars import Bar
from backend.errors import Refusal
from backend.opendata import folders, wording
from backend.opendata.actions import publish
from backend.opendata.lookups import differing_bands
from backend.opendata.tasks import is_data_missing
from backend.prices.lookups import city_moment

data = AppGroup("data", help="开放数据。")

_FAULTS = {"missing": wording.missing, "changed": wording.changed, "astray": wording.astray}


@data.command("publish")
def publish_command() -> None:
    """公布今天的开放数据；今天的已经有了就换成现在的。"""
    bar = Bar()
    with db.opened():
        day = city_moment().date()
        try:
            counts = publish_today(bar)
        except Refusal as refusal:
            bar.close()
            click.echo(refusal.words, err=True)
            raise click.exceptions.Exit(1) from None
        bar.close()
        click.echo(
            f"已公布 {day} 的开放数据，{len(counts)} 张表 {sum(counts.values())} 行：{root()}"
        )
        differing, total = differing_bands(root() / day.isoformat(), day)
        click.echo(
            f"网站上的区间算了居民来源的价格：{total} 种药里有 {differing} 种和公开数据的不同。"
        )


@data.command("check")
@click.argument("day", required=False)
def check_command(day: str | None) -> None:
    """核对校验和：有不符的，退出码是 1。"""
    found = 0
    for name in [day] if day else folders.days(root()):
        if name not in folders.days(root()):
            click.echo(wording.NO_SUCH_DAY, err=True)
            raise click.exceptions.Exit(1)
        for kind, file in folders.faults(root() / name):
            found += 1
            click.echo(f"{name}/{_FAULTS[kind](file)}", err=True)
    if not folders.days(root()):
        click.echo(wording.NO_DAY_YET, err=True)
        found += 1
    if found:
        raise click.exceptions.Exit(1)
    click.echo(f"{len(folders.days(root()))} 天的开放数据和校验和相符。")


def publish_today(bar: Bar) -> dict[str, int]:
    """Publish the data of the city's day; how many rows each table has."""
    settings = current_app.config["SETTINGS"]
    return publish(
        root(), city_moment().date(), city=settings.city, nights=settings.open_data_nights,
        progress=bar,
    )  # fmt: skip


def publish_if_missing(bar: Bar) -> None:
    """At the end of a demonstration that is loaded in seconds the page about data has something."""
    if is_data_missing(root()):
        publish_today(bar)


def root() -> Path:
    """Where the open data lies."""
    return Path(current_app.config["SETTINGS"].open_data_dir)
