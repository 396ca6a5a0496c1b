"""WeChat's windows: counted as WeChat counts them, raised and never added up."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from backend.notices.windows import ALLOWS, CLOSED, Act, Window, corrected, opened, spent

NOW = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)
HOUR, SECOND = timedelta(hours=1), timedelta(seconds=1)


def test_nobody_who_never_wrote_is_written_to():
    assert CLOSED.holds(NOW) == 0


def test_a_message_allows_five_within_two_days():
    window = opened(CLOSED, Act.WROTE, NOW)
    assert [window.holds(NOW + HOUR * h) for h in (0, 47, 48)] == [5, 5, 0]
    for left in (4, 3, 2, 1, 0, 0):
        window = spent(window)
        assert window.holds(NOW) == left


def test_entering_allows_two_within_a_minute():
    window = opened(CLOSED, Act.ENTERED, NOW)
    assert [window.holds(NOW + SECOND * s) for s in (0, 50, 60)] == [2, 2, 0]


def test_the_last_seconds_are_left_alone_since_clocks_differ():
    window = opened(CLOSED, Act.ENTERED, NOW)
    assert window.holds(NOW + SECOND * 56) == 0


def test_what_a_person_does_raises_and_never_adds_up():
    window = spent(opened(CLOSED, Act.WROTE, NOW))
    again = opened(window, Act.WROTE, NOW + HOUR)
    assert again == Window(5, NOW + HOUR * 49)
    assert opened(again, Act.ENTERED, NOW + HOUR) == again


def test_entering_gives_two_again_to_a_window_that_is_used_up():
    window = opened(CLOSED, Act.WROTE, NOW)
    for _ in range(5):
        window = spent(window)
    assert opened(window, Act.ENTERED, NOW + HOUR) == Window(2, NOW + HOUR * 48)


def test_what_was_left_of_a_window_that_closed_is_gone():
    window = opened(CLOSED, Act.WROTE, NOW)
    assert opened(window, Act.ENTERED, NOW + HOUR * 50).left == 2


def test_a_refusal_of_wechat_corrects_what_we_counted():
    window = opened(CLOSED, Act.WROTE, NOW)
    assert corrected("window_is_used_up", window, NOW) == window._replace(left=0)
    assert corrected("window_is_closed", window, NOW).holds(NOW) == 0


@given(st.lists(st.tuples(st.sampled_from([*Act, "send"]), st.integers(0, 90_000)), max_size=30))
def test_never_more_than_five_and_never_after_the_last_act_allows(acts):
    window, at, last = CLOSED, NOW, None
    for what, later in acts:
        at += timedelta(seconds=later)
        if what == "send":
            window = spent(window) if window.holds(at) else window
        else:
            window, last = opened(window, what, at), at
        assert 0 <= window.left <= 5
        if window.holds(at):
            assert at - last < max(one.within for one in ALLOWS.values())
