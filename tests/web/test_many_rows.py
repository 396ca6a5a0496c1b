"""Pages of a town that is larger, longer or emptier than the demonstration."""

import gzip
import re
from datetime import date

import pytest

from backend.catalog.editions import publish_edition
from tests.makers import A_DRUG, A_PRICE, AN_OUTLET, many_drugs, sheet, take

MANY = 10_000
LONG = "县域医共体成员单位" + "沈阳市沈北新区黄家街道某某村" * 3 + "村卫生室（第一分部）"
PAGES = (
    "/", "/search?q=二甲双胍", "/search?category=hypertension", "/outlets", "/map",
    "/map?district=210103", "/lists", "/rules", "/about", "/place", "/offline",
)  # fmt: skip


def weigh(client, path):
    """The page's text and how many bytes of it travel."""
    answer = client.get(path, follow_redirects=True)
    assert answer.status_code == 200, path
    text = answer.get_data(as_text=True)
    return text, len(gzip.compress(text.encode()))


@pytest.fixture
def crowd(house):
    """Two editions of ten thousand outlets, half of them other ones; the outlets of 沈河区."""
    names = [(f"A{n:05d}", f"演示社区卫生服务站{n:05d}") for n in range(MANY + MANY // 2)]
    for first in (0, MANY // 2):
        entries = ((code, name, {"district": "沈河区"}) for code, name in names[first:][:MANY])
        publish_edition("outlets", entries, effective_on=date(2026, 11, 1))
    return house.test_client()


def test_an_edition_of_ten_thousand_is_a_light_page(crowd):
    page, weight = weigh(crowd, "/lists/outlets/2")
    assert "10000 家机构" in page
    assert "第 1 页，共 200 页" in page
    assert weight < 100_000


@pytest.mark.parametrize("kind", ["added", "removed"])
def test_what_five_thousand_came_and_went_is_paged_too(crowd, kind):
    page, weight = weigh(crowd, f"/lists/outlets/2?show={kind}")
    assert "第 1 页，共 100 页" in page
    assert f"show={kind}&amp;page=2" in page
    assert weight < 100_000


def test_one_name_is_found_among_ten_thousand(crowd):
    page, _ = weigh(crowd, "/lists/outlets/2?q=站12345")
    assert "演示社区卫生服务站12345" in page
    assert page.count('class="row"') == 1


def test_an_outlet_with_six_hundred_drugs_is_paged(house, tmp_path):
    take("drugs", sheet(tmp_path, many_drugs(600)))
    take("outlets", sheet(tmp_path, [AN_OUTLET]))
    take("prices", sheet(tmp_path, [A_PRICE | {"药品编码": f"D{n:04d}"} for n in range(600)]))
    page, weight = weigh(house.test_client(), "/outlets/A1")
    assert "这里的三进药品 600" in page
    assert "共 30 页" in page
    assert weight < 100_000


def test_three_thousand_outlets_of_one_district_are_a_light_map(house, tmp_path):
    """Marks are counted where they lie too close; the list beside is paged."""
    take("outlets", sheet(tmp_path, [
        AN_OUTLET | {"定点编码": f"A{n:05d}", "机构名称": f"演示{n:05d}",
                     "纬度": f"{41.78 + n % 50 * 0.0008:.4f}",
                     "经度": f"{123.44 + n // 50 % 60 * 0.0004:.4f}"}
        for n in range(3000)
    ]))  # fmt: skip
    client = house.test_client()
    page, weight = weigh(client, "/map?district=210103")
    assert "图上只画最近的 2000 家" in page
    assert page.count('class="map-reach"') < 120
    assert weight < 100_000


@pytest.fixture
def long_names(house, tmp_path):
    """One outlet, one drug, one price, each as long as it may be."""
    firm = "某某某某（集团）生物化学制药技术开发股份有限公司" * 2
    take("drugs", sheet(tmp_path, [A_DRUG | {
        "生产企业": firm, "药品编码": "D1", "中选价": "9999999.99",
        "通用名": "注射用重组人粒细胞巨噬细胞刺激因子聚乙二醇化缓释微球制剂"}]))  # fmt: skip
    take("outlets", sheet(tmp_path, [AN_OUTLET | {"机构名称": LONG, "地址": LONG}]))
    take("prices", sheet(tmp_path, [A_PRICE | {"药品编码": "D1", "价格": "9999999.99"}]))
    return house.test_client()


@pytest.mark.parametrize(
    "path", ["/outlets", "/outlets/A1", "/offers?drug=D1", "/drugs/D1", "/map?district=210103"]
)
def test_the_longest_names_and_prices_are_shown_whole(long_names, path):
    page, _ = weigh(long_names, path)
    assert (LONG in page) or "/drugs/" in path
    assert re.search(r"9999999\.99", page) or path in ("/outlets", "/map?district=210103")


@pytest.mark.parametrize("path", PAGES)
def test_an_empty_house_answers_every_page_decently(house, path):
    page, weight = weigh(house.test_client(), path)
    assert "三进通" in page
    assert "None" not in page
    assert weight < 100_000


@pytest.mark.parametrize("path", PAGES)
def test_a_house_with_one_row_answers_every_page_decently(long_names, path):
    page, _ = weigh(long_names, path)
    assert "None" not in page
