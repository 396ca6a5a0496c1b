"""What is kept until the next publication, and what forgets it."""

import pytest

from backend import db
from backend.intake.models import Publication
from backend.intake.remembered import Remembered


@pytest.fixture
def asked():
    """The keys somebody had to make, in order."""
    return []


@pytest.fixture
def squares(house, asked):
    """A memory of squares; it knows none of negative numbers."""
    kept: Remembered[int, int] = Remembered(most=3)

    def square(*keys):
        def make(missing):
            asked.extend(missing)
            return {key: key * key for key in missing if key >= 0}

        return kept.all(keys, make)

    return square


def test_a_thing_is_made_once_while_nothing_is_published(squares, asked):
    assert squares(2, 3) == {2: 4, 3: 9}
    assert squares(3, 2) == {2: 4, 3: 9}
    assert asked == [2, 3]


def test_only_what_is_missing_is_made(squares, asked):
    squares(2)
    assert squares(1, 2, 3) == {1: 1, 2: 4, 3: 9}
    assert asked == [2, 1, 3]


def test_what_could_not_be_made_is_left_out_and_asked_for_again(squares, asked):
    assert squares(-1) == squares(-1) == {}
    assert asked == [-1, -1]


def test_the_next_publication_forgets_everything(squares, asked):
    squares(2)
    Publication.raise_to(Publication.current() + 1)
    assert squares(2) == {2: 4}
    assert asked == [2, 2]


def test_another_database_forgets_everything_though_its_number_is_the_same(
    squares, asked, tmp_path
):
    squares(2)
    here = db.database.obj
    db.connect(f"sqlite:///{tmp_path}/another.db")
    with db.opened():
        db.migrate()
        assert squares(2) == {2: 4}
    db.database.close_all()
    db.database.initialize(here)
    assert asked == [2, 2]


def test_no_more_is_kept_than_was_agreed(squares, asked):
    squares(1, 2, 3)
    assert squares(4) == {4: 16}
    assert squares(1) == {1: 1}
    assert asked == [1, 2, 3, 4, 1]


def test_more_than_the_memory_holds_is_answered_whole(squares):
    assert squares(*range(10)) == {n: n * n for n in range(10)}
