"""Walking a list by cursor while deliveries arrive: what did not change is seen exactly once."""

from datetime import date
from random import Random

import pytest

from backend.catalog.editions import publish_edition
from backend.db import run
from backend.indexing.draining import tell_index
from backend.intake.kinds import in_silence
from backend.prices.indexing import sources
from tests import makers

OUTLETS, DRUGS = 40, 24
HERE = {"lat": "41.80", "lon": "123.43"}


class Town:
    """A small town that changes: `touched` are the codes no promise is made about."""

    def __init__(self, folder, seed):
        self.folder, self.random, self.touched = folder, Random(seed), set()
        self.outlets = {f"A{n:03d}": self._outlet(n) for n in range(OUTLETS)}
        self.drugs = [makers.A_DRUG | {"通用名": f"演示药{n:02d}片", "药品编码": f"D{n:03d}"}
                      for n in range(DRUGS)]  # fmt: skip
        self._take("drugs", self.drugs)
        self._take("outlets", self.outlets.values())
        sold = [(code, "D000") for code in self.outlets]
        sold += [("A000", row["药品编码"]) for row in self.drugs[1:]]
        self._take("prices", [self._price(*pair, "2026-11-01") for pair in sold])
        self.days = 1

    def _outlet(self, number):
        place = {"纬度": f"{41.80 + self.random.randint(-9, 9) / 1000:.3f}",
                 "经度": f"{123.43 + self.random.randint(-9, 9) / 1000:.3f}"}  # fmt: skip
        name = f"演示{self.random.choice('东西')}{number:03d}店"
        return makers.AN_OUTLET | place | {"定点编码": f"A{number:03d}", "机构名称": name}

    def _price(self, outlet, drug, day):
        price = self.random.choice(
            ["3.40", "3.40", "3.10", f"{self.random.randint(200, 900) / 100}"]
        )
        row = {"定点编码": outlet, "药品编码": drug, "价格": price, "观测日期": day}
        return makers.A_PRICE | row | {"有货": self.random.choice("是否")}

    def _take(self, kind, rows, **how):
        makers.take(kind, makers.sheet(self.folder, list(rows)), **how)
        tell_index(sources(), in_silence)

    def change(self):
        """One delivery: prices, a newcomer, somebody who goes, a move, a drug that comes."""
        deed = self.random.choice([self.reprice, self.appear, self.withdraw, self.move, self.add])
        deed()

    def reprice(self):
        self.days += 1
        codes = self.random.sample(sorted(self.outlets), 5)
        self._take("prices", [self._price(code, "D000", f"2026-11-{self.days:02d}")
                              for code in codes])  # fmt: skip
        self.touched |= set(codes)

    def appear(self):
        number = 100 + len(self.touched)
        row = self._outlet(number)
        self.outlets[row["定点编码"]] = row
        self._take("outlets", [row])
        self._take("prices", [self._price(row["定点编码"], "D000", "2026-11-01")])
        self.touched.add(row["定点编码"])

    def withdraw(self):
        gone = self.random.sample(sorted(self.outlets.keys() - {"A000"}), 3)
        for code in gone:
            self.outlets.pop(code)
        self._take("outlets", self.outlets.values(), whole=True)
        self.touched |= set(gone)

    def move(self):
        code = self.random.choice(sorted(self.outlets.keys() - {"A000"}))
        self.outlets[code] = self._outlet(int(code[1:]))
        self._take("outlets", [self.outlets[code]])
        self.touched.add(code)

    def add(self):
        code = f"D{200 + len(self.touched)}"
        self._take("drugs", [makers.A_DRUG | {
            "通用名": f"演示药{self.random.randint(0, 99)}新片", "药品编码": code}])  # fmt: skip
        self._take("prices", [self._price("A000", code, "2026-11-01")])
        self.touched.add(code)


def outlet_of(item):
    return item["outlet"]["code"]


def code_of(item):
    return item["code"]


def drug_of(item):
    return item["drug"]["code"]


LISTS = {
    "offers, the nearest first": ("/api/v1/offers", {"drug": "D000", **HERE}, outlet_of),
    "offers, the cheapest first": ("/api/v1/offers", {"drug": "D000", "sort": "price"}, outlet_of),
    "offers, balanced": ("/api/v1/offers", {"drug": "D000", "sort": "balanced", **HERE}, outlet_of),
    "offers around": ("/api/v1/offers", {"drug": "D000", "radius_m": 900, **HERE}, outlet_of),
    "outlets": ("/api/v1/outlets", {}, code_of),
    "outlets near": ("/api/v1/outlets", HERE, code_of),
    "outlets by name": ("/api/v1/outlets", {"q": "演示东"}, code_of),
    "drugs": ("/api/v1/drugs", {}, code_of),
    "drugs by name": ("/api/v1/drugs", {"q": "演示药"}, code_of),
    "what an outlet sells": ("/api/v1/outlets/A000", {}, drug_of),
}


@pytest.fixture
def ask(house):
    client = house.test_client()

    def asked(path, *, status=200, **query):
        answer = client.get(path, query_string=query)
        assert answer.status_code == status, answer.get_data(as_text=True)
        return answer.get_json()

    return asked


def walked(ask, path, query, code, *, size=7, between=lambda: None):
    """The codes of every page, with something happening between each two."""
    page = ask(path, **query, page_size=size)
    seen = [code(item) for item in page["items"]]
    while page["next"]:
        between()
        page = ask(path, **query, page_size=size, cursor=page["next"])
        assert page["page"] is None
        seen += [code(item) for item in page["items"]]
    return seen


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("name", LISTS)
def test_what_did_not_change_is_seen_exactly_once(house, ask, tmp_path, name, seed):
    path, query, code = LISTS[name]
    town = Town(tmp_path, seed)
    before = set(walked(ask, path, query, code))
    seen = walked(ask, path, query, code, between=town.change)
    still = [one for one in seen if one not in town.touched]
    assert len(still) == len(set(still)), "seen twice"
    assert set(still) == before - town.touched, "left out"


@pytest.mark.parametrize("name", LISTS)
def test_where_nothing_changes_the_cursor_leads_through_the_pages_in_their_order(
    house, ask, tmp_path, name
):
    path, query, code = LISTS[name]
    Town(tmp_path, seed=7)
    paged, number = [], 1
    while items := ask(path, **query, page_size=7, page=number)["items"]:
        paged += [code(item) for item in items]
        number += 1
    assert walked(ask, path, query, code) == paged
    assert walked(ask, path, query, code, size=100) == paged
    last = ask(path, **query, page_size=7, page=number - 1)
    assert last["next"] is None


def publish(count, effective_on):
    entries = [(f"Y{n:04d}", f"药{n:04d}", {"pack": "", "manufacturer": "", "batch": "",
                "winning_price_fen": n + 1}) for n in range(count)]  # fmt: skip
    return publish_edition("drugs", entries, effective_on=effective_on)


def test_an_edition_that_was_begun_is_read_to_its_end(house, ask):
    publish(30, date(2026, 11, 1))
    path, codes = "/api/v1/lists/drugs/current", []
    seen = walked(ask, path, {}, code_of, between=lambda: publish(20, date(2026, 11, 20)))
    assert seen == sorted(seen)
    assert len(set(seen)) == len(seen) == 30
    assert walked(ask, path, {}, code_of, between=lambda: codes.append(1)) == seen[:20]
    assert walked(ask, "/api/v1/lists/drugs/1", {}, code_of) == seen


@pytest.fixture
def cursors(house, ask, tmp_path):
    """A cursor of each list, by name."""
    Town(tmp_path, seed=1)
    return {
        name: ask(path, **query, page_size=5)["next"] for name, (path, query, _) in LISTS.items()
    }


def test_a_cursor_of_another_question_is_refused_in_words(ask, cursors):
    for name, (path, query, _) in LISTS.items():
        for other, cursor in cursors.items():
            if other != name:
                told = ask(path, status=422, **query, cursor=cursor)
                assert list(told["errors"]) == ["cursor"]
                assert "第一页" in told["errors"]["cursor"][0]


BROKEN = (
    "x", "AAAA", "====", "片", "W10", "e30", "bnVsbA", "WzFd", "W1tbW1tbW10", "\x00", "a" * 1000,
)  # fmt: skip


def test_what_is_no_cursor_is_refused_in_words(ask, cursors):
    for path, query, _ in LISTS.values():
        for cursor in BROKEN:
            assert list(ask(path, status=422, **query, cursor=cursor)["errors"]) == ["cursor"]


def test_a_page_and_a_cursor_at_once_are_refused(ask, cursors):
    told = ask("/api/v1/drugs", status=422, page=2, cursor=cursors["drugs"])
    assert list(told["errors"]) == ["page"]


def test_where_all_that_was_seen_is_gone_the_reader_is_told_to_begin_again(house, ask, tmp_path):
    town = Town(tmp_path, seed=2)
    page = ask("/api/v1/outlets", page_size=5)
    gone = [item["code"] for item in page["items"]]
    run(f"UPDATE outlet SET address = 'elsewhere' WHERE code IN ({', '.join('?' * 5)})", *gone)
    told = ask("/api/v1/outlets", status=409, page_size=5, cursor=page["next"])
    assert told["code"] == "cursor_lost"
    assert "从第一页" in told["message"]
    assert town.outlets


def test_the_page_may_have_another_size_each_time(house, ask, tmp_path):
    Town(tmp_path, seed=3)
    first = ask("/api/v1/outlets", page_size=3)
    rest = ask("/api/v1/outlets", page_size=100, cursor=first["next"])
    assert len(first["items"]) + len(rest["items"]) == first["total"]
