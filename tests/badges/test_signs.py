"""The code on a counter sign: genuine or not, and what changed since it was printed."""

import string
from datetime import date
from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from backend.badges import lookups, rules
from backend.catalog.editions import publish_edition
from backend.errors import NotNow
from backend.outside import outside
from backend.outside.keyfiles import new_key
from backend.outside.signing import Given, text_of
from tests.badges.days import ENDED, LEFT, NEVER, SUSPENDED, later
from tests.makers import AN_OUTLET

SIGNS = string.ascii_letters + string.digits + "-_"


@pytest.fixture
def token(hand_in):
    """The token of a sign printed today."""
    hand_in({})
    return lookups.sign_for("A1")["token"]


def verdict(token):
    return lookups.check(token)["verdict"]


def test_a_sign_printed_today_is_genuine_and_says_where_it_belongs(token, look, ask):
    page = look(f"/b/{token}")
    assert page.index("这家现在是三进机构") < page.index(AN_OUTLET["机构名称"])
    assert "2026-11-24 印" in page
    told = ask(f"/api/v1/signs/{token}")
    assert (told["verdict"], told["changes"]) == ("genuine", [])
    assert told["outlet"]["code"] == "A1"


def test_an_address_stays_short_enough_for_a_small_code(token):
    assert len(f"https://sanjin.example.gov.cn/b/{token}") <= 140


@pytest.mark.parametrize(
    ("row", "words"),
    [(SUSPENDED, "2026-11-10 起：三进已暂停。货款逾期"), (LEFT, "2026-11-20 起：已退出三进。"),
     ({"状态": "撤销"}, "机构编码已撤销"), (ENDED, "有效期到 2026-11-23 为止")],
    ids=["suspended", "left", "withdrawn", "expired"],
)  # fmt: skip
def test_a_sign_of_a_badge_that_is_lost_says_so_and_why(token, hand_in, look, row, words):
    hand_in(row)
    page = look(f"/b/{token}")
    assert page.index("这家现在不是三进机构") < page.index(words)
    assert verdict(token) == "lost"


@pytest.mark.parametrize(
    ("change", "words"),
    [({"机构名称": "演示换名"}, "名称改过"), ({"机构类别": "村卫生室"}, "类别改过")],
)
def test_a_sign_whose_outlet_changed_its_face_is_outdated(token, hand_in, look, change, words):
    hand_in(change)
    page = look(f"/b/{token}")
    assert page.index("这家现在是三进机构") < page.index(words)
    assert verdict(token) == "outdated"


def test_a_sign_of_an_edition_before_says_which(token, hand_in, look):
    publish_edition("outlets", [("A1", "甲", {})], effective_on=date(2026, 11, 1))
    assert verdict(token) == "genuine"
    publish_edition("outlets", [("A1", "甲", {})], effective_on=date(2026, 11, 25))
    assert verdict(token) == "genuine"
    later(days=1)
    assert "印标牌时是第 1 版名单，现在是第 2 版。" in look(f"/b/{token}")
    publish_edition("outlets", [], effective_on=date(2026, 11, 25))
    assert "现在的机构名单里没有这家。" in look(f"/b/{token}")


def test_a_sign_that_hung_too_long_should_be_printed_anew(token):
    later(days=366)
    assert verdict(token) == "genuine"
    later(days=367)
    told = lookups.check(token)
    assert (told["verdict"], told["changes"]) == ("outdated", ["标牌印好超过 366 天，该换新的了。"])


def test_a_badge_that_came_back_makes_its_sign_good_again(token, hand_in):
    hand_in({"三进状态": "暂停", "三进起始日": "2026-11-25"})
    later(days=1)
    assert verdict(token) == "lost"
    hand_in({"三进起始日": "2026-11-26"})
    later(days=2)
    assert verdict(token) == "genuine"


def test_what_a_stranger_signed_is_not_ours(token, look):
    mine, scanned = outside.signing_key, rules.taken_apart(token)
    outside.signing_key = Given(new_key())
    theirs = lookups.sign_for("A1")["token"]
    outside.signing_key = mine
    assert verdict(theirs) == "unknown_key"
    # Under the name of our key, too.
    stranger = rules.taken_apart(theirs)
    forged = rules.token_of(scanned.sign, scanned.key_id, stranger.signature)
    assert verdict(forged) == "forged"
    page = look(f"/b/{forged}", status=404)
    assert "这个码不是医保局签发的" in page
    assert "tel:12393" in page


def test_a_sign_of_the_key_before_still_holds(token):
    public = outside.signer.public_keys[outside.signer.key_id]
    outside.signing_key = Given(new_key(), before=text_of(public))
    assert verdict(token) == "genuine"


def test_the_code_of_another_outlet_does_not_fit_the_signature(token):
    scanned = rules.taken_apart(token)
    other = scanned.sign._replace(code="A2")
    assert verdict(rules.token_of(other, scanned.key_id, scanned.signature)) == "forged"


def test_a_sign_of_another_city_is_not_ours(token):
    assert lookups.check(token, city="anshan")["verdict"] == "forged"


def test_an_outlet_nobody_knows_is_said_to_be_unknown(house, look):
    sign = rules.Sign("X9", date(2026, 11, 24), b"face")
    signature = outside.signer.sign(rules.message_of(sign, "shenyang"))
    token = rules.token_of(sign, outside.signer.key_id, signature)
    assert verdict(token) == "unknown_outlet"
    assert "查不到这家机构" in look(f"/b/{token}", status=404)


@pytest.mark.parametrize(
    "row", [NEVER, SUSPENDED, LEFT, ENDED], ids=["none", "susp", "left", "end"]
)
def test_who_does_not_hold_the_badge_gets_no_sign(hand_in, row):
    hand_in(row)
    with pytest.raises(NotNow):
        lookups.sign_for("A1")


@settings(
    max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.data())
def test_no_changed_character_is_ever_accepted(token, data):
    at = data.draw(st.integers(0, len(token) - 1))
    other = data.draw(st.sampled_from(SIGNS).filter(lambda sign: sign != token[at]))
    assert verdict(token[:at] + other + token[at + 1 :]) in ("forged", "unknown_key", "unreadable")


def test_every_last_character_but_ours_is_refused(token):
    """The last character has bits that say nothing; no other spelling of them passes."""
    good = [sign for sign in SIGNS if verdict(token[:-1] + sign) == "genuine"]
    assert good == [token[-1]]


@settings(
    max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.data())
def test_a_token_cut_or_lengthened_is_never_accepted(token, data):
    cut = data.draw(st.integers(0, len(token) - 1))
    more = data.draw(st.text(SIGNS, min_size=1, max_size=8))
    assert verdict(token[:cut]) != "genuine"
    assert verdict(token + more) != "genuine"


@settings(
    max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.text(max_size=400))
def test_whatever_is_scanned_is_answered_with_a_page(look_at, text):
    assert look_at(text) in (404, 405, 308)


@pytest.fixture
def look_at(house):
    """`look_at(token)` → the status of the page for whatever was scanned."""
    client = house.test_client()

    def status(text):
        return client.get(f"/b/{quote(text, safe='', errors='ignore')}").status_code

    return status
