"""A question sees one moment of the tables, whatever is published while it is being answered."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import pytest

from backend import db
from backend.catalog.models import Drug
from backend.intake.models import Publication
from backend.prices.candidates import Question
from backend.prices.nearby import as_of_now, count, places
from tests.makers import drug, outlet, price


@pytest.fixture
def sold(house, tmp_path):
    """A drug that is sold at one outlet, for 3.40."""
    product = drug(tmp_path)
    outlet(tmp_path)
    price(tmp_path, product)
    db.database.close()
    return product


@contextmanager
def question():
    """What a resident asks."""
    db.open_question(reads=True)
    try:
        yield
    finally:
        db.close_question()


def publish(folder, yuan):
    """Another price, by somebody else."""

    def bring():
        with db.opened():
            price(folder, Drug.get(), 价格=yuan, 观测日期="2026-11-21")

    with ThreadPoolExecutor(1) as clerk:
        clerk.submit(bring).result()


def asked(product):
    return [place.price_fen for place in places(product)]


def test_what_is_published_between_two_looks_is_seen_by_the_next_question(sold, tmp_path):
    with question():
        asking = as_of_now(Question(sold.id))
        number = Publication.current()
        publish(tmp_path, "2.20")
        assert (asked(asking), count(asking)) == ([340], 1)
        assert Publication.current() == number
    with question():
        assert asked(Question(sold.id)) == [220]


def test_a_question_that_fails_leaves_nothing_open_behind(sold, tmp_path):
    with pytest.raises(Exception, match="nowhere"), question():
        db.run("SELECT 1 FROM nowhere")
    publish(tmp_path, "2.20")
    with question():
        assert asked(Question(sold.id)) == [220]
