"""The log of what changed: written with the offers, each fact once, by the published rule."""

from collections import defaultdict
from datetime import date
from itertools import count

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from backend.db import database, run
from backend.history.feed import KINDS, facts_after
from backend.history.rules import Seen, changes, shown
from backend.history.wording import FACTS, fact
from backend.intake import actions as intake
from backend.intake.models import Delivery, Publication
from backend.prices.models import PriceFact
from backend.prices.sheetkinds import sheet_kinds
from tests.history.conftest import on
from tests.makers import checked, sheet, visible

# How the rules name what the feed tells.
CODES = {"down": "price_down", "up": "price_up", "first": "first_sold",
         "withdrawn": "no_longer_sold", "restocked": "restocked",
         "sold_out": "sold_out"}  # fmt: skip


def told(cursor="", **asked):
    """The kinds and prices of the facts there are."""
    return [(one.kind, one.before_fen, one.after_fen) for one in facts_after(cursor, **asked).facts]


def test_each_thing_that_happens_to_an_offer_is_a_fact(shop):
    shop(on(1, "3.40"))
    shop(on(2, "3.10"))
    shop(on(3, "3.50", 有货="否"))
    shop(on(4, "3.50", 有货="是"))
    shop(on(5, "3.50", 状态="停售"))
    shop(on(6, "3.60"))
    assert told() == [
        ("first_sold", None, 340), ("price_down", 340, 310), ("price_up", 310, 350),
        ("sold_out", 310, 350), ("restocked", 350, 350), ("no_longer_sold", 350, None),
        ("first_sold", None, 360),
    ]  # fmt: skip


def test_what_changes_nothing_that_is_shown_is_no_fact(shop):
    shop(on(5, "3.40"))
    before = told()
    shop(on(5, "3.40"))
    shop(on(6, "3.40"))
    shop(on(4, "3.10"))
    shop(on(6, "3.10", 来源="居民反映"))
    assert told() == before


def test_a_fact_is_seen_with_its_publication_and_not_before(shop, tmp_path):
    shop(on(1, "3.40"))
    cursor = facts_after().next
    row = {"定点编码": "A0000", "药品编码": "D0000", "来源": "机构申报"} | on(2, "3.10")
    delivery = checked("prices", sheet(tmp_path, [row]))
    with database.atomic():
        number = Publication.current() + 1
        claimed = Delivery.update(state="publishing", number=number)
        claimed.where(Delivery.id == delivery.id).execute()
    delivery = Delivery.get_by_id(delivery.id)
    sheet_kinds()["prices"].write(delivery, lambda *_: None)
    assert PriceFact.select().count() == 2
    assert told(cursor) == []
    assert facts_after(cursor).next == cursor
    intake.resume(sheet_kinds())
    assert told(cursor) == [("price_down", 340, 310)]


def test_what_residents_handed_in_is_told_inside_and_not_outside(shop):
    shop(on(1, "3.40"))
    shop(on(2, "3.90", 来源="居民反映"))
    shop(on(3, "3.30"))
    shop(on(4, "3.20"))
    assert told() == [
        ("first_sold", None, 340), ("price_up", 340, 390), ("price_down", 390, 330),
        ("price_down", 330, 320),
    ]  # fmt: skip
    assert told(only_open=True) == [("first_sold", None, 340), ("price_down", 330, 320)]


def test_pages_by_cursor_give_every_fact_once_while_more_come(shop):
    numbers = count(1)
    seen, cursor = [], ""
    for yuan in ("3.40", "3.10", "3.20"):
        shop(*(on(next(numbers), yuan, 定点编码=f"A000{n}") for n in range(3)))
        more = True
        while more:
            page = facts_after(cursor, 2)
            seen += [(one.outlet_id, one.number, one.kind) for one in page.facts]
            cursor, more = page.next, page.more
    assert len(seen) == len(set(seen)) == PriceFact.select().count() == 9
    assert facts_after(cursor, 2) == ([], cursor, False)


def test_facts_of_one_outlet_or_one_drug(shop):
    shop(on(1), on(1, 定点编码="A0001"), on(1, 药品编码="D0001"))
    one, two = (facts_after(outlet_id=id_).facts for id_ in (1, 2))
    assert [fact.drug_id for fact in one] == [1, 2]
    assert [fact.drug_id for fact in two] == [1]
    assert [fact.outlet_id for fact in facts_after(drug_id=1).facts] == [1, 2]
    assert len(facts_after(drug_id=2, outlet_id=1).facts) == 1


SOURCES = {"居民反映": 1, "机构申报": 2, "价格监测": 3, "购药小票": 4, "现场检查": 5}
observation = st.fixed_dictionaries(
    {
        "outlet": st.sampled_from(["A0000", "A0001"]),
        "day": st.integers(1, 4),
        "yuan": st.sampled_from(["3.10", "3.40", "3.50"]),
        "stock": st.sampled_from(["是", "否", ""]),
        "source": st.sampled_from(list(SOURCES)),
        "state": st.sampled_from(["在售", "在售", "停售"]),
    }
)


@settings(
    max_examples=12, deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)  # fmt: skip
@given(sheets=st.lists(st.lists(observation, min_size=1, max_size=3), min_size=1, max_size=5))
def test_offers_and_facts_are_those_of_the_rules_for_whatever_is_handed_in(shop, sheets):
    """What the SQL of the intake does is held against the rules, observation by observation."""
    for table in ("price_fact", "offer", "observation", "delivery"):
        run(f"DELETE FROM {table}")
    numbers, found, facts = count(1), defaultdict(list), defaultdict(list)
    for rows in sheets:
        # Of one outlet one row a sheet: two that contradict would be refused.
        by_outlet = {row["outlet"]: row for row in rows}
        shop(*(_as_row(row) for row in by_outlet.values()))
        for code, row in by_outlet.items():
            after = Seen(date(2026, 11, row["day"]), SOURCES[row["source"]], next(numbers),
                         int(row["yuan"].replace(".", "")), _stock(row["stock"]),
                         row["state"] == "在售")  # fmt: skip
            if any(after._replace(number=one.number) == one for one in found[code]):
                continue
            before = shown(found[code])
            found[code].append(after)
            if max(found[code], key=lambda one: one.rank) is after:
                facts[code] += sorted(CODES[kind] for kind in changes(before, after))
    assert {code: fen for _, code, fen, _ in visible()} == {
        code: one.price_fen for code, seen in found.items() if (one := shown(seen))
    }
    written = defaultdict(list)
    for one in facts_after().facts:
        written[f"A000{one.outlet_id - 1}"].append(one.kind)
    assert {code: sorted(made) for code, made in written.items()} == {
        code: sorted(made) for code, made in facts.items() if made
    }


def _as_row(row):
    return on(row["day"], row["yuan"], 定点编码=row["outlet"], 有货=row["stock"],
              来源=row["source"], 状态=row["state"])  # fmt: skip


def _stock(word):
    return {"是": True, "否": False, "": None}[word]


@pytest.mark.parametrize("kind", KINDS.values())
def test_every_kind_has_its_word(kind):
    assert fact(kind, 480, 435).startswith(FACTS[kind])
