"""A badge as proof: its state and why, signed so that anybody can check it."""

import json
import re
import subprocess
import sys
import threading
from base64 import urlsafe_b64decode
from datetime import date

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from werkzeug.serving import make_server

from backend.catalog.editions import publish_edition
from tests.badges.days import ENDED, LEFT, NEVER, SUSPENDED, later
from tests.house.project import ROOT
from tests.makers import AN_OUTLET

PATH = "/api/v1/outlets/A1/badge"
STATES = [
    pytest.param([{}], "active", "2026-03-01", "", id="active"),
    pytest.param([{}, SUSPENDED], "suspended", "2026-11-10", "货款逾期", id="suspended"),
    pytest.param([{}, LEFT], "left", "2026-11-20", "自愿退出", id="left"),
    pytest.param([ENDED], "expired", "2026-11-24", "2026-11-23", id="expired"),
    pytest.param([NEVER], "none", None, "", id="never"),
    pytest.param(
        [{}, {"三进状态": "", "三进起始日": "", "状态": "撤销"}], "withdrawn", "2026-11-24",
        "不再使用", id="withdrawn",
    ),
]  # fmt: skip


def raw(text):
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))


def holds(told, keys):
    """What a stranger does with nothing but the answer and the keys; raises where it is forged."""
    public = {one["key"]: raw(one["public_key"]) for one in keys["items"]}[told["key"]]
    Ed25519PublicKey.from_public_bytes(public).verify(
        raw(told["signature"]), told["signed"].encode()
    )
    return json.loads(told["signed"])


@pytest.mark.parametrize(("rows", "state", "since", "reason"), STATES)
def test_every_state_is_told_with_its_day_and_reason_and_signed(
    hand_in, ask, look, rows, state, since, reason
):
    for row in rows:
        hand_in(row)
    told = ask(PATH)
    badge, signed = told["badge"], holds(told, ask("/api/v1/keys"))
    assert (badge["state"], badge["since"]) == (state, since)
    assert reason in badge["reason"]
    assert (signed["state"], signed["since"], signed["outlet"]) == (state, since, "A1")
    page = look("/outlets/A1/badge")
    drawing = look("/outlets/A1/badge.svg")
    for shown in (page, drawing):
        assert badge["text"] in shown
        assert (since or "") in shown
        assert reason in shown
    assert ("stroke-dasharray" in drawing) == (state != "active")
    assert ("标牌二维码" in page) == (state == "active")


def test_a_withdrawn_outlet_names_what_took_its_place(hand_in, ask, look):
    hand_in({}, {"定点编码": "A2", "机构名称": "演示新店"})
    hand_in({"状态": "撤销", "替代编码": "A2"})
    assert ask("/api/v1/outlets/A1", status=410)["errors"]["replaced_by"] == "A2"
    told = ask(PATH)
    assert told["replaced_by"] == {"code": "A2", "name": "演示新店"}
    assert [one["state"] for one in told["history"]] == ["withdrawn", "active"]
    assert "演示新店" in look("/outlets/A1/badge")


def test_nobody_has_a_badge_under_a_code_nobody_has(ask, look):
    assert ask("/api/v1/outlets/X/badge", status=404)["message"] == "没有这个机构编码。"
    look("/outlets/X/badge", status=404)
    look("/outlets/X/badge.svg", status=404)


def test_a_forged_statement_does_not_hold(hand_in, ask):
    hand_in({}, SUSPENDED)
    told, keys = ask(PATH), ask("/api/v1/keys")
    told["signed"] = told["signed"].replace("suspended", "active")
    with pytest.raises(InvalidSignature):
        holds(told, keys)


def test_within_the_hour_the_same_is_signed_and_costs_no_second_answer(hand_in, house):
    hand_in({})
    client = house.test_client()
    first = client.get(PATH)
    later(minutes=59)
    again = client.get(PATH, headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304
    later(minutes=61)
    assert client.get(PATH, headers={"If-None-Match": first.headers["ETag"]}).status_code == 200


def test_a_statement_is_good_for_a_day_but_never_beyond_the_badge(hand_in, ask):
    hand_in({})
    signed = json.loads(ask(PATH)["signed"])
    assert (signed["issued_at"], signed["valid_until"]) == (
        "2026-11-24T02:00:00Z", "2026-11-25T02:00:00Z",
    )  # fmt: skip
    hand_in({"三进有效期至": "2026-11-24"})
    # Midnight in the city.
    assert json.loads(ask(PATH)["signed"])["valid_until"] == "2026-11-24T16:00:00Z"
    later(hours=14)
    told = ask(PATH)
    assert (told["badge"]["state"], told["badge"]["since"]) == ("expired", "2026-11-25")
    assert json.loads(told["signed"])["valid_until"] == "2026-11-25T16:00:00Z"


def test_the_edition_that_names_the_outlet_is_told_and_no_other(hand_in, ask, look):
    hand_in({}, {"定点编码": "A2"})
    publish_edition("outlets", [("A1", "甲", {})], effective_on=date(2026, 11, 1))
    assert ask(PATH)["badge"]["edition"] == 1
    assert ask("/api/v1/outlets/A2/badge")["badge"]["edition"] is None
    assert "第 1 版" in look("/outlets/A1/badge.svg")


def test_the_picture_may_stand_in_other_sites_pages_and_needs_nothing(hand_in, house):
    hand_in({"机构名称": "演示 <甲> & 乙"})
    answer = house.test_client().get("/outlets/A1/badge.svg")
    assert answer.mimetype == "image/svg+xml"
    assert answer.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    drawing = answer.get_data(as_text=True)
    assert "演示 &lt;甲&gt; &amp; 乙" in drawing
    assert not re.search(r"href|<style|style=|<script|url\(", drawing)
    assert {"<title", "<desc"} <= set(re.findall(r"<\w+", drawing))


def test_the_page_shows_how_to_verify_and_leads_back(hand_in, look):
    hand_in({})
    page = look("/outlets/A1/badge")
    assert "/api/v1/keys" in page
    assert AN_OUTLET["机构名称"] in page
    assert "/outlets/A1/badge" in look("/outlets/A1")


def test_the_example_of_the_page_about_badges_verifies(hand_in, house):
    hand_in({}, LEFT)
    text = (ROOT / "docs/badges.md").read_text(encoding="utf-8")
    (example,) = re.findall(r"```python\n(.*?)```", text, re.DOTALL)
    server = make_server("127.0.0.1", 0, house, threaded=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        site = f"http://127.0.0.1:{server.server_port}"
        said = subprocess.run(
            [sys.executable, "-c", example, site, "A1"], capture_output=True, text=True, check=True
        )  # fmt: skip
    finally:
        server.shutdown()
    assert "'state': 'left'" in said.stdout
