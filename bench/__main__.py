"""`python -m bench`: builds the house that is measured, asks, imports, and tells."""

import os
from pathlib import Path

import click

from backend import db
from backend.app import create_app
from bench import machine, report
from bench.asking import asked_round
from bench.house import House
from bench.importing import imports

KINDS = ("suggest", "drugs", "offers", "outlet", "import")
PAGE = Path("docs/performance.md")
TEMPLATE = Path(__file__).with_name("performance.md.txt")


def kinds(context, parameter, words: str) -> frozenset[str]:
    """The kinds named in `--only`."""
    chosen = frozenset(filter(None, words.replace(" ", "").split(",")))
    if strangers := chosen - set(KINDS):
        raise click.BadParameter(f"没有 {'、'.join(strangers)}，可用的是 {'、'.join(KINDS)}")
    return chosen


@click.command()
@click.option("--only", default="", callback=kinds, help=f"只量这些，逗号分开：{','.join(KINDS)}")
@click.option("--scale", type=click.Choice(["demo", "city"]), default="city", show_default=True)
@click.option("--folder", type=click.Path(path_type=Path), help="数据放在哪里，默认 var/bench/规模")
@click.option("--quick", is_flag=True, help="少问几次、少导几行")
def main(only: frozenset[str], scale: str, folder: Path | None, quick: bool) -> None:
    """量一量速度；量全了就写 docs/performance.md。"""
    samples, warm_up = (60, 10) if quick else (300, 30)
    house = House((folder or Path("var/bench") / scale).resolve()).built(scale, os.environ)
    parts = _about(house) | {"samples": str(samples), "warm_up": str(warm_up)}
    tables = {}
    # Imports first: what this process has grown to would count as its children's memory.
    if not only or "import" in only:
        rows = (50_000, 10_000) if quick else (1_000_000, 100_000)
        done = imports(house, house.folder / "import", csv_rows=rows[0], xlsx_rows=rows[1])
        tables["arrivals"] = report.arrivals(done)
        _show(tables["arrivals"])
    if only != {"import"}:
        tables["answers"] = report.answers(
            asked_round(house, only, samples=samples, warm_up=warm_up)
        )
        _show(tables["answers"])
    if not only and not quick and scale == "city":
        parts |= {name: report.markdown(rows) for name, rows in tables.items()}
        PAGE.write_text(
            report.page(TEMPLATE.read_text(encoding="utf-8"), **parts), encoding="utf-8"
        )
        click.echo(f"已写 {PAGE}")


def _about(house: House) -> dict[str, str]:
    create_app(house.settings())
    with db.opened():
        contents = machine.contents()
    db.database.close_all()
    facts = "\n".join(f"- {name}：{fact}" for name, fact in machine.facts().items())
    click.echo(f"{facts}\n- 数据：{contents}")
    return {"machine": facts, "contents": contents}


def _show(table) -> None:
    click.echo(f"\n{report.plain(table)}\n")


if __name__ == "__main__":
    main()
