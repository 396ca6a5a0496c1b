"""What a consent is worth, without tables: the last word counts, a minor's by a guardian only."""

from collections import namedtuple

import pytest

from backend.citizens.rules import ages, holds, last_said, may_give, stands

Said = namedtuple("Said", "kind given version said_by")
YES, NO = Said("personal", True, "1", "self"), Said("personal", False, "1", "self")
BY_GUARDIAN = YES._replace(said_by="guardian")


def test_the_last_word_counts():
    assert last_said([YES, NO, YES._replace(kind="health")]) == {
        "personal": NO, "health": YES._replace(kind="health"),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("said", "minor", "expected"),
    [
        (None, False, False), (YES, None, True), (YES, False, True), (YES, True, False),
        (NO, False, False), (BY_GUARDIAN, True, True), (BY_GUARDIAN, False, True),
    ],
)  # fmt: skip
def test_a_consent_stands_when_it_was_given_by_whom_it_may_be(said, minor, expected):
    assert stands(said, minor=minor) is expected
    assert holds(said, minor=minor, version="1") is expected
    assert not holds(said, minor=minor, version="2")


def test_a_minor_may_not_give_it_himself():
    assert [may_give(by, minor=True) for by in ("self", "guardian")] == [False, True]
    assert may_give("self", minor=False)


def test_the_ages_are_said_with_the_packs_number():
    assert ages(14) == ("14_or_over", "under_14")
