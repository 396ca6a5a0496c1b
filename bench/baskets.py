"""`python -m bench.baskets`: how long a basket of twelve drugs takes in a whole city's house."""

from collections.abc import Iterator
from pathlib import Path

import click
from flask.testing import FlaskClient

from backend import db
from backend.app import create_app
from backend.baskets.wanted import MOST_DRUGS
from backend.db import run
from bench import machine, postgres, report
from bench.house import ENGINES, House, opened
from bench.pages import NAMES, built
from bench.questions import SEED, Questions
from bench.raw import Raw
from bench.timing import Times, measured

# The aim; a drug sold at fewer outlets makes no large question.
MOST_MS, SOLD_AT = 100, 2_000

_COMMON = """
SELECT drug.code FROM offer JOIN drug ON drug.id = offer.drug_id
GROUP BY drug.code HAVING COUNT(*) > ? ORDER BY drug.code
"""


def bodies(questions: Questions, count: int) -> Iterator[dict]:
    """So many baskets of common drugs, each from a place near some outlet; always the same ones."""
    codes = [code for (code,) in run(_COMMON, SOLD_AT).fetchall()]
    draw = questions.random
    draw.seed(f"{SEED} baskets")
    for _ in range(count):
        lat, lon = questions.place()
        drugs = draw.sample(codes, MOST_DRUGS)
        yield {
            "drugs": [{"drug": code, "quantity": draw.randint(1, 4)} for code in drugs],
            "lat": lat,
            "lon": lon,
        }


def times(house: House, *, samples: int, warm_up: int) -> tuple[str, Times]:
    """What the house holds, and how long the API takes over a basket."""
    app = create_app(house.settings())
    with db.opened():
        if db.is_postgres():
            db.run("VACUUM ANALYZE")
        told, raw = machine.contents(), Raw(house)
        asked = list(bodies(Questions(raw), samples + warm_up))
        raw.close()
    client, title = app.test_client(), "几种药一起买"
    answerers = [{title: lambda body=body: _asked(client, body)} for body in asked]
    return told, measured(title, answerers, warm_up=warm_up)[title]


def _asked(client: FlaskClient, body: dict) -> bytes:
    answer = client.post("/api/v1/baskets", json=body)
    assert answer.status_code == 200, body
    return answer.get_data()


@click.command()
@click.option(
    "--engine", "engines", multiple=True, type=click.Choice(ENGINES), help="只量这个数据库"
)
@click.option("--folder", type=click.Path(path_type=Path), default="var/bench/pages")
@click.option("--samples", type=int, default=200)
def main(engines, folder: Path, samples: int) -> None:
    """量一量 12 种药一起买要多久。"""
    rows = [["数据库", "p50 / p95 / p99（毫秒）", f"p95 不超过 {MOST_MS} 毫秒"]]
    for engine in engines or ENGINES:
        if engine == "postgresql" and postgres.binaries() is None:
            click.echo(postgres.MISSING)
            continue
        with opened(engine, folder.resolve() / engine) as house:
            built(house)
            told, found = times(house, samples=samples, warm_up=10)
            click.echo(told)
            holds = "是" if found.within(95) <= MOST_MS else "否"
            rows.append([NAMES[engine], report.spread(found), holds])
    click.echo(report.plain(rows))
    click.echo(f"负载 {machine.moment()['load']}")


if __name__ == "__main__":
    main()
