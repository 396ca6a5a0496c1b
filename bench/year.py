"""`python -m bench.year`: a city's year of observations, and what keeping and asking them costs."""

import json
from collections.abc import Callable
from datetime import date, timedelta
from importlib.resources import as_file
from pathlib import Path
from time import perf_counter

import click

from backend import db
from backend.app import create_app
from backend.bars import Bar
from backend.db import is_postgres, run
from backend.demo import outlets as demo_outlets
from backend.demo.sheets import shipped
from backend.history import actions, feed
from backend.history.lookups import city_history, outlet_history
from backend.intake import actions as intake
from backend.outside import outside
from backend.outside.clock import city_day
from backend.policy.packs import pack_on
from backend.prices.sheetkinds import sheet_kinds
from bench import machine, postgres, report
from bench.house import ENGINES, House, opened
from bench.sizes import _put
from bench.timing import Times, measured
from bench.year_town import OF_ONE, Town, opening_offers

PAGE = Path("docs/history.md")
BEGINS, ENDS = "<!-- figures: python -m bench.year -->", "<!-- /figures -->"
ROWS = {"sqlite": 3_000_000, "postgresql": 12_000_000}
NAMES = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}
TABLES = ("observation", "price_fact", "price_day", "offer")

Ask = Callable[[], object]


def built(house: House, rows: int) -> dict:
    """Fill an empty house with the year; how long it took, and an offers page before it."""
    app = create_app(house.settings())
    with db.opened():
        db.migrate()
        _bring(house.folder, rows // OF_ONE)
        town = Town(city_day(outside.clock.now()))
        opening_offers(town)
        before = _pages(app, town, 120)
        begun = perf_counter()
        town.fill()
        filled = perf_counter() - begun
        run("VACUUM ANALYZE" if is_postgres() else "ANALYZE")
    return {"filled_s": round(filled, 1), "before": before.ms}


def _bring(folder, count):
    sheet = folder / "outlets.csv"
    made = demo_outlets.make_outlets(count, today=city_day(outside.clock.now()))
    _put(sheet, [demo_outlets.HEADER], (row.values() for row in made))
    bar = Bar()
    for kind in ("drugs", "aliases"):
        with as_file(shipped(kind)) as path:
            _take(kind, path, bar)
    _take("outlets", sheet, bar)
    bar.close()


def _take(key, path, bar):
    kind = sheet_kinds()[key]
    intake.publish(kind, intake.receive(kind, path, progress=bar), accept_doubts=True, progress=bar)


def _pages(app, town, samples) -> Times:
    """A page of offers of a drug near an outlet, through the API."""
    client, draw, codes = app.test_client(), town.random, _codes(town)
    asked: list[dict[str, Ask]] = []
    for _ in range(samples):
        near, drug = draw.choice(town.outlets), codes[draw.choice(list(town.won))]
        path = f"/api/v1/offers?drug={drug}&lat={near.lat or 41.8}&lon={near.lon or 123.4}"
        asked.append({"offers": lambda path=path: client.get(path).get_data()})
    return measured("谁在卖", asked, warm_up=20)["offers"]


def _codes(town):
    return dict(run("SELECT id, code FROM drug").fetchall())


# Measured once: what was thinned stays thin.
ONCE = ("sizes", "contents", "nights")


def asked(house: House, samples: int, once: dict) -> dict:
    """How long each question takes in the filled house, what the tables weigh, what a night takes.

    `once` holds what of this was measured before, if anything.
    """
    app = create_app(house.settings())
    with db.opened():
        today = city_day(outside.clock.now())
        town = Town(today)
        told = once or {"sizes": _sizes(), "contents": _contents()}
        codes, draw = _codes(town), town.random
        questions: dict[str, Callable[[], Ask]] = {
            "一家一种药的走势": lambda: _outlet_ask(town, codes, draw),
            "一种药全市一年": lambda: _city_ask(town, codes, draw),
            "变动的一页，500 条": lambda: _facts_ask(draw, told["contents"]["publication"]),
            "一家机构的变动": lambda: _facts_ask(draw, 0, outlet_id=draw.choice(town.outlets).id),
            "一种药的变动": lambda: _facts_ask(draw, 0, drug_id=draw.choice(list(town.won))),
        }
        times = {
            title: measured(title, [{title: draws()} for _ in range(samples + 20)], warm_up=20)[
                title
            ].ms
            for title, draws in questions.items()
        }
        times["谁在卖，有了一年以后"] = _pages(app, town, samples // 2 + 20).ms
        if not once:
            told["nights"] = _nights(today)
        return told | {"times": times}


def _outlet_ask(town, codes, draw):
    outlet = draw.choice(town.outlets)
    drug = codes[draw.choice(town.sold[outlet.id])]
    return lambda: outlet_history(outlet.code, drug)


def _city_ask(town, codes, draw):
    drug = codes[draw.choice(list(town.won))]
    return lambda: city_history(drug)


def _facts_ask(draw, newest, **filters):
    marks = {"facts": [filters.get("outlet_id"), filters.get("drug_id"), False]}
    start = [draw.randint(0, newest), 0, 0, 0, 0]
    cursor = feed.cursors.written(marks, start)
    return lambda: feed.facts_after(cursor, 500, **filters)


def _nights(today: date) -> dict[str, float]:
    """Seconds of each part of a night; thinning is told that its month is over by now."""
    whole = pack_on("shenyang", today).history.whole_days
    found = {"记一天的价格": _seconds(lambda: actions.take_price_day(today))}
    found["记名单的进出"] = _seconds(lambda: actions.note_list_facts(today))
    then = today + timedelta(days=whole - 300)
    before = run("SELECT COUNT(*) FROM observation").fetchone()[0]
    found["稀疏一个月"] = _seconds(lambda: actions.thin(then))
    found["稀疏掉的行"] = before - run("SELECT COUNT(*) FROM observation").fetchone()[0]
    found["没有到月份的夜里"] = _seconds(lambda: actions.thin(then))
    return found


def _seconds(work):
    begun = perf_counter()
    work()
    return round(perf_counter() - begun, 2)


def _contents() -> dict[str, int]:
    counts = {name: run(f"SELECT COUNT(*) FROM {name}").fetchone()[0] for name in TABLES}
    counts["outlets"] = run("SELECT COUNT(*) FROM outlet").fetchone()[0]
    counts["publication"] = run("SELECT number FROM publication").fetchone()[0]
    return counts


def _sizes() -> dict[str, dict[str, int]]:
    """Bytes of each table and of each of its indexes."""
    return {name: dict(_parts_of(name)) for name in TABLES}


def _parts_of(table):
    if is_postgres():
        yield table, run(f"SELECT pg_table_size('{table}')").fetchone()[0]
        yield from run(
            "SELECT indexrelname, pg_relation_size(indexrelid) FROM pg_stat_user_indexes"
            " WHERE relname = ? ORDER BY 1", table
        ).fetchall()  # fmt: skip
        return
    names = run("SELECT name FROM sqlite_master WHERE tbl_name = ? ORDER BY name", table)
    for (name,) in names.fetchall():
        size = run("SELECT SUM(pgsize) FROM dbstat WHERE name = ?", name).fetchone()[0]
        if size:
            yield name, size


def tables(results: dict[str, dict]) -> str:
    """What was measured, as the page has it."""
    engines = [one for one in ENGINES if one in results]
    head = ["", *(NAMES[one] for one in engines)]
    sizes, times, nights = [head], [head], [head]
    first = results[engines[0]]
    told = [results[one] for one in engines]
    for label, count in (("观测", "observation"), ("变动", "price_fact"), ("报价", "offer"),
                         ("机构", "outlets")):  # fmt: skip
        sizes.append([f"{label}（行）", *(f"{one['contents'][count]:,}" for one in told)])
    for name in ("observation", "price_fact"):
        for part in sorted({part for one in told for part in one["sizes"][name]}):
            sizes.append([f"`{part}`（MB）", *(_mb(one["sizes"][name].get(part)) for one in told)])
        each = [sum(one["sizes"][name].values()) / one["contents"][name] for one in told]
        sizes.append([f"{name} 每行（字节，带索引）", *(f"{one:.0f}" for one in each)])
    sizes.append(["写满一年（秒）", *(f"{one['filled_s']:.0f}" for one in told)])
    times.append(
        ["谁在卖，还没有观测时", *(report.spread(Times(tuple(one["before"]))) for one in told)]
    )
    for title in first["times"]:
        times.append([title, *(report.spread(Times(tuple(one["times"][title]))) for one in told)])
    for title in first["nights"]:
        nights.append([title, *(f"{one['nights'].get(title, 0):,}" for one in told)])
    parts = (("大小", sizes), ("问一次，p50 / p95 / p99（毫秒）", times), ("夜里（秒）", nights))
    moments = "；".join(f"{NAMES[one]} {results[one]['moment']}" for one in engines)
    written = "\n\n".join(f"### {title}\n\n{_markdown(rows)}" for title, rows in parts)
    return f"{written}\n\n量的时候：{moments}。机构和价格都是演示（合成的一年，种子固定）。"


def _spread(ms):
    return report.spread(Times(tuple(ms)))


def _mb(size):
    return "–" if not size else f"{size / 2**20:,.0f}"


def _markdown(rows):
    head, *body = rows
    ruled = [head, ["---", *["---:"] * (len(head) - 1)], *body]
    return "\n".join("| " + " | ".join(map(str, row)) + " |" for row in ruled)


def write(results: dict[str, dict]) -> None:
    """Put the tables between the marks of the page."""
    said = PAGE.read_text(encoding="utf-8")
    before, rest = said.split(BEGINS)
    after = rest.split(ENDS)[1]
    PAGE.write_text(f"{before}{BEGINS}\n\n{tables(results)}\n\n{ENDS}{after}", encoding="utf-8")


@click.command()
@click.option("--engine", "engines", multiple=True, type=click.Choice(ENGINES), help="只量这个")
@click.option("--rows", type=int, help="一年多少行；不写是 SQLite 300 万、PostgreSQL 1200 万")
@click.option("--folder", type=click.Path(path_type=Path), default="var/bench/year")
@click.option("--samples", type=int, default=200)
@click.option("--no-page", is_flag=True, help="不改写文档")
def main(engines, rows, folder: Path, samples: int, no_page: bool) -> None:
    """造一年的观测（演示），量一量存多大、问多快、夜里多久；写进 docs/history.md。"""
    folder = folder.resolve()
    for engine in engines or ENGINES:
        if engine == "postgresql" and postgres.binaries() is None:
            click.echo(postgres.MISSING)
            continue
        _measure(engine, rows or ROWS[engine], folder, samples)
    kept = {one: folder / f"{one}.json" for one in ENGINES}
    results = {one: json.loads(path.read_text()) for one, path in kept.items() if path.exists()}
    click.echo(tables(results))
    if not no_page:
        write(results)


def _measure(engine, rows, folder, samples):
    with opened(engine, folder / engine) as house:
        note = folder / engine / f"{rows}.json"
        if not note.exists():
            note.write_text(json.dumps(built(house, rows)))
            db.database.close_all()
        kept = folder / f"{engine}.json"
        before = json.loads(kept.read_text()) if kept.exists() else {}
        once = {key: before[key] for key in ONCE} if before.get("rows") == rows else {}
        told = json.loads(note.read_text()) | asked(house, samples, once)
        db.database.close_all()
        now = machine.moment()
        told |= {"moment": f"{now['at']}，负载 {now['load']}", "rows": rows}
        kept.write_text(json.dumps(told, ensure_ascii=False))


if __name__ == "__main__":
    main()
