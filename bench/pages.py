"""`python -m bench.pages`: how long the server takes over each page of a whole city's house."""

import gzip
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median
from typing import NamedTuple
from urllib.parse import urlencode

import click
from flask.testing import FlaskClient

from backend import db
from backend.app import create_app
from backend.db import run
from bench import machine, postgres, report
from bench.house import ENGINES, House, opened
from bench.questions import SEED, Questions
from bench.raw import Raw
from bench.timing import Times, measured

PAGE = Path("docs/pagespeed.md")
TEMPLATE = Path(__file__).with_name("pagespeed.md.txt")
# The aim, at a whole city's size.
MOST_MS, MOST_BYTES = 20, 100_000
NAMES = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}
CITY = "city"

_JOINED = "SELECT code FROM outlet WHERE id IN (SELECT outlet_id FROM badge_span) ORDER BY code"

Draw = Callable[[], str]


class Figures(NamedTuple):
    """What was measured of one page: its times, and how large it is packed (median, bytes)."""

    times: Times
    packed: int


class Addresses:
    """Draws the addresses of pages: real drugs, outlets and places, with a fixed seed."""

    def __init__(self, questions: Questions) -> None:
        self.ask = questions
        self.joined = [code for (code,) in run(_JOINED).fetchall()]

    def pages(self) -> dict[str, Draw]:
        """What draws an address of each page, by its title."""
        return {
            "首页": lambda: _linked("/", **self._here()),
            "查药": lambda: _linked("/search", q=self.ask.typed()),
            "按病种": lambda: "/search?category=hypertension",
            "谁在卖，按距离": lambda: self._offers("distance"),
            "谁在卖，按价格": lambda: self._offers("price"),
            "谁在卖，综合": lambda: self._offers("balanced"),
            "一种药": lambda: f"/drugs/{self._drug()}",
            "一家机构": lambda: f"/outlets/{self._outlet()}",
            "三进机构": lambda: _linked("/outlets", **self._here()),
            "三进机构，有货不高于中选价": lambda: _linked(
                "/outlets", sells=self._drug(), at_winning="true", **self._here()
            ),
            "三进目录": lambda: "/lists",
            "一版药品目录": lambda: "/lists/drugs/1",
            "一版机构名单": lambda: "/lists/outlets/2",
            "地图，全市": lambda: "/map",
            "地图，一个区": lambda: "/map?district=210103",
            "地图，1 公里内": lambda: _linked("/map", radius_m=1000, **self._here()),
            "三进标识": lambda: f"/outlets/{self._joined()}/badge",
            "公告栏": lambda: f"/outlets/{self._outlet()}/board",
            "一版名单的新进": lambda: "/lists/outlets/2?show=added",
            "什么是三进": lambda: "/about",
            "怎么算的": lambda: "/rules",
            "开放数据": lambda: "/data",
        }

    def drawn(self, title: str, count: int) -> list[str]:
        """So many addresses of a page; the same ones whatever else is asked."""
        self.ask.random.seed(f"{SEED} {title}")
        draw = self.pages()[title]
        return [draw() for _ in range(count)]

    def _offers(self, order):
        return _linked("/offers", drug=self._drug(), sort=order, **self._here())

    def _here(self):
        lat, lon = self.ask.place()
        return {"lat": lat, "lon": lon}

    def _drug(self):
        return self.ask.drug()[0]

    def _joined(self):
        return self.ask.random.choice(self.joined)

    def _outlet(self):
        return self.ask.random.choice(self.ask.outlets)[0]


def _linked(path: str, **asked: object) -> str:
    return f"{path}?{urlencode(asked)}"


def built(house: House, scale: str = CITY) -> None:
    """Load the demonstration at this size, where that is not done yet."""
    whole = house.folder / f"{scale}.whole"
    environment = os.environ | house.environment
    commands = [["migrate"], ["index", "check", "--repair"]]
    if not whole.exists():
        commands.insert(0, ["demo", "--scale", scale])
    for words in commands:
        flask = [sys.executable, "-m", "flask", "--app", "backend.app", *words]
        subprocess.run(flask, env=environment, check=True)
    whole.touch()


def figures(house: House, *, samples: int, warm_up: int) -> tuple[str, dict[str, Figures]]:
    """What the house holds, and the figures of each page by title."""
    app = create_app(house.settings())
    with db.opened():
        if db.is_postgres():
            db.run("VACUUM ANALYZE")
        told, raw = machine.contents(), Raw(house)
        addresses = Addresses(Questions(raw))
        drawn = {title: addresses.drawn(title, samples + warm_up) for title in addresses.pages()}
        raw.close()
    client = app.test_client()
    return told, {
        title: Figures(_times(client, title, these, warm_up), _packed(client, these[:10]))
        for title, these in drawn.items()
    }


def _times(client, title, addresses, warm_up):
    asked = [{title: _asked(client, address)} for address in addresses]
    return measured(title, asked, warm_up=warm_up)[title]


def _asked(client: FlaskClient, address: str) -> Callable[[], object]:
    def ask():
        answer = client.get(address, follow_redirects=True)
        assert answer.status_code == 200, address
        return answer.get_data()

    return ask


def _packed(client, addresses):
    bodies = (client.get(one, follow_redirects=True).get_data() for one in addresses)
    return round(median(len(gzip.compress(body, 3)) for body in bodies))


def table(found: dict[str, Figures]) -> report.Rows:
    """A row for each page."""
    header = ["页面", "p50 / p95 / p99（毫秒）", f"p95 不超过 {MOST_MS} 毫秒", "压缩后（KB）"]
    return [header, *_rows(found)]


def _rows(found) -> Iterator[list[str]]:
    for title, one in found.items():
        holds = "是" if one.times.within(95) <= MOST_MS else "否"
        yield [title, report.spread(one.times), holds, f"{one.packed / 1000:.1f}"]


@click.command()
@click.option(
    "--engine", "engines", multiple=True, type=click.Choice(ENGINES), help="只量这个数据库"
)
@click.option("--folder", type=click.Path(path_type=Path), default="var/bench/pages")
@click.option("--quick", is_flag=True, help="少问几次，不改写文档")
def main(engines, folder: Path, quick: bool) -> None:
    """量一量每一页；结果写进 docs/pagespeed.md。"""
    samples, warm_up = (20, 3) if quick else (200, 15)
    told, facts = [], ""
    for engine in engines or ENGINES:
        if engine == "postgresql" and postgres.binaries() is None:
            click.echo(postgres.MISSING)
            continue
        with opened(engine, folder.resolve() / engine) as house:
            built(house)
            begun = machine.moment()
            holds, found = figures(house, samples=samples, warm_up=warm_up)
            rows = table(found)
            click.echo(f"\n{NAMES[engine]}，{holds}\n{report.plain(rows)}\n")
            when = f"{begun['at'][:16]}，负载 {begun['load']}–{machine.moment()['load']}"
            told.append(f"## {NAMES[engine]}\n\n{holds}。量于 {when}。\n\n{report.markdown(rows)}")
            facts = "\n".join(f"- {name}：{fact}" for name, fact in _facts().items())
    if not quick:
        text = TEMPLATE.read_text(encoding="utf-8")
        PAGE.write_text(
            text.replace("$machine", facts).replace("$pages", "\n\n".join(told)), encoding="utf-8"
        )
        click.echo(f"已写 {PAGE}")


def _facts():
    with db.opened():
        return machine.facts()


if __name__ == "__main__":
    main()
