"""What is printed, measured in Chromium: real millimetres, nothing cut, as many sheets as told."""

import re

import pytest

from miniprogram_api.paper import A4, BOARD_ROWS, LABELS, SIGNS
from tests.makers import A_DRUG, A_PRICE, AN_OUTLET, many_drugs, sheet, take

PX_PER_MM = 96 / 25.4
MANY = 230
LONG = "注射用重组人粒细胞巨噬细胞集落刺激因子复方电解质葡萄糖缓释微球冻干粉针剂（儿童型）" * 3
NAMES = (
    LONG[:120], "马来酸左旋氨氯地平阿托伐他汀钙缓释片", "Polyethylene-glycol-recombinant" * 2, "药",
)  # fmt: skip

pytestmark = pytest.mark.long

BOXES = """parts => parts.map(part => { const box = part.getBoundingClientRect();
return [box.left, box.top, box.width, box.height]; })"""
# What sticks out of its own box, or of the box of the label or sheet it stands in.
STICKS_OUT = """holders => holders.flatMap(holder => {
  const outer = holder.getBoundingClientRect();
  return [...holder.querySelectorAll('*:not(svg *)')].filter(part => {
    const box = part.getBoundingClientRect(), style = getComputedStyle(part);
    const clamped = style.webkitLineClamp !== 'none';
    const cut = part.clientWidth && (part.scrollWidth > part.clientWidth + 1 ||
      (!clamped && part.scrollHeight > part.clientHeight + 2 && style.overflow === 'hidden'));
    return cut || box.right > outer.right + 1 || box.bottom > outer.bottom + 1;
  }).map(part => part.className + ': ' + part.textContent.slice(0, 20)); })"""


@pytest.fixture
def stocked(house, tmp_path):
    """An outlet that sells hundreds of drugs, some with names that fill any label."""
    long = [
        A_DRUG | {"通用名": name, "药品编码": f"L{n}", "生产企业": "甲" * 60 + "有限公司",
                  "包装": "0.5g*60", "规格": "0.5g"}
        for n, name in enumerate(NAMES)
    ]  # fmt: skip
    drugs = many_drugs(MANY - len(long))
    take("drugs", sheet(tmp_path, drugs + long))
    take("outlets", sheet(tmp_path, [AN_OUTLET | {"机构名称": "演示县域医共体成员单位" * 8}]))
    prices = [
        A_PRICE | {"药品编码": row["药品编码"], "价格": "123456.78" if row in long else "3.40"}
        for row in drugs + long
    ]
    take("prices", sheet(tmp_path, prices))
    return house


@pytest.fixture
def paper(chromium, stocked):
    """`paper(path)` → the page in Chromium as it would be printed."""
    client, opened = stocked.test_client(), []

    def answer(route):
        told = client.get(route.request.url.removeprefix("http://house.test"))
        headers = {"Content-Type": told.content_type}
        route.fulfill(status=told.status_code, body=told.data, headers=headers)

    def show(path, width=794):
        page = chromium.new_page(viewport={"width": width, "height": 1123})
        opened.append(page)
        page.route("**/*", answer)
        page.emulate_media(media="print")
        page.goto(f"http://house.test{path}")
        return page

    yield show
    for page in opened:
        page.close()


def in_mm(page, selector):
    """(left, top, width, height) of every such part in millimetres."""
    return [
        [side / PX_PER_MM for side in box] for box in page.eval_on_selector_all(selector, BOXES)
    ]


def pages_of(pdf):
    """The size of every page of a PDF in millimetres."""
    boxes = re.findall(rb"/MediaBox\s*\[0 0 ([\d.]+) ([\d.]+)\]", pdf)
    assert len(boxes) == len(re.findall(rb"/Type\s*/Page\b", pdf))
    return [tuple(round(float(side) / 72 * 25.4) for side in box) for box in boxes]


@pytest.mark.parametrize("size", LABELS)
def test_a_label_has_the_size_it_is_said_to_have_and_a_sheet_as_many(paper, size):
    page, label = paper(f"/outlets/A1/labels?size={size}"), LABELS[size]
    boxes = in_mm(page, ".tag-paper")
    assert len(boxes) == MANY
    for _, _, width, height in boxes:
        assert width == pytest.approx(label.width, abs=0.3)
        assert height == pytest.approx(label.height, abs=0.3)
    sheets = -(-MANY // label.on_a_sheet)
    assert pages_of(page.pdf(prefer_css_page_size=True)) == [A4] * sheets
    # Nothing lies in the margin printers cannot reach.
    first = in_mm(page, ".sheet:first-child .tag-paper")
    assert min(left for left, *_ in first) >= 5
    assert max(top + height for _, top, _, height in first) <= A4[1] - 5


@pytest.mark.parametrize("size", LABELS)
def test_no_name_however_long_leaves_its_label_or_hides_the_prices(paper, size):
    page = paper(f"/outlets/A1/labels?size={size}")
    assert page.eval_on_selector_all(".tag-paper", STICKS_OUT) == []
    assert page.locator(".tag-prices b").count() == 2 * MANY


def test_one_drug_is_one_label_on_one_sheet(paper):
    page = paper("/outlets/A1/labels?drug=D0001")
    assert page.locator(".tag-paper").count() == 1
    assert pages_of(page.pdf(prefer_css_page_size=True)) == [A4]


@pytest.mark.parametrize("size", SIGNS)
def test_a_counter_sign_fills_one_sheet_and_its_code_is_large_enough(paper, size):
    page = paper(f"/outlets/A1/sign?size={size}")
    assert pages_of(page.pdf(prefer_css_page_size=True)) == [SIGNS[size]]
    assert page.eval_on_selector_all(".sheet", STICKS_OUT) == []
    ((_, _, width, _),) = in_mm(page, ".sheet .qr")
    squares = int(page.get_attribute(".sheet .qr", "viewBox").split()[2])
    assert width >= 30
    assert width / squares >= 0.5


def test_a_notice_board_is_numbered_and_can_be_read_from_afar(paper):
    page = paper("/outlets/A1/board")
    sheets = -(-MANY // BOARD_ROWS)
    assert pages_of(page.pdf(prefer_css_page_size=True)) == [A4] * sheets
    assert page.locator("thead").count() == sheets
    assert page.locator(".board-page").last.text_content() == f"第 {sheets} 张，共 {sheets} 张"
    assert page.eval_on_selector_all(".sheet", STICKS_OUT) == []
    usual = page.eval_on_selector_all(
        ".board-name.fit-0, .board td b:not(.long)",
        "parts => parts.map(part => parseFloat(getComputedStyle(part).fontSize))",
    )
    assert min(usual) / PX_PER_MM >= 7.5


@pytest.mark.parametrize("path", ["labels", "sign", "board"])
def test_nothing_of_the_site_is_on_the_paper(paper, path):
    page = paper(f"/outlets/A1/{path}?drug=D0001")
    assert page.locator("header:visible, footer:visible, nav:visible").count() == 0


@pytest.mark.parametrize("path", ["print", "sign", "badge", "labels?drug=D0001"])
@pytest.mark.parametrize("width", [320, 390])
def test_on_a_phone_only_the_paper_itself_is_wider_than_the_screen(paper, path, width):
    page = paper(f"/outlets/A1/{path}", width)
    page.emulate_media(media="screen")
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_print_button_is_there_where_scripts_are(paper):
    page = paper("/outlets/A1/sign")
    page.emulate_media(media="screen")
    assert page.locator("[data-print]").is_visible()
