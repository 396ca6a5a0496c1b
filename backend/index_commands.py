"""What the operator does to the index by hand: flask index …"""

import click
from flask.cli import AppGroup

from backend import db
from backend.bars import Bar
from backend.errors import Refusal
from backend.indexing import drift
from backend.indexing.draining import drain
from backend.indexing.drift import Drift
from backend.indexing.models import waiting
from backend.indexing.rebuilding import rebuild
from backend.indexing.wording import KINDS
from backend.prices.indexing import sources
from search import SearchError

TROUBLES = (Refusal, SearchError)
SHOWN = 10

index = AppGroup("index", help="检索索引。")


@index.command("rebuild")
@click.option("--kind", "kinds", type=click.Choice(list(KINDS)), multiple=True, help="只重建这一种")
def rebuild_command(kinds: tuple[str, ...]) -> None:
    """从数据库重建索引，期间检索不中断，变更不丢。"""
    bar = Bar()
    with db.opened():
        for kind in kinds or KINDS:
            count = _tried(lambda kind=kind: rebuild(kind, sources()[kind], bar), bar)
            bar.close()
            click.echo(f"{KINDS[kind]} {count} 条。")
    click.echo("索引已重建。")


@index.command("check")
@click.option("--repair", "repairs", is_flag=True, help="不一致的补上")
def check_command(repairs: bool) -> None:
    """逐条核对索引和数据库；有不一致又没有补上的，退出码是 1。"""
    bar = Bar()
    with db.opened():
        found = _tried(lambda: drift.check(sources(), repairs=repairs, progress=bar), bar)
    bar.close()
    for one in found:
        _show(one)
    if repairs:
        click.echo("已补上。" if any(one.total for one in found) else "没有要补的。")
    elif any(one.total for one in found):
        click.echo("有不一致：加 --repair 补上。", err=True)
        raise click.exceptions.Exit(1)


@index.command("tell")
def tell_command() -> None:
    """把排着的变更马上告诉索引（平时由后台进程做）。"""
    bar = Bar()
    with db.opened():
        count = _tried(lambda: drain(sources(), bar, wait=True), bar)
        bar.close()
        click.echo(f"告诉了 {count} 条，还排着 {waiting().documents} 条。")


def _show(found: Drift) -> None:
    click.echo(
        f"{found.engine} {KINDS[found.kind]} {found.documents} 条：缺 {len(found.missing)}，"
        f"多 {len(found.extra)}，不同 {len(found.different)}"
    )
    for name, codes in (("缺", found.missing), ("多", found.extra), ("不同", found.different)):
        if codes:
            click.echo(f"  {name}：{'、'.join(codes[:SHOWN])}{'……' if len(codes) > SHOWN else ''}")


def _tried(work, bar):
    try:
        return work()
    except TROUBLES as trouble:
        bar.close()
        click.echo(getattr(trouble, "words", str(trouble)), err=True)
        raise click.exceptions.Exit(1) from None
