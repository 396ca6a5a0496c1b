"""Servers fall over and people go on asking: nobody is told anything wrong, nothing is lost."""

from itertools import islice
from random import Random

import pytest

from tests.stories import storm_town as town
from tests.stories.rage import rage
from tests.stories.storm import Storm
from tests.stories.storm_questions import Question, questions, right


@pytest.mark.long
def test_a_storm_tells_nobody_anything_wrong_and_loses_nothing(tmp_path):
    told = rage(tmp_path, seconds=1, residents=3)
    assert (told.wrong, told.unforeseen, told.lost) == ([], [], [])
    assert told.answers[200] > 50
    assert set(told.answers) <= {200, 503}
    assert told.published > 0
    assert all(told.recoveries.values())


def test_an_answer_of_another_step_is_known_for_what_it_is():
    for question in islice(questions(Random(7)), 100):
        if "radius_m" not in question.asked:
            answers = [right(question, town.step(number)) for number in range(5)]
            assert len(set(answers)) == len(answers)


def test_a_wrong_answer_an_old_one_and_half_of_one_are_noticed():
    storm = Storm(*[None] * 6)
    storm.newest = 2
    question = Question("outlets/A0007", {})
    storm.check(question, shelf(question, 2), 0)
    assert (storm.told.wrong, storm.oldest) == ([], 2)
    storm.check(question, shelf(question, 1), storm.oldest)
    half = shelf(question, 2)
    half["items"][0] = shelf(question, 1)["items"][0]
    storm.check(question, half, 0)
    half["items"].pop()
    storm.check(question, half, 0)
    assert len(storm.told.wrong) == 3


def shelf(question, step):
    """The answer of the API that is right at a step."""
    total, name, *sold = right(question, town.step(step))
    items = [{"drug": {"code": code}, "price_fen": fen} for code, fen in sold]
    return {"total": total, "outlet": {"name": name}, "items": items}
