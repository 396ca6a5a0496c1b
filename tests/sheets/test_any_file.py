"""Whatever is in a file, it is read as it stands or refused with a sentence."""

import csv
import io
import random
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.utils import get_column_letter

from backend.sheets.merges import Filler, merged_ranges, place_of
from backend.sheets.packages import opened
from backend.sheets.reading import Unreadable, open_sheet
from tests.sheets.makers import GOOD, HEADER, PRICES, book_file, csv_file, rows_of

# What a person can type; GB18030 holds all of it.
TYPED = st.text(
    st.characters(exclude_categories=("Cs", "Cc", "Cf", "Co", "Cn")), min_size=1, max_size=12
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("sheets")


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.lists(TYPED, min_size=3, max_size=8), min_size=1, max_size=5),
    st.sampled_from(["utf-8", "utf-8-sig", "gb18030"]),
)
def test_a_csv_gives_back_the_cells_that_were_written(folder, lines, encoding):
    text = io.StringIO()
    csv.writer(text).writerows([HEADER, *lines])
    path = folder / "a.csv"
    path.write_bytes(text.getvalue().encode(encoding))
    sheet = open_sheet(path, PRICES)
    assert [cells for _, cells in sheet.lines()] == [list(HEADER), *lines]
    assert all(row.values.keys() == PRICES.by_key.keys() for row in sheet.rows())


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_after_a_header_are_rows_or_a_sentence(folder, content):
    path = folder / "b.csv"
    path.write_bytes(",".join(HEADER).encode() + b"\n" + content)
    try:
        rows = rows_of(path)
    except Unreadable as unreadable:
        rows = []
        words = unreadable.words
    else:
        words = "。"
    assert words.endswith("。")
    assert all(row.number > 1 for row in rows)


def test_a_workbook_with_bytes_turned_over_is_read_or_refused(folder):
    whole = book_file(folder, HEADER, *[GOOD] * 50).read_bytes()
    chance = random.Random(20260301)
    outcomes = set()
    for _ in range(150):
        spoilt = bytearray(whole)
        for _ in range(chance.randrange(1, 6)):
            spoilt[chance.randrange(len(spoilt))] ^= 1 << chance.randrange(8)
        path = folder / "c.xlsx"
        path.write_bytes(spoilt)
        try:
            outcomes.add(len(rows_of(path)))
        except Unreadable as unreadable:
            outcomes.add(unreadable.words[-1])
    assert outcomes <= {50, "。"}


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_a_part_with_bytes_changed_is_read_or_refused(folder, data):
    """The checksum is made right again, so the XML itself is what is wrong."""
    source = book_file(folder, HEADER, GOOD, name="whole.xlsx")
    path = folder / "d.xlsx"
    with zipfile.ZipFile(source) as before, zipfile.ZipFile(path, "w") as after:
        chosen = data.draw(st.sampled_from(sorted(before.namelist())))
        for part in before.namelist():
            content = bytearray(before.read(part))
            if part == chosen:
                at = data.draw(st.integers(0, len(content) - 1))
                content[at : at + data.draw(st.integers(0, 3))] = data.draw(st.binary(max_size=3))
            after.writestr(part, bytes(content))
    try:
        assert len(rows_of(path)) <= 1
    except Unreadable as unreadable:
        assert unreadable.words.endswith("。")  # noqa: PT017 (either outcome is right)


@given(st.integers(1, 18_278))
def test_column_letters_count_like_a_spreadsheets(place):
    assert place_of(get_column_letter(place)) == place - 1


@given(st.integers(1, 30), st.integers(0, 5), st.integers(0, 5), st.integers(0, 3))
def test_a_merge_fills_its_rectangle_and_nothing_else(top, left, down, across):
    filler = Filler([(top, left, top + down, left + across)])
    for number in range(1, top + down + 3):
        cells = [""] * left + (["值"] if number == top else [""]) + ["", "", "", "", "其他"]
        before = list(cells)
        filler.fill(number, cells)
        inside = range(left, left + across + 1) if top <= number <= top + down else ()
        assert [c or None for c in cells] == [
            "值" if place in inside else old or None for place, old in enumerate(before)
        ]


def test_merges_are_found_across_two_reads(folder):
    for padding in range(65_480, 65_540):
        text = b" " * padding + b'<mergeCell ref="A1:B2"/><x:mergeCell  ref = "AA3:AB40" />'
        assert merged_ranges(io.BytesIO(text)) == [(1, 0, 2, 1), (3, 26, 40, 27)]


def test_damage_met_later_in_a_package_is_a_sentence_too(folder):
    path = book_file(folder, HEADER, GOOD, name="e.xlsx")
    with pytest.raises(Unreadable, match="已损坏"), opened(path):
        raise zipfile.BadZipFile


def test_an_old_line_ending_is_a_line_ending(folder):
    path = csv_file(folder, HEADER, GOOD)
    path.write_bytes(path.read_bytes().replace(b"\r\n", b"\r"))
    assert len(rows_of(path)) == 1
