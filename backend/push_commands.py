"""What the operator does by hand with what WeChat pushed: flask pushes …"""

import click
from flask.cli import AppGroup

from backend import db
from backend.pushes import lookups, wording
from backend.pushes.actions import try_again
from backend.pushes.models import DONE, FAILED, KEPT, WAITING

pushes = AppGroup("pushes", help="微信推来的消息。")


@pushes.command("list")
@click.option("--state", type=click.Choice([FAILED, WAITING, KEPT, DONE]), default=FAILED,
              show_default=True, help="没有办成的、等着的、没有谁要的、办了的")  # fmt: skip
@click.option("--most", type=click.IntRange(1, 10_000), default=100, show_default=True)
def list_them(state: str, most: int) -> None:
    """列出推来的消息：种类、时间、为什么没有办成、遮过的字；没有是谁。"""
    with db.opened():
        rows = lookups.some(state, most)
    for push in rows:
        click.echo(wording.line(push))
    if not rows:
        click.echo(wording.NONE)


@pushes.command("retry")
@click.argument("numbers", type=int, nargs=-1)
def retry(numbers: tuple[int, ...]) -> None:
    """没有办成的重新办：写编号只办这几条，不写全部。"""
    with db.opened():
        click.echo(wording.tried_again(try_again(list(numbers) or None)))
