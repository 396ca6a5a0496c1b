"""A basket asked of the API: one question by POST, answered in plans, kept by nobody."""

import logging

import pytest

PATH = "/api/v1/baskets"
METFORMIN, AMLODIPINE, LOSARTAN = "Y0C7BAP1ZXC", "YF8X82T204N", "YSPY6RGPE33"
HERE = {"lat": 41.796, "lon": 123.455}


def drugs(*codes):
    return [{"drug": code} for code in codes]


@pytest.fixture
def ask(town):
    client = town.test_client()

    def asked(body, status=200):
        answer = client.post(PATH, json=body)
        assert answer.status_code == status, answer.get_data(as_text=True)
        return answer.get_json()

    return asked


def test_the_plans_are_told_with_outlets_packs_prices_verdicts_and_sums(ask):
    told = ask({"drugs": drugs(METFORMIN, AMLODIPINE, LOSARTAN), **HERE})
    assert 1 < len(told["plans"]) <= 6
    assert told["found"] >= len(told["plans"])
    for plan in told["plans"]:
        lines = [line for stop in plan["stops"] for line in stop["lines"]]
        assert sorted(line["drug"] for line in lines) == sorted([METFORMIN, AMLODIPINE, LOSARTAN])
        assert plan["total_fen"] == sum(stop["subtotal_fen"] for stop in plan["stops"])
        assert all(line["cost_fen"] == line["packs"] * line["price_fen"] for line in lines)
        assert all(line["verdict"]["label"] for line in lines)
        assert plan["total_fen"] >= told["floor_fen"]


def test_no_plan_that_is_told_beats_another(ask):
    plans = ask({"drugs": drugs(METFORMIN, AMLODIPINE, LOSARTAN), **HERE})["plans"]
    facts = [(one["total_fen"], one["walk_m"], len(one["stops"])) for one in plans]
    assert not any(
        one is not other and all(a <= b for a, b in zip(one, other, strict=True))
        for one in facts
        for other in facts
    )


def test_the_same_question_is_answered_the_same_whatever_the_order_of_the_drugs(ask):
    one = ask({"drugs": drugs(METFORMIN, LOSARTAN), **HERE})
    other = ask({"drugs": drugs(LOSARTAN, METFORMIN), **HERE})
    assert [plan["text"] for plan in one["plans"]] == [plan["text"] for plan in other["plans"]]
    assert one == ask({"drugs": drugs(METFORMIN, LOSARTAN), **HERE})


@pytest.mark.parametrize(
    ("body", "status", "field", "said"),
    [
        ({}, 422, "drugs", "请至少填一种药。"),
        ({"drugs": []}, 422, "drugs", "请填 1–12 种药。"),
        ({"drugs": drugs(METFORMIN) * 13}, 422, "drugs", "请填 1–12 种药。"),
        ({"drugs": "二甲双胍"}, 422, "drugs", "请填要买的药的列表。"),
        ({"drugs": [7]}, 422, "drugs", "第 1 种药：请填药品编码和数量。"),
        ({"drugs": [{}]}, 422, "drugs", "第 1 种药的编码：请填写。"),
        (
            {"drugs": [*drugs(METFORMIN, LOSARTAN), {"drug": AMLODIPINE, "quantity": 0}]},
            422, "drugs", "第 3 种药的数量：请填 1–9999 之间的整数。",
        ),
        (
            {"drugs": [{"drug": METFORMIN, "quantity": "两盒"}]},
            422, "drugs", "第 1 种药的数量：请填整数。",
        ),
        (
            {"drugs": [{"drug": METFORMIN, "unit": "箱"}]},
            422, "drugs", "第 1 种药的单位：请填其中之一：pack、unit。",
        ),
        ({"drugs": drugs(METFORMIN, "没有"), **HERE}, 404, "drugs",
         "第 2 种药：没有这个编码的药，请核对。"),
        ({"drugs": drugs(METFORMIN, METFORMIN), **HERE}, 422, "drugs",
         "第 2 种药：和前面的一种药相同，请把数量合在一起。"),
        ({"drugs": drugs(METFORMIN)}, 422, "lat", "请填从哪里出发：lat 和 lon，或者区县。"),
        ({"drugs": drugs(METFORMIN), "lat": 41.8}, 422, "lon", None),
        ({"drugs": drugs(METFORMIN), "lat": 141, "lon": 1}, 422, "lat", None),
        ({"drugs": drugs(METFORMIN), "district": "999999"}, 422, "district", None),
        ({"drugs": drugs(METFORMIN), "radius": 3}, 422, "radius", "没有这个参数。"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_in_chinese_and_names_the_field(ask, body, status, field, said):
    told = ask(body, status)
    assert list(told["errors"]) == [field]
    assert said is None or told["errors"][field] == [said]


def test_what_is_no_json_is_refused(town):
    answer = town.test_client().post(PATH, data="{", content_type="application/json")
    assert answer.status_code == 400
    assert answer.get_json()["code"] == "bad_request"
    assert town.test_client().get(PATH).status_code == 405


def test_a_basket_is_kept_nowhere(town, caplog):
    caplog.set_level(logging.INFO)
    answer = town.test_client().post(PATH, json={"drugs": drugs(METFORMIN), **HERE})
    assert answer.headers["Cache-Control"] == "no-store"
    assert "ETag" not in answer.headers
    assert METFORMIN not in caplog.text
