"""What the operator and the clerks do by hand with messages to people: flask notices …"""

import click
from flask.cli import AppGroup

from backend import db
from backend.notices import lookups, wording
from backend.notices.actions import note_call, send_again
from backend.notices.kinds import every_kind
from backend.notices.models import Notice
from backend.notices.showing import previewed

notices = AppGroup("notices", help="给人的消息。")

STATES = [Notice.PARKED, Notice.CALL, Notice.UNKNOWN, Notice.WAITING, Notice.SENT, Notice.INBOX]


@notices.command("list")
@click.option("--state", type=click.Choice(STATES), default=Notice.PARKED, show_default=True,
              help="停着的、等人打电话的、可能发到的、等着的、发了的、只在站内信的")  # fmt: skip
@click.option("--most", type=click.IntRange(1, 10_000), default=100, show_default=True)
def list_them(state: str, most: int) -> None:
    """列出消息：种类、时间、走的哪条路、为什么；没有是谁，也没有说的什么。"""
    with db.opened():
        rows = lookups.some(state, most)
        click.echo(wording.counted(lookups.counts()))
    for notice in rows:
        click.echo(wording.line(notice))


@notices.command("retry")
@click.argument("numbers", type=int, nargs=-1)
def retry(numbers: tuple[int, ...]) -> None:
    """停着的重新发：写编号只发这几条，不写全部。"""
    with db.opened():
        click.echo(wording.sent_again(send_again(list(numbers) or None)))


@notices.command("called")
@click.argument("number", type=int)
def called(number: int) -> None:
    """记下等人打电话的一条已经打过。"""
    with db.opened():
        note_call(number)


@notices.command("preview")
@click.argument("kind", type=click.Choice(sorted(every_kind())), required=False)
def preview(kind: str | None) -> None:
    """看一种消息在每条路上是什么样（用演示的值）；不写种类看全部。"""
    for name in [kind] if kind else sorted(every_kind()):
        click.echo(previewed(every_kind()[name]))
