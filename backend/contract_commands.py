"""What a developer does with the API's description by hand: flask contract …"""

import json
from pathlib import Path

import click
from flask import current_app
from flask.cli import AppGroup

import miniprogram_api
from miniprogram_api.contract_examples import answered
from miniprogram_api.contract_ledger import LEDGER, breaks, description, written

EXAMPLES = Path(miniprogram_api.__path__[0]) / "examples.json"

contract = AppGroup("contract", help="接口的说明：对照已发布的、记下新增的、更新例子。")


_ledger = click.option("--ledger", type=click.Path(path_type=Path), default=LEDGER)


@contract.command()
@_ledger
def compare(ledger: Path) -> None:
    """对照 docs/openapi-v1.json：今天的接口只多不少。"""
    found = breaks(json.loads(ledger.read_text(encoding="utf-8")), description(_app()))
    for line in found:
        click.echo(line)
    if found:
        raise click.ClickException("这些会弄坏已有的程序：请改回来，或者另开 /api/v2。")


@contract.command()
@_ledger
@click.pass_context
def record(context: click.Context, ledger: Path) -> None:
    """把今天的接口记进 docs/openapi-v1.json；有破坏的不记。"""
    if ledger.exists():
        context.invoke(compare, ledger=ledger)
    ledger.write_text(written(description(_app())), encoding="utf-8")
    click.echo(f"已记入 {ledger}")


@contract.command()
def examples() -> None:
    """用数据库里的演示数据更新说明里的例子。"""
    told = json.dumps(answered(_app()), ensure_ascii=False, indent=1)
    EXAMPLES.write_text(told + "\n", encoding="utf-8")
    click.echo(f"已写入 {EXAMPLES}")


def _app():
    return current_app._get_current_object()  # type: ignore[attr-defined]
