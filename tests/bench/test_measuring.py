"""A small house is filled, asked in every way, crowded and changed, with nothing left out."""

import os

import pytest

from bench import meili, postgres
from bench.asking import CALL, HTTP, RAW
from bench.house import ENGINES, opened
from bench.parts import Measurement, measure
from bench.results import Results
from tests.postgres import own_folder

TITLES = 7


@pytest.fixture(params=ENGINES)
def place(request, tmp_path):
    """An engine, and a folder where its server may write."""
    if request.param == "sqlite":
        yield request.param, tmp_path
        return
    if postgres.binaries() is None:
        pytest.skip(postgres.MISSING)
    with own_folder() as folder:
        yield request.param, folder


@pytest.mark.long
def test_every_question_is_asked_in_every_way(place, monkeypatch):
    monkeypatch.delenv("TEST_MEILI_URL", raising=False)
    kept_by, folder = place
    with opened(kept_by, folder / kept_by / "10k") as house:
        house.built("10k", os.environ)
        results = Results(folder / "results")
        sheets = folder / "sheets" / "10k"
        asked = dict(measure(Measurement(house, "10k", frozenset(), True, sheets, results)))
    answers = asked["answers"]
    assert len(answers) == TITLES + 1
    assert all({CALL, HTTP, RAW} <= ways.keys() for ways in list(answers.values())[:TITLES])
    assert min(asked["crowd"].values()) > 0
    assert asked["index"]["outlets"].within(50) > 0
    assert results.told(kept_by, "10k", "fill")["found"][-1]["rows"] == 10_000


def test_two_do_not_measure_one_house_at_once(tmp_path):
    with (
        opened("sqlite", tmp_path),
        pytest.raises(RuntimeError, match="另一个进程"),
        opened("sqlite", tmp_path),
    ):
        pass


def test_without_a_server_named_meilisearch_is_left_out(monkeypatch):
    monkeypatch.delenv("TEST_MEILI_URL", raising=False)
    assert meili.address() is None
