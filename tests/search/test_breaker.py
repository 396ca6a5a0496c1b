"""When to ask again after failures."""

import pytest

from search.breaker import Breaker


class Clock:
    """Goes on when told to."""

    now = 100.0

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def breaker(clock):
    return Breaker(failures=3, rest=5, clock=clock)


def test_two_failures_are_forgiven_and_three_are_not(breaker):
    assert [breaker.failed(), breaker.failed()] == [False, False]
    assert breaker.allows()
    assert breaker.failed()
    assert not breaker.allows()


def test_a_success_forgives_what_was_before(breaker):
    breaker.failed()
    breaker.failed()
    assert not breaker.succeeded()
    breaker.failed()
    assert breaker.allows()


def test_after_a_rest_one_may_try_and_the_others_wait(breaker, clock):
    for _ in range(3):
        breaker.failed()
    clock.now += 5
    assert [breaker.allows() for _ in range(3)] == [True, False, False]


def test_a_try_that_fails_means_another_rest_and_no_news(breaker, clock):
    for _ in range(3):
        breaker.failed()
    clock.now += 5
    assert breaker.allows()
    assert not breaker.failed()
    clock.now += 4
    assert not breaker.allows()
    clock.now += 1
    assert breaker.allows()


def test_a_try_that_succeeds_is_news_once(breaker, clock):
    for _ in range(3):
        breaker.failed()
    clock.now += 5
    assert breaker.allows()
    assert [breaker.succeeded(), breaker.succeeded()] == [True, False]
    assert breaker.allows()


def test_who_never_comes_back_from_a_try_does_not_block_it_for_ever(breaker, clock):
    for _ in range(3):
        breaker.failed()
    clock.now += 5
    assert breaker.allows()
    clock.now += 5
    assert breaker.allows()
