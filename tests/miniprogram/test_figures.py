"""The figures on the page 怎么算的 are those of the API, and both are kept, not computed."""

from backend.prices.models import NightFigures


def test_the_page_and_the_api_tell_the_same(phone):
    told, page = phone.get("/api/v1/figures"), phone.page("/rules")
    assert told["title"] in page
    for one in told["verdicts"]:
        assert f'<td class="number">{one["count"]}</td>' in page
    assert f"{told['drugs']['with_band']} 种有区间" in page
    assert told["worked"]["drug"]["name"] in page
    assert told["worked"]["order"]["items"][0]["text"] in page


def test_the_figures_name_day_publication_and_versions(phone):
    told = phone.get("/api/v1/figures")
    assert told["day"] == "2026-11-24"
    assert told["pack"] == "shenyang-2025-draft.1"
    assert told["drugs"]["method"] == "band-1"
    assert told["publication"] > 0


def test_before_the_first_night_the_page_works_and_the_api_says_so(phone, town):
    NightFigures.delete().execute()
    assert "怎么算" in phone.page("/rules")
    assert "第一个夜里" in phone.get("/api/v1/figures", status=404)["message"]
