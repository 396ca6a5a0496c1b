"""Words at the moment they are handed in: shown, looked at by a person, or refused in words."""

import json

import pytest

from backend.checking.actions import check_words
from backend.checking.models import Check
from backend.db import database
from backend.errors import WordsRefused
from backend.outside.wechat import TEXT_LETTERS, Scene
from tests.wechat.standin import SOMEBODY, SOMEBODY_ELSE

TEXT = "wxa/msg_sec_check"
STATES = {"药店多收了我三块钱。": "pass", "这话有些可疑。": "review"}


def asked(standin):
    """The words WeChat was asked about, one question after another."""
    return [json.loads(body)["content"] for path, _, body in standin.asked if path == TEXT]


@pytest.mark.parametrize(("words", "state"), STATES.items())
def test_what_wechat_thinks_is_followed(desk, standin, words, state):
    checked = desk.words(words)
    assert checked.state == state
    assert ("工作人员会先看" in checked.told) == (state == "review")
    (check,) = Check.select()
    assert (check.code, check.what, check.about, check.said) == (
        checked.code, "words", "complaint 12", state,
    )  # fmt: skip
    assert check.decided_by == ("wechat" if state == "pass" else "")
    # The caller has its answer in hand.
    assert desk.told() == []


def test_risky_words_are_refused_with_what_to_do_and_nothing_of_them_is_kept(desk, standin):
    with pytest.raises(WordsRefused) as caught:
        desk.words("违禁的话")
    assert (caught.value.status, caught.value.code) == (422, "words_refused")
    assert "换一种说法" in caught.value.words
    assert "12393" in caught.value.words
    assert "违禁" not in caught.value.words + desk.rows()
    assert desk.states() == [("risky", "label")]


def test_words_go_out_as_they_are_with_version_and_scene(desk, standin):
    desk.words("二甲双胍“多少钱”")
    ((_, _, body),) = [one for one in standin.asked if one[0] == TEXT]
    assert "二甲双胍“多少钱”".encode() in body
    said = json.loads(body)
    assert (said["version"], said["scene"], said["openid"]) == (2, 2, SOMEBODY)


def test_neither_words_nor_openid_are_kept_of_what_passes_or_waits(desk):
    for words in STATES:
        desk.words(words)
        desk.words(words, may_leave=False)
        assert words not in desk.rows()
    assert SOMEBODY not in desk.rows()


def test_long_words_are_asked_about_in_pieces_and_the_worst_counts(desk, standin):
    sentence = "这家药店的价格和牌子上写的不一样。"
    fine = sentence * 400
    assert desk.words(fine).state == "pass"
    assert "".join(asked(standin)) == fine
    assert len(asked(standin)) == 3
    assert all(len(one) <= TEXT_LETTERS and one.endswith("。") for one in asked(standin))
    assert desk.words("可疑。" + fine).state == "review"
    with pytest.raises(WordsRefused):
        desk.words("可疑。" + fine + "违禁的话。")


def test_words_longer_than_anybody_asks_about_wait_for_a_person(desk, standin):
    assert desk.words("长" * 10_001).state == "review"
    assert asked(standin) == []
    assert desk.states() == [("review", "too_long")]


def test_what_may_not_leave_never_does(desk, standin):
    assert desk.words("违禁的话", may_leave=False).state == "review"
    assert desk.image(may_leave=False).state == "review"
    assert desk.round(minutes=1) == (0, 0)
    assert standin.asked == []
    assert {why for _, why in desk.states()} == {"not_to_leave"}
    assert SOMEBODY not in desk.rows()


def test_where_there_is_no_openid_nobody_is_asked(desk, standin):
    assert desk.words("你好", openid="").state == "review"
    assert desk.image(openid="").state == "review"
    assert standin.asked == []


def test_whether_it_may_leave_cannot_be_forgotten(desk):
    with pytest.raises(TypeError, match="may_leave"):
        check_words(SOMEBODY, "你好", about="complaint 1", scene=Scene.COMMENT)


def test_somebody_not_seen_lately_is_looked_at_by_a_person(desk):
    assert desk.words("你好", openid=SOMEBODY_ELSE).state == "review"
    assert desk.states() == [("review", "person_not_seen_lately")]
    assert Check.get().said == ""


TROUBLES = {
    -1: "busy", 40001: "token_refused", 40125: "settings", 43104: "not_our_person",
    44991: "too_often", 45009: "day_is_full", 45011: "too_often", 47001: "our_data",
    61010: "person_not_seen_lately", 87014: "risky_by_version_1", 99999: "unknown",
    "down": "no_answer", "hang_up": "no_answer", "nonsense": "no_answer", "slow": "no_answer",
}  # fmt: skip


@pytest.mark.parametrize(("trouble", "why"), TROUBLES.items())
def test_whatever_keeps_wechat_from_saying_leaves_it_to_a_person(desk, standin, trouble, why):
    standin.trouble = {TEXT: trouble}
    assert desk.words("违禁的话").state == "review"
    assert desk.states() == [("review", why)]


def test_after_a_piece_that_cannot_be_checked_nobody_waits_for_the_others(desk, standin):
    standin.trouble = {TEXT: "down"}
    assert desk.words("这家药店的价格不一样。" * 800).state == "review"
    assert standin.counts[TEXT] == 1


def test_while_wechat_is_away_nothing_is_lost_and_once_it_is_back_it_is_asked(desk, standin):
    standin.trouble = {TEXT: "down"}
    assert {desk.words("你好").state for _ in range(8)} == {"review"}
    assert standin.counts[TEXT] == 5
    assert desk.states()[-1] == ("review", "rests")
    standin.trouble = {}


def test_nobody_is_asked_while_a_transaction_waits(desk, standin):
    with database.atomic(), pytest.raises(RuntimeError, match="transaction"):
        desk.words("你好")
    assert standin.asked == []


def test_what_nobody_follows_is_not_taken(desk, standin):
    for check in (desk.words, desk.image):
        with pytest.raises(LookupError, match="nobody"):
            check("你好", about="somebody 12")
    assert (standin.asked, desk.states()) == ([], [])
