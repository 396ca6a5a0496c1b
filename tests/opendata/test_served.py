"""The files as a browser or a program asks for them, and the page that lists them."""

import hashlib
import json
import re

import pytest

from backend.opendata import folders
from tests.opendata.conftest import TODAY
from tests.opendata.shops import asked, hand_in, open_shops, opened

DB = f"/data/{TODAY}/sanjin.db"


@pytest.fixture
def day(house, tmp_path):
    """A small house with its data of today; the folder of the day."""
    open_shops(tmp_path)
    hand_in(tmp_path, asked(0, 0, "3.40"))
    return opened(tmp_path)


@pytest.fixture
def get(house):
    """get(path, **headers) → the answer."""

    def ask(path, method="GET", **headers):
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return house.test_client().open(path, method=method, headers=named)

    return ask


def test_a_file_comes_as_it_lies_there_with_its_checksum_as_its_mark(get, day):
    answer = get(DB, Accept_Encoding="gzip")
    kept = (day / "sanjin.db").read_bytes()
    assert answer.data == kept
    assert answer.headers["ETag"] == f'"{hashlib.sha256(kept).hexdigest()}"'
    assert answer.headers["Content-Disposition"] == "attachment; filename=sanjin.db"
    assert answer.headers["Accept-Ranges"] == "bytes"
    assert int(answer.headers["Content-Length"]) == len(kept)


@pytest.mark.parametrize(
    ("name", "kind"),
    [("price.csv", "text/csv; charset=utf-8"), ("price.jsonl.gz", "application/gzip"),
     ("sanjin.db", "application/vnd.sqlite3"), ("datapackage.json", "application/json"),
     ("dictionary.md", "text/markdown; charset=utf-8"), ("SHA256SUMS", "text/plain; charset=utf-8"),
     ("pack-shenyang-2025-draft.1.toml", "application/toml")],
)  # fmt: skip
def test_each_file_says_what_it_is_and_is_not_packed_again(get, day, name, kind):
    answer = get(f"/data/{TODAY}/{name}", Accept_Encoding="gzip")
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, kind)
    assert "Content-Encoding" not in answer.headers
    assert answer.is_streamed
    assert answer.data == (day / name).read_bytes()


def test_a_download_that_broke_off_goes_on_where_it_stopped(get, day):
    kept = (day / "sanjin.db").read_bytes()
    first = get(DB, Range="bytes=0-99")
    assert (first.status_code, first.data) == (206, kept[:100])
    assert first.headers["Content-Range"] == f"bytes 0-99/{len(kept)}"
    rest = get(DB, Range="bytes=100-", If_Range=first.headers["ETag"])
    assert (rest.status_code, first.data + rest.data) == (206, kept)
    assert get(DB, Range="bytes=-7").data == kept[-7:]


def test_a_download_of_what_changed_meanwhile_begins_anew(get, day, house, tmp_path):
    first = get(DB, Range="bytes=0-99")
    hand_in(tmp_path, asked(1, 0, "3.50"))
    opened(tmp_path)
    again = get(DB, Range="bytes=100-", If_Range=first.headers["ETag"])
    assert again.status_code == 200
    assert again.data == (day / "sanjin.db").read_bytes()
    assert again.headers["ETag"] != first.headers["ETag"]
    assert get(DB, If_None_Match=first.headers["ETag"]).status_code == 200


def test_a_range_beyond_the_end_is_refused(get, day):
    assert get(DB, Range="bytes=999999999-").status_code == 416


def test_what_is_known_already_costs_no_bytes(get, day):
    mark = get(DB).headers["ETag"]
    again = get(DB, If_None_Match=mark)
    assert (again.status_code, again.data, again.headers["ETag"]) == (304, b"", mark)


def test_the_head_alone_tells_size_and_mark(get, day):
    head, whole = get(DB, "HEAD"), get(DB)
    assert head.data == b""
    for name in ("Content-Length", "ETag", "Content-Type", "Accept-Ranges"):
        assert head.headers[name] == whole.headers[name]


def test_a_file_is_sent_a_piece_at_a_time(get, day):
    (day / "sanjin.db").write_bytes(b"x" * 3_000_000)
    pieces = [len(piece) for piece in get(DB).iter_encoded()]
    assert max(pieces) <= 64 * 1024
    assert sum(pieces) == 3_000_000


def test_the_newest_is_always_found_under_one_address(get, day):
    answer = get("/data/latest/price.csv")
    assert (answer.status_code, answer.location) == (302, f"/data/{TODAY}/price.csv")
    assert get("/data/latest/nothing.csv").status_code == 404


@pytest.mark.parametrize(
    "path",
    ["/data/../sanjin.db", f"/data/{TODAY}/..%2F..%2F..%2Fsanjin.db",
     f"/data/{TODAY}/%2Fetc%2Fpasswd",
     "/data/.kept/x", "/data/..%2F..%2Fetc/passwd", f"/data/{TODAY}/..", f"/data/{TODAY}/",
     f"/data/{TODAY}/.", "/data/2020-01-01/price.csv", f"/data/{TODAY}/price.csv%00",
     f"/data/{TODAY}/extra.txt", "/data/latest/..%2F..%2Fsanjin.db"],
)  # fmt: skip
def test_no_path_leads_out_of_the_folder_or_to_what_was_not_published(get, day, path):
    (day / "extra.txt").write_text("astray")
    assert get(path).status_code == 404


def test_the_listing_for_programs_tells_every_file_with_its_checksum(get, day):
    told = get("/api/v1/data").json
    assert told["latest"] == TODAY.isoformat()
    (one,) = told["days"]
    assert {f["name"]: f["sha256"] for f in one["files"]}.items() >= folders.sums(day).items()
    assert one["bytes"] == sum(f["bytes"] for f in one["files"])
    for file in one["files"]:
        assert hashlib.sha256(get(file["url"]).data).hexdigest() == file["sha256"]


def test_the_page_tells_all_there_is(get, day):
    page = get("/data").get_data(as_text=True)
    for words in ("现价和判定", "JSON Lines", "SHA256SUMS", "recompute.py", "由市医疗保障局决定",
                  "怎么引用", "至少 10 次", "演示数据", "shenyang-2025-draft.1"):  # fmt: skip
        assert words in page
    names = {path.name for path in day.iterdir()}
    linked = re.findall(rf"/data/{TODAY}/([^\"]+)\"", page)
    assert set(linked) == names


def test_days_gone_by_are_listed_and_those_beyond_the_nights_are_not(get, day, tmp_path):
    opened(tmp_path, TODAY.replace(day=25))
    page = get("/data").get_data(as_text=True)
    assert "以前各天" in page
    assert f'href="{DB}"' in page


def test_before_the_first_the_page_says_when_it_comes_and_how_to_have_it_now(get, house):
    page = get("/data").get_data(as_text=True)
    assert "每天 0:40 公布" in page
    assert "flask data publish" in page
    assert get("/api/v1/data").json == {
        "title": "三进通开放数据", "latest": None, "days": [],
        "next": {"at": "0:40", "command": "flask data publish"},
    }  # fmt: skip
    assert get("/data/latest/sanjin.db").status_code == 404


def test_the_metadata_is_what_datasette_reads(day):
    told = json.loads((day / "metadata.json").read_text(encoding="utf-8"))
    assert set(told["databases"]) == {"sanjin"}
