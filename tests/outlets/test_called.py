"""Outlets are found by what people call them, on every engine."""

from urllib.parse import parse_qs, urlsplit

import pytest

from backend.indexing.rebuilding import rebuild
from backend.outside import outside
from backend.prices.finding import outlets
from backend.prices.indexing import sources
from backend.prices.mapped import outlets_on_map
from tests.makers import sheet, take
from tests.outlets.called import QUESTIONS, rows
from tests.search.meili_server import MEILI, opened

URLS = {"sqlite": "sqlite:///{folder}/outlets.db"} | ({"meili": MEILI} if MEILI else {})


@pytest.fixture(params=URLS)
def city(request, town, tmp_path):
    """The demonstration and ten outlets more, in an index of each engine."""
    take("outlets", sheet(tmp_path, rows()))
    before = outside.index
    with opened(URLS[request.param].format(folder=tmp_path)) as index:
        outside.index = index
        rebuild("outlets", sources()["outlets"])
        yield town.test_client()
    outside.index = before


def taken(found):
    """What was taken for a filter, as one string; "" where nothing was."""
    meant = found["understood"]
    if not meant or not meant["applied"]:
        return ""
    return "".join(one["name"] for one in meant["districts"]) + meant["said"]


def is_right(found, wanted):
    names = [one["name"] for one in found["items"]]
    if isinstance(wanted, str):
        return bool(names) and found["items"][0]["code"] == wanted
    return bool(names) and all(any(part in name for part in wanted) for name in names)


def test_every_question_has_its_answer(city):
    wrong = []
    for words, wanted, filtered in QUESTIONS:
        found = outlets(words, page_size=50)
        if not is_right(found, wanted) or taken(found) != filtered:
            wrong.append((words, [one["name"] for one in found["items"]][:3], taken(found)))
    assert wrong == [], "\n".join(map(str, wrong))
    assert len(QUESTIONS) >= 60


def test_the_list_and_the_map_understand_the_same(city):
    for words, *_ in QUESTIONS[::4]:
        listed, mapped = outlets(words), outlets_on_map(words)
        assert mapped["understood"] == listed["understood"]
        assert [one["code"] for one in mapped["items"]] == [one["code"] for one in listed["items"]]


def test_what_is_chosen_beside_the_words_is_not_overruled(city):
    found = outlets("铁西区的药店", district="210103")
    assert found["understood"] is None
    assert {one["district"]["code"] for one in found["items"]} <= {"210103"}
    found = outlets("铁西区的药店", kind="single_pharmacy")
    assert {one["kind"]["code"] for one in found["items"]} == {"single_pharmacy"}
    assert {one["district"]["code"] for one in found["items"]} == {"210106"}


def test_the_words_can_be_taken_as_they_are(city):
    found = outlets("铁西那个", literal=True)
    assert found["total"] == 0
    assert (found["understood"]["applied"], found["understood"]["districts"][0]["name"]) == (
        False, "铁西区",
    )  # fmt: skip


def test_pages_with_a_cursor_go_on_in_the_same_reading(city):
    first = outlets("铁西区的药店", page_size=5)
    second = outlets("铁西区的药店", page_size=5, cursor=first["next"])
    both = [one["code"] for page in (first, second) for one in page["items"]]
    assert len(set(both)) == 10
    assert all(code.startswith("DEMO210106") for code in both)


def test_facets_count_the_other_districts_too(city):
    found = outlets("铁西区的药店")
    assert len(found["facets"]["district"]) == 13
    assert sum(one["count"] for one in found["facets"]["kind"]) > found["total"]


def test_the_page_says_what_it_filtered_by_and_undoes_it(city):
    page = city.get("/outlets?badge=all&q=铁西区的药店").get_data(as_text=True)
    assert "按“铁西区、药店”筛选" in page
    undone = city.get("/outlets?badge=all&q=铁西区的药店&literal=true").get_data(as_text=True)
    assert "照名称查“铁西区的药店”" in undone
    assert "只看“铁西区、药店”" in undone
    assert "按“药店”筛选" in city.get("/map?q=附近的药店").get_data(as_text=True)
    named = city.get("/outlets?badge=all&q=铁西区中医院").get_data(as_text=True)
    assert "筛选。" not in named


def test_the_map_goes_to_the_district_one_names(city):
    answer = city.get("/map?q=铁西区的药店&badge=all")
    assert answer.status_code == 302
    assert parse_qs(urlsplit(answer.location).query) == {
        "q": ["药店"], "district": ["210106"], "badge": ["all"],
    }  # fmt: skip
    shown = city.get(answer.location).get_data(as_text=True)
    assert "铁西区" in shown
    assert "按“药店”筛选" in shown
    literally = city.get("/map?q=铁西区的药店&badge=all&literal=true")
    assert literally.status_code == 200
