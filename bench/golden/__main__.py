"""`python -m bench.golden`: asks every engine the golden questions and tells how often it is right.

Ends with 1 where an aim of ours is missed.
"""

import signal
import sys
from pathlib import Path
from string import Template

import click

from bench import machine, report
from bench.golden import houses, scores, speed
from bench.golden.engines import ENGINES, OURS, OURS_MEILI, engines, has_meili
from bench.golden.table import BY_HAND, KINDS, LARGE, SMALL, Row, read
from bench.meili import MISSING as NO_MEILI

STOPPED = 128 + signal.SIGTERM
PAGE = Path("docs/golden.md")
TEMPLATE = Path(__file__).with_name("golden.md.txt")
TITLES = {SMALL: "演示数据（约 250 种）", LARGE: "演示数据加大份真实数据（约 22,000 种）"}


@click.command()
@click.option("--data", type=click.Path(path_type=Path), help="放着大份真实数据的文件夹")
@click.option("--size", "sizes", multiple=True, type=click.Choice([SMALL, LARGE]), help="只问这个")
@click.option("--engine", "names", multiple=True, type=click.Choice(ENGINES), help="只问这个引擎")
@click.option("--kind", "kinds", multiple=True, type=click.Choice(list(KINDS)), help="只问这一类")
@click.option("--misses", "tells_misses", is_flag=True, help="列出本项目没答好的")
@click.option("--page", is_flag=True, help="把结果写进 docs/golden.md（要问全）")
@click.option(
    "--folder", type=click.Path(path_type=Path), default="var/golden", show_default=True,
    help="两份数据放在哪里",
)  # fmt: skip
def main(data, sizes, names, kinds, tells_misses, page, folder: Path) -> None:
    """问一遍 bench/golden.tsv；有目标没达到时以 1 结束。"""
    # Whoever is told to stop takes his indexes with him.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(STOPPED))
    rows = [row for row in read() if not kinds or row.kind in kinds]
    at_hand = list(houses.sizes(data))
    missing = [] if LARGE in at_hand else [houses.no_data()]
    missing += [] if has_meili() else [NO_MEILI]
    parts, speeds, reached = [], {}, True
    for size in [size for size in at_hand if not sizes or size in sizes]:
        found = _asked(size, folder.resolve(), data, names or ENGINES, rows, tells_misses)
        told = scores.table(found, (OURS, OURS_MEILI))
        reached &= all(row[-1] == "是" for row in told[1:])
        click.echo(f"\n{TITLES[size]}\n{report.plain(told)}\n")
        with houses.built(size, folder.resolve(), data) as house:
            took, load = speed.times(house, [row for row in rows if row.asked_in(size)])
        speeds[f"{TITLES[size]}，负载 {load}"] = took
        parts.append(f"### {TITLES[size]}\n\n{report.markdown(told)}")
    click.echo(report.plain(speed.table(speeds)))
    click.echo("\n".join(missing))
    if page:
        write_page([*parts, report.markdown(speed.table(speeds))], rows, missing)
    sys.exit(0 if reached else 1)


def _asked(size, folder, data, names, rows, tells_misses):
    asked = [row for row in rows if row.asked_in(size)]
    found = {}
    with houses.built(size, folder, data) as house:
        for name, ask in engines(house, names):
            answered = scores.answers(asked, ask)
            found[name] = scores.scores(answered)
            lines = scores.misses(answered)
            (folder / f"misses-{size}-{ENGINES.index(name)}.txt").write_text(
                "\n".join(lines) + "\n", encoding="utf-8"
            )
            if tells_misses and name in (OURS, OURS_MEILI):
                click.echo("\n".join([f"\n{name}，{TITLES[size]}", *lines]))
    return found


def write_page(parts: list[str], rows: list[Row], missing: list[str], page: Path = PAGE) -> None:
    """Write docs/golden.md from its template."""
    counts = [["类别", "代号", "问", "其中手写"]]
    for kind, name in KINDS.items():
        these = [row for row in rows if row.kind == kind]
        by_hand = sum(row.how == BY_HAND for row in these)
        counts.append([name, f"`{kind}`", str(len(these)), str(by_hand)])
    text = Template(TEMPLATE.read_text(encoding="utf-8")).substitute(
        kinds=report.markdown(counts), count=len(rows), results="\n\n".join(parts),
        hand=sum(row.how == BY_HAND for row in rows),
        when=f"{machine.moment()['at'][:16]}。{''.join(missing)}",
    )  # fmt: skip
    page.write_text(text, encoding="utf-8")
    click.echo(f"已写 {page}")


if __name__ == "__main__":
    main()
