"""What staff do by hand with the content check: flask checks …"""

import click
from flask import current_app
from flask.cli import AppGroup

from backend import db
from backend.checking import wording
from backend.checking.actions import decide as decide_check
from backend.checking.lookups import listed, sampled, shown
from backend.checking.tasks import check_pictures
from backend.errors import Refusal
from backend.outside import outside

checks = AppGroup("checks", help="内容检查：等人看的，定下来。")


@checks.command("list")
@click.option(
    "--state", type=click.Choice(list(wording.STATES)), default="review", show_default=True,
    help="在哪一种状态的",
)  # fmt: skip
def list_checks(state) -> None:
    """列出等人看的，等得最久的在前。"""
    with db.opened():
        rows = list(listed(state))
    for row in rows:
        click.echo(wording.line(row, outside.clock.now()))
    if not rows:
        click.echo(wording.NOTHING_WAITS)


@checks.command("sample")
@click.option("--count", type=click.IntRange(1, 1000), default=20, show_default=True)
def sample(count) -> None:
    """抽看：一天里微信放行的，随便抽几条。"""
    with db.opened():
        rows = list(sampled(count, outside.clock.now()))
    for row in rows:
        click.echo(wording.line(row, outside.clock.now()))
    if not rows:
        click.echo(wording.NOTHING_TO_SAMPLE)


@checks.command("show")
@click.argument("code")
def show(code) -> None:
    """一条的全部：是什么，为什么等，谁定的。"""
    for said in wording.shown(_done(lambda: shown(code))):
        click.echo(said)


@checks.command("decide")
@click.argument("code")
@click.argument("state", type=click.Choice(["pass", "risky"]))
@click.option("--note", default="", help="为什么这样定，必填")
def decide(code, state, note) -> None:
    """定下一条：pass 可以公开，risky 不能公开；微信定的也可以改。"""
    _done(lambda: decide_check(code, state, note=note))
    click.echo(wording.decided(state))


@checks.command("work")
def work() -> None:
    """现在就做每分钟的事：问微信，等不到的转给人看。"""
    click.echo(wording.worked(*check_pictures(current_app.config["SETTINGS"].city)))


def _done(work):
    try:
        with db.opened():
            return work()
    except Refusal as refusal:
        click.echo(refusal.words, err=True)
        raise click.exceptions.Exit(1) from None
