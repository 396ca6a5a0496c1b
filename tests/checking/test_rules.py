"""How words are cut, which verdict counts, when to ask again, what a pushed verdict says."""

from datetime import timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.checking.rules import Said, of_verdict, pause, pieces, pushed, worst
from backend.outside.wechat.bodies import fields_of
from tests.wechat.standin import APP_ID, media_event


@given(st.lists(st.booleans(), max_size=60), st.integers(2, 12))
def test_pieces_are_short_and_hold_every_letter_and_its_neighbour(marks, letters):
    words = "".join("。" if mark else chr(0x4E00 + n) for n, mark in enumerate(marks))
    cut = pieces(words, letters)
    assert all(len(one) <= letters for one in cut)
    for left, right in pairwise(words):
        # Between two sentences it may be cut, and nowhere else.
        assert left == "。" or any(left + right in one for one in cut)
    assert all(letter in "".join(cut) for letter in words)


def test_short_words_are_one_piece_and_cuts_are_after_sentences():
    assert pieces("", 10) == [""]
    assert pieces("一二三四五", 5) == ["一二三四五"]
    assert pieces("一二。三四！五六七", 5) == ["一二。", "三四！", "五六七"]


def test_where_there_is_no_sentence_no_word_is_hidden_in_the_cut():
    words = "好" * 2495 + "违禁的话" + "好" * 100
    assert any("违禁的话" in one for one in pieces(words, 2498))


def test_the_worst_counts():
    told = [Said("pass"), Said("risky", "20006"), Said("review")]
    assert worst(told).label == "20006"
    assert worst([Said("pass"), Said("review", why="no_answer")]).why == "no_answer"


def test_pauses_double_up_to_the_most_and_fill_the_two_hours():
    assert [pause(n, 15) for n in range(1, 7)] == [timedelta(minutes=m) for m in
                                                   (1, 2, 4, 8, 15, 15)]  # fmt: skip
    assert sum((pause(n, 15) for n in range(1, 12)), timedelta()) == timedelta(hours=2)
    assert pause(10_000, 15) == timedelta(minutes=15)


def test_a_code_in_the_place_of_a_label_says_why_wechat_cannot_check():
    assert of_verdict("review", "61010") == Said("review", why="person_not_seen_lately")
    assert of_verdict("pass", "100") == Said("pass", "100")
    assert of_verdict("review", "") == Said("review", why="nothing_said")


EVENT = media_event("oA", "trace-1", "risky")
XML = """<xml><ToUserName><![CDATA[gh_1]]></ToUserName><FromUserName>oA</FromUserName>
<CreateTime>1626959646</CreateTime><MsgType>event</MsgType><Event>wxa_media_check</Event>
<appid>{app}</appid><trace_id>trace-1</trace_id><version>2</version>
<detail><strategy>content_model</strategy><errcode>{code}</errcode><suggest>risky</suggest>
<label>20002</label><prob>90</prob></detail>{more}<errcode>{code}</errcode><errmsg>ok</errmsg>
<result><suggest>risky</suggest><label>20002</label></result></xml>"""


def without(*names, **more):
    return {key: value for key, value in EVENT.items() if key not in names} | more


RISKY = Said("risky", "20002")
AS_IT_COMES = {
    "as the page has it": EVENT,
    "a label in letters": EVENT | {"result": {"suggest": "risky", "label": "20002"}},
    "codes with the parts only": without("errcode"),
    "codes in letters": EVENT | {"errcode": "0"},
    "everything at the top": without("result", "detail", suggest="risky", label=20002),
    "a code in the result": without(
        "errcode", "detail", result={"suggest": "risky", "label": "20002", "errcode": 0}
    ),
    "one part that is no list": EVENT | {"detail": EVENT["detail"][0]},
    "without a version": without("version"),
    "XML": fields_of(XML.format(app=APP_ID, code=0, more="").encode())[0],
    "XML with two parts": fields_of(
        XML.format(app=APP_ID, code=0, more="<detail><errcode>0</errcode></detail>").encode()
    )[0],
}


@pytest.mark.parametrize("fields", AS_IT_COMES.values(), ids=AS_IT_COMES)
def test_a_verdict_is_read_in_every_form_it_comes_in(fields):
    assert pushed(fields) == ("trace-1", APP_ID, RISKY)


FOR_A_PERSON = {
    "could_not_download": (
        EVENT | {"errcode": -1008},
        without("errcode", detail=[{"errcode": "-1008"}]),
        fields_of(XML.format(app=APP_ID, code=-1008, more="").encode())[0],
    ),
    "not_valid": (
        EVENT | {"errcode": 1},
        EVENT | {"errcode": 0, "result": {"suggest": "perhaps"}},
        EVENT | {"result": {}},
        EVENT | {"result": None},
        without("errcode", "detail"),
        without("errcode", detail=[{"errcode": 0}, {"errcode": 7}]),
        EVENT | {"result": {"suggest": ["risky"], "label": {}}},
    ),
    "of_version_1": (
        {"trace_id": "trace-1", "isrisky": 1, "status_code": 0, "appid": APP_ID},
        EVENT | {"version": 1},
    ),
}


@pytest.mark.parametrize("why", FOR_A_PERSON)
def test_what_is_no_valid_verdict_is_for_a_person(why):
    for fields in FOR_A_PERSON[why]:
        said = pushed(fields).said
        assert (said.suggest, said.why) == ("review", why), fields


def test_whatever_stands_there_is_read_without_harm():
    for fields in ({}, {"detail": [[{"errcode": []}]]}, {"trace_id": 5, "result": []}):
        assert pushed(fields).said.suggest == "review"
