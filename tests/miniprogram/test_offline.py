"""What the service worker keeps: files, one page, and nothing about anybody."""

import json
import re

from miniprogram_api.assets import stamped


def kept(text):
    return json.loads(re.search(r"const FILES = (\[.*?\]);", text)[1])


def test_the_worker_keeps_the_files_by_their_marks_and_one_page(phone):
    text = phone.page("/sw.js")
    assert kept(text) == [stamped(name) for name in ("app.css", "app.js", "favicon.svg")]
    assert 'const PAGE = "/offline";' in text
    assert text.count("caches.open") == 1, "nothing is put in later"
    assert ".put(" not in text


def test_the_worker_is_asked_for_again_and_may_rule_the_whole_site(town):
    answer = town.test_client().get("/sw.js")
    assert answer.mimetype == "text/javascript"
    assert "no-cache" in answer.headers["Cache-Control"]
    page = town.test_client().get("/")
    assert "worker-src 'self'" in page.headers["Content-Security-Policy"]


def test_the_page_has_the_telephone_and_no_price_and_no_place(phone):
    page = phone.page("/offline")
    assert 'href="tel:12393"' in page
    assert not re.search(r"\d+\.\d\d 元", page)
    assert "选地方" in page


def test_it_needs_no_data(house):
    assert house.test_client().get("/offline").status_code == 200
