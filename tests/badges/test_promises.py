"""What the API's description promises of badges is what it answers, in every state."""

import pytest

from backend.badges import lookups
from backend.outside import outside
from backend.outside.keyfiles import new_key
from backend.outside.signing import Given
from tests.badges.days import ENDED, LEFT, NEVER, SUSPENDED
from tests.miniprogram.promises import answers_of, broken

ROWS = [{}, SUSPENDED, LEFT, ENDED, NEVER, {"状态": "撤销", "替代编码": "A2"}]
NAMES = ["active", "suspended", "left", "expired", "never", "withdrawn"]


@pytest.fixture
def keeps(ask):
    """`keeps(path, like, …)` asks, holds the answer against the promise, returns it."""
    document = ask("/api/openapi.json")

    def told(path, like, **asked):
        answer = ask(path, **asked)
        assert list(broken(answer, answers_of(document, like), document)) == []
        return answer

    return told


@pytest.mark.parametrize("row", ROWS, ids=NAMES)
def test_a_badge_is_told_as_promised(hand_in, keeps, row):
    hand_in({}, {"定点编码": "A2", "机构名称": "演示新店"})
    hand_in(row)
    keeps("/api/v1/outlets/A1/badge", "/api/v1/outlets/{code}/badge")


@pytest.mark.parametrize("row", ROWS, ids=NAMES)
def test_the_feed_is_as_promised(hand_in, keeps, row):
    hand_in({})
    hand_in(row)
    (item,) = keeps("/api/v1/badges", "/api/v1/badges")["items"]
    assert item["code"] == "A1"


def test_a_sign_is_checked_as_promised_whatever_it_is_worth(hand_in, keeps):
    hand_in({})
    token, mine = lookups.sign_for("A1")["token"], outside.signing_key
    outside.signing_key = Given(new_key())
    strangers = lookups.sign_for("A1")["token"]
    outside.signing_key = mine
    seen = [
        keeps(f"/api/v1/signs/{one}", "/api/v1/signs/{token}")["verdict"]
        for one in (token, "x", strangers, token[:60] + "A" + token[61:])
    ]
    assert seen == ["genuine", "unreadable", "unknown_key", "forged"]
    hand_in(LEFT)
    assert keeps(f"/api/v1/signs/{token}", "/api/v1/signs/{token}")["verdict"] == "lost"


def test_the_keys_are_told_as_promised(keeps):
    keeps("/api/v1/keys", "/api/v1/keys")


def test_a_misspelt_question_is_refused_and_not_passed_over(hand_in, ask):
    hand_in({})
    for path in ("outlets/A1/badge", "badges", "keys"):
        assert "sinse" in ask(f"/api/v1/{path}", status=422, sinse=1)["errors"]
