"""What the operator does by hand: flask …"""

import json
from datetime import date
from pathlib import Path

import click
from flask import Flask
from flask.cli import AppGroup

from backend import db
from backend.bars import Bar
from backend.check_commands import checks
from backend.checking import tasks as check_tasks
from backend.citizens import tasks as citizen_tasks
from backend.contract_commands import contract
from backend.data_commands import data, publish_if_missing
from backend.demand import tasks as demand_tasks
from backend.demand_commands import demand
from backend.demo import load
from backend.errors import Refusal
from backend.history import tasks as history_tasks
from backend.history_commands import history
from backend.index_commands import index
from backend.indexing.draining import tell_index
from backend.intake import actions as intake
from backend.intake.models import Delivery
from backend.intake.wording import problem
from backend.key_commands import keys
from backend.monitoring import tasks as monitoring_tasks
from backend.monitoring.sheetkinds import every_kind, sheet_kinds
from backend.monitoring_commands import monitoring
from backend.notice_commands import notices
from backend.notices import tasks as notice_tasks
from backend.opendata import tasks as opendata
from backend.outside.readiness import queue_state
from backend.personal_commands import personal
from backend.prices import index_tasks
from backend.prices import tasks as prices
from backend.prices.actions import snapshot_bands
from backend.prices.figures import take_figures
from backend.prices.indexing import sources
from backend.prices.lookups import city_moment
from backend.push_commands import pushes
from backend.pushes import tasks as push_tasks
from backend.report_commands import reports
from backend.reports import tasks as report_tasks
from backend.sheets.reading import Problem
from backend.sheets.reports import write_report
from backend.sheets.templates import write_template

KINDS = click.Choice(["drugs", "aliases", "product_codes", "outlets", "prices", "official_index"])


def add_commands(app: Flask) -> None:
    """Give the app its commands."""
    for command in (
        migrate, demo, sheets, lists, bands, index, data, keys, personal, work, contract, demand,
        reports, history, monitoring, pushes, checks, notices,
    ):  # fmt: skip
        app.cli.add_command(command)


@click.command()
def migrate() -> None:
    """把数据库升到最新。"""
    with db.opened():
        for name in db.migrate():
            click.echo(f"已应用 {name}")


@click.command()
@click.option("--scale", type=click.Choice(list(load.SCALES)), default="demo", show_default=True)
@click.option("--data", "large", type=click.Path(path_type=Path), help="放着大份真实数据的文件夹")
def demo(scale: str, large: Path | None) -> None:
    """装入演示数据：真实药品和中选价，虚构机构和售价。"""
    bar = Bar()
    with db.opened():
        db.migrate()
        intake.resume(every_kind(), progress=bar)
        load.load_demo(city_moment().date(), scale=scale, progress=bar)
        if large:
            names = load.load_large(large, bar)
            click.echo(f"已导入 {'、'.join(names)}" if names else f"{large} 里没有可导入的文件")
        if scale == "demo":
            publish_if_missing(bar)
    bar.close()


sheets = AppGroup("sheets", help="导入药品、别名、标识对照、机构、价格、官方指数表。")


@sheets.command("template")
@click.argument("kind", type=KINDS)
@click.argument("out", type=click.Path(path_type=Path))
def template(kind: str, out: Path) -> None:
    """写一份空白模板。"""
    write_template(sheet_kinds()[kind].form, out)
    click.echo(f"模板已写到 {out}")


@sheets.command("take")
@click.argument("kind", type=KINDS)
@click.argument("path", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--apply", "applies", is_flag=True, help="看过差异后发布；不加只核对")
@click.option("--whole", is_flag=True, help="这是完整名单：表里没有的算撤销")
@click.option("--accept-doubts", is_flag=True, help="可疑数值已人工看过")
@click.option("--report", type=click.Path(path_type=Path), help="有问题时把批注表写到这里")
def take(kind, path, applies, whole, accept_doubts, report) -> None:
    """核对一份表，加 --apply 发布。"""
    chosen, bar = sheet_kinds()[kind], Bar()
    with db.opened():
        intake.resume(every_kind(), progress=bar)
        try:
            delivery = intake.receive(chosen, path, whole=whole, progress=bar)
            bar.close()
            _show(delivery)
            if applies:
                intake.publish(chosen, delivery, accept_doubts=accept_doubts, progress=bar)
                bar.close()
                click.echo("已发布。")
        except Refusal as refusal:
            bar.close()
            _explain(refusal, report, path, chosen.form)
            raise click.exceptions.Exit(1) from None


def _show(delivery: Delivery) -> None:
    diff = load.summary(delivery)
    click.echo(
        f"{delivery.rows} 行：新增 {diff.added}，变更 {diff.changed}，撤销 {diff.withdrawn}，"
        f"不变 {diff.unchanged}，较旧 {diff.older}，可疑 {diff.doubts}"
    )
    for doubt in diff.doubtful[:20]:
        click.echo(f"  第 {doubt['row']} 行可疑：{doubt['what']}")


def _explain(refusal: Refusal, report: Path | None, path: Path, form) -> None:
    click.echo(refusal.words, err=True)
    delivery = getattr(refusal, "delivery", None)
    if not delivery:
        return
    problems = [Problem(**facts) for facts in json.loads(delivery.problems)]
    for found in problems[:20]:
        click.echo("  " + problem(found), err=True)
    if report:
        write_report(path, problems, report, form)
        click.echo(f"批注表已写到 {report}", err=True)


@sheets.command("resume")
def resume() -> None:
    """接着做被中断的导入。"""
    bar = Bar()
    with db.opened():
        touched = intake.resume(every_kind(), progress=bar)
    bar.close()
    click.echo("、".join(f"{d.name}：{d.state}" for d in touched) or "没有被中断的导入。")


lists = AppGroup("lists", help="三进名单的版次。")


@lists.command("publish")
@click.argument("kind", type=click.Choice(["drugs", "outlets"]))
@click.option("--effective-on", type=click.DateTime(["%Y-%m-%d"]), required=True)
@click.option("--note", default="")
def publish(kind, effective_on, note) -> None:
    """按生效日的事实公布下一版。"""
    day: date = effective_on.date()
    entries = {"drugs": load.drug_entries, "outlets": load.outlet_entries}[kind]
    with db.opened():
        edition = load.publish_edition(kind, entries(day), effective_on=day, note=note)
        tell_index(sources())
    click.echo(f"已公布{kind}第 {edition.number} 版，{day} 起。")


@click.command()
def bands() -> None:
    """按今天的价格计算相对集中区间。"""
    with db.opened():
        click.echo(f"{snapshot_bands(city_moment().date())} 种药有区间。")
        take_figures(city_moment().date())


NIGHTLY = (
    *report_tasks.NIGHTLY, *prices.NIGHTLY, *index_tasks.NIGHTLY, *history_tasks.NIGHTLY,
    *monitoring_tasks.NIGHTLY, *demand_tasks.NIGHTLY, *push_tasks.NIGHTLY,
    *citizen_tasks.NIGHTLY, *notice_tasks.NIGHTLY, *opendata.NIGHTLY,
)  # fmt: skip
MINUTELY = check_tasks.MINUTELY

work = AppGroup("work", help="夜里的工作。")


@work.command("schedule")
def schedule() -> None:
    """列出后台进程按时要做的事。"""
    for job in NIGHTLY:
        click.echo(
            f"{job.name}  每天 {job.hour}:{job.minute:02}（城市时间）  {job.about}；"
            f"失败后隔 {job.retry_minutes} 分钟再试，最多 {job.retries} 次"
        )
    for often in MINUTELY:
        click.echo(f"{often.name}  每分钟  {often.about}；失败了下一分钟再做")


@work.command("check")
def check() -> None:
    """后台进程在不在：没有在的，退出码是 1。"""
    state = queue_state()
    if state is None:
        click.echo("队列连不上，请检查 QUEUE_URL。", err=True)
        raise click.exceptions.Exit(1)
    oldest = "" if state.oldest_s is None else f"，最久的等了 {state.oldest_s:.0f} 秒"
    click.echo(
        f"后台进程 {state.workers} 个；排队 {state.waiting}{oldest}，正在做 {state.taken}，"
        f"推迟 {state.scheduled}"
    )
    if not state.workers:
        raise click.exceptions.Exit(1)
