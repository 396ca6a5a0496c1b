"""Pictures: asked about by the worker, decided by what is pushed, and by a person where it must."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from backend import db
from backend.checking import following, holding
from backend.checking.actions import decide
from backend.checking.deciding import move
from backend.checking.models import Check, EarlyVerdict
from backend.checking.questions import ask_due
from backend.checking.rules import Said
from backend.checking.tasks import check_pictures
from backend.errors import BadInput, NotFound, NotNow, WordsRefused
from backend.outside import outside, vault
from backend.outside.clock import StoppedClock
from backend.policy.packs import pack_on
from tests.checking.conftest import ABOUT, PICTURE
from tests.conftest import NOW
from tests.wechat.standin import APP_ID, SOMEBODY, SOMEBODY_ELSE

MEDIA = "wxa/media_check_async"
TERMS = pack_on("shenyang", NOW.date()).checking


def test_the_request_does_not_wait_and_the_worker_asks_in_its_next_round(desk, standin):
    checked = desk.image()
    assert (checked.state, "正在检查" in checked.told) == ("asked", True)
    assert standin.asked == []
    assert desk.round() == (1, 0)
    assert standin.counts[MEDIA] == 1
    assert Check.get().trace_id == "trace-1"
    assert desk.round(minutes=1) == (0, 0)
    assert desk.told() == []


@pytest.mark.parametrize("verdict", ["pass", "review", "risky"])
def test_the_verdict_that_is_pushed_decides_and_its_caller_is_told_once(desk, verdict):
    desk.image()
    desk.round()
    for _ in range(2):
        desk.push("trace-1", verdict)
    assert desk.told() == [(ABOUT, verdict)]
    check = Check.get()
    assert (check.state, check.said) == (verdict, verdict)
    assert check.decided_by == ("" if verdict == "review" else "wechat")
    assert (check.decided_at is None) == (verdict == "review")


def test_a_picture_wechat_could_not_fetch_is_looked_at_by_a_person(desk):
    desk.image()
    desk.round()
    desk.push("trace-1", -1008)
    assert desk.states() == [("review", "could_not_download")]
    assert desk.told() == [(ABOUT, "review")]


def test_who_and_where_are_sealed_until_wechat_has_the_question_and_no_longer(desk):
    desk.image()
    for personal in (SOMEBODY, PICTURE, "receipt"):
        assert personal not in desk.rows()
    assert Check.get().sealed
    assert Check.get().who
    desk.round()
    assert (Check.get().sealed, Check.get().who) == ("", "")
    desk.push("trace-1", "pass")
    assert SOMEBODY not in desk.rows()


def test_a_verdict_that_comes_before_its_number_is_known_is_not_lost(desk):
    desk.image()
    desk.push("trace-1", "risky")
    assert desk.told() == []
    desk.round()
    assert desk.told() == [(ABOUT, "risky")]
    assert EarlyVerdict.select().count() == 0


def test_a_verdict_that_comes_while_its_number_is_noted_is_matched_in_the_next_round(desk):
    desk.image()
    desk.round()
    # Neither of the two saw what the other had not committed yet.
    EarlyVerdict.insert(
        trace_id="trace-1", suggest="pass", label="100", why="label", came_at=NOW
    ).execute()
    assert desk.states() == [("asked", "")]
    desk.round(minutes=1)
    assert desk.told() == [(ABOUT, "pass")]
    assert EarlyVerdict.select().count() == 0


def test_a_verdict_nobody_knows_the_number_of_does_no_harm_and_is_forgotten(desk):
    desk.image()
    for _ in range(2):
        desk.push("somebody-elses", "risky")
    desk.round()
    assert desk.states() == [("asked", "")]
    assert EarlyVerdict.select().count() == 1
    desk.round(minutes=121)
    assert EarlyVerdict.select().count() == 0


def test_a_verdict_for_another_account_or_without_a_number_is_passed_over(desk, caplog):
    desk.image()
    desk.round()
    desk.push("trace-1", "risky", appid="wx-another")
    desk.push("", "risky")
    desk.push("t" * 101, "risky")
    assert (desk.told(), EarlyVerdict.select().count()) == ([], 0)
    assert "another account" in caplog.text
    desk.push("trace-1", "pass", appid=APP_ID)
    assert desk.told() == [(ABOUT, "pass")]


def test_where_no_verdict_comes_in_time_a_person_looks_and_what_comes_late_is_shown_him(desk):
    desk.image()
    desk.round()
    assert desk.round(minutes=TERMS.verdict_minutes - 1) == (0, 0)
    assert desk.round(minutes=1) == (0, 1)
    assert desk.states() == [("review", "no_verdict")]
    desk.push("trace-1", "pass")
    assert desk.states() == [("review", "no_verdict")]
    assert (Check.get().said, desk.told()) == ("pass", [(ABOUT, "review")])


def test_while_wechat_is_away_it_is_asked_after_longer_and_longer_pauses_for_two_hours(
    desk, standin
):
    desk.image()
    standin.trouble = {MEDIA: -1}
    asked_at = []
    for minute in range(122):
        before = standin.counts[MEDIA]
        desk.round(minutes=int(minute > 0))
        if standin.counts[MEDIA] > before:
            asked_at.append(minute)
    assert asked_at == [0, 1, 3, 7, 15, 30, 45, 60, 75, 90, 105]
    assert desk.states() == [("review", "busy")]
    assert desk.told() == [(ABOUT, "review")]
    assert Check.get().sealed == ""


def test_once_wechat_is_back_it_is_asked(desk, standin):
    desk.image()
    standin.trouble = {MEDIA: "down"}
    assert desk.round() == (0, 0)
    standin.trouble = {}
    assert desk.round() == (0, 0)
    assert desk.round(minutes=1) == (1, 0)
    desk.push("trace-1", "pass")
    assert desk.told() == [(ABOUT, "pass")]


def test_one_that_finds_wechat_away_lets_the_others_wait_untouched(desk, standin):
    for number in range(3):
        desk.image(about=f"complaint {number}")
    standin.trouble = {MEDIA: "down"}
    desk.round()
    assert standin.counts[MEDIA] == 1
    assert [one.tries for one in Check.select().order_by(Check.id)] == [1, 0, 0]
    standin.trouble = {}
    assert desk.round() == (2, 0)


@pytest.mark.parametrize(
    ("trouble", "why"),
    [(61010, "person_not_seen_lately"), (43104, "not_our_person"), (40125, "settings"),
     (87014, "risky_by_version_1"), (87020, "asked_before"), (45009, "day_is_full")],
)  # fmt: skip
def test_what_will_not_be_answered_in_time_is_for_a_person_at_once(desk, standin, trouble, why):
    desk.image()
    standin.trouble = {MEDIA: trouble}
    assert desk.round() == (0, 0)
    assert desk.states() == [("review", why)]
    assert desk.told() == [(ABOUT, "review")]


def test_nobody_is_asked_about_somebody_seen_longer_than_two_hours_ago(desk, standin):
    desk.image()
    outside.clock = StoppedClock(NOW + timedelta(hours=2))
    assert ask_due(TERMS) == 0
    assert desk.round() == (0, 1)
    assert (standin.counts[MEDIA], desk.states()) == (0, [("review", "not_asked_in_time")])


def test_a_question_asked_too_often_without_a_note_is_for_a_person(desk):
    desk.image()
    Check.update(tries=TERMS.tries, next_at=NOW).execute()
    assert desk.round() == (0, 1)
    assert desk.states() == [("review", "tried_often")]


def test_what_cannot_be_unsealed_any_more_is_for_a_person(desk):
    desk.image()
    outside.personal_key = vault.Given(key="2d" * 32)
    assert desk.round() == (0, 0)
    assert desk.states() == [("review", "unopenable")]


def test_of_many_workers_one_asks(desk, standin):
    for number in range(12):
        desk.image(about=f"complaint {number}")
    with ThreadPoolExecutor(4) as many:
        rounds = list(many.map(lambda _: check_pictures("shenyang"), range(4)))
    db.database.connect(reuse_if_open=True)
    assert sum(one.asked for one in rounds) == 12
    assert standin.counts[MEDIA] == 12


def test_a_caller_that_fails_leaves_the_check_as_it_was_and_does_not_stop_the_others(desk, caplog):
    for number in range(2):
        desk.image(about=f"complaint {number}")
    desk.round()

    def cannot(decided):
        if decided.about == "complaint 0":
            raise ValueError("a resident's own words")
        desk_follow(decided)

    desk_follow = following.follower_of("complaint")
    following.plug_in({"complaint": cannot})
    assert desk.round(minutes=30) == (0, 1)
    assert desk.states() == [("asked", ""), ("review", "no_verdict")]
    assert "what follows a check failed: ValueError" in caplog.text
    assert "own words" not in caplog.text
    with pytest.raises(ValueError, match="own words"):
        desk.push("trace-1", "pass")
    following.plug_in({"complaint": desk_follow})
    assert desk.round(minutes=1) == (0, 1)


def test_a_person_decides_once_with_a_note(desk):
    code = desk.image(may_leave=False).code
    with pytest.raises(BadInput, match="--note"):
        decide(code, "pass", note=" ")
    with pytest.raises(NotFound):
        decide("K0000000000", "pass", note="看过")
    decide(code.lower(), "risky", note="有别人的身份证号")
    check = Check.get()
    assert (check.state, check.decided_by, check.note) == ("risky", "person", "有别人的身份证号")
    assert (check.decided_at, check.why) == (NOW, "not_to_leave")
    with pytest.raises(NotNow, match="已经有结论"):
        decide(code, "pass", note="没有问题")
    assert desk.told() == [(ABOUT, "risky")]


def test_a_person_may_decide_otherwise_than_wechat_did_and_nobody_otherwise_than_a_person(desk):
    desk.image()
    desk.round()
    desk.push("trace-1", "pass")
    code = Check.get().code
    with pytest.raises(NotNow):
        decide(code, "pass", note="也这样看")
    decide(code, "risky", note="抽看：有别人的脸")
    with pytest.raises(NotNow):
        decide(code, "pass", note="没有问题")
    desk.push("trace-1", "pass")
    assert desk.told() == [(ABOUT, "pass"), (ABOUT, "risky")]
    assert (Check.get().said, Check.get().decided_by) == ("pass", "person")


def test_words_that_were_not_taken_cannot_be_let_pass(desk):
    with pytest.raises(WordsRefused):
        desk.words("违禁的话")
    with pytest.raises(NotNow, match="没有收"):
        decide(Check.get().code, "pass", note="没有问题")


def test_what_is_still_asked_about_twice_is_decided_once_by_whom_it_reaches_first(desk):
    code = desk.image(may_leave=False).code
    check = Check.get()
    decide(code, "pass", note="看过")
    # Somebody who had looked before the other decided.
    late = move(check, "review", Said("risky"), by="person", moment=NOW, note="看过")
    assert (late, desk.told()) == (False, [(ABOUT, "pass")])


def test_what_wechat_is_still_to_say_is_not_for_a_person_yet(desk):
    code = desk.image().code
    with pytest.raises(NotNow, match="还在等微信"):
        decide(code, "pass", note="看过")


def test_of_two_persons_at_once_one_is_told_that_it_is_decided(desk):
    code = desk.words("可疑").code

    def one(state):
        with db.opened():
            try:
                decide(code, state, note="看过")
            except NotNow:
                return "late"
            return state

    with ThreadPoolExecutor(2) as both:
        ended = sorted(both.map(one, ["pass", "risky"]))
    db.database.connect(reuse_if_open=True)
    assert "late" in ended
    assert [state for _, state in desk.told()] == [state for state in ended if state != "late"]


def test_what_is_decided_is_forgotten_in_time_and_what_waits_is_not(desk):
    desk.words("你好")
    waits = desk.words("可疑").code
    outside.clock = StoppedClock(NOW + timedelta(days=TERMS.keep_days))
    desk.round()
    assert [one.code for one in Check.select()] == [waits]


def test_a_person_who_leaves_takes_the_openid_along_and_one_of_us_looks(desk, standin):
    desk.image()
    desk.image(openid=SOMEBODY_ELSE, about="complaint 13")
    outside.personal_key = vault.Given(key="2d" * 32, before="1e" * 32)
    assert [one["what"] for one in holding.told(SOMEBODY)] == ["图片"]
    assert (holding.forget(SOMEBODY), holding.told(SOMEBODY)) == (1, [])
    assert desk.states() == [("review", "let_go"), ("asked", "")]
    assert desk.told() == [(ABOUT, "review")]
    assert len(holding.told(SOMEBODY_ELSE)) == 1
