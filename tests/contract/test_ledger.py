"""The ledger of the contract: each way to break a program that was made for v1 is named."""

import copy
import json

import pytest

from miniprogram_api.contract_ledger import LEDGER, breaks, description, written

DRUGS, OFFERS = "/api/v1/drugs", "/api/v1/offers"


@pytest.fixture
def released():
    return json.loads(LEDGER.read_text(encoding="utf-8"))


@pytest.fixture
def today(released):
    return copy.deepcopy(released)


def operation(spec, path=OFFERS):
    return spec["paths"][path]["get"]


def parameter(spec, name, path=OFFERS):
    return next(one for one in operation(spec, path)["parameters"] if one.get("name") == name)


def shape(spec, name):
    return spec["components"]["schemas"][name]


def test_nothing_changed_breaks_nothing(released, today):
    assert breaks(released, today) == []


def test_the_ledger_is_what_the_house_tells_without_its_words(house):
    told = description(house)
    assert "summary" not in operation(told)
    assert "description" not in shape(told, "DrugCard")["properties"]["code"]
    assert "summary" not in written(told)


def test_words_that_are_names_of_things_stay(house):
    """`note` and `text` are properties; a property called like a word of the format would stay."""
    assert "text" in shape(description(house), "VerdictCard")["properties"]
    assert "title" in shape(description(house), "Distribution")["properties"]


CHANGES = {
    "a path is gone": (lambda s: s["paths"].pop(DRUGS), "GET /api/v1/drugs：没有了"),
    "a method is gone": (lambda s: s["paths"][DRUGS].pop("get"), "GET /api/v1/drugs：没有了"),
    "an operation has another name": (
        lambda s: operation(s).update(operationId="find_offers"), "list_offers 变成了 find_offers",
    ),
    "a parameter is gone": (
        lambda s: operation(s)["parameters"].remove(parameter(s, "sort")), "sort：没有了",
    ),
    "a parameter must be given": (
        lambda s: parameter(s, "sort").update(required=True), "sort：变成必填了",
    ),
    "a new parameter must be given": (
        lambda s: operation(s)["parameters"].append(
            {"name": "city", "in": "query", "required": True, "schema": {"type": "string"}}
        ),
        "city：变成必填了",
    ),
    "a parameter has another type": (
        lambda s: parameter(s, "drug")["schema"].update(type="integer"), "drug：类型变了",
    ),
    "a value may no longer be asked": (
        lambda s: parameter(s, "sort")["schema"]["enum"].remove("price"), "不行了：price",
    ),
    "only some values may be asked": (
        lambda s: parameter(s, "drug")["schema"].update(enum=["Y"]), "不行了：列表以外的",
    ),
    "a bound is tighter": (
        lambda s: parameter(s, "page_size")["schema"].update(maximum=50), "maximum 收紧到 50",
    ),
    "a bound is new": (
        lambda s: parameter(s, "drug")["schema"].update(minLength=5), "minLength 收紧到 5",
    ),
    "a default means something else": (
        lambda s: parameter(s, "sort")["schema"].update(default="price"),
        "'distance' 变成了 'price'",
    ),
    "an answer is gone": (
        lambda s: operation(s)["responses"].pop("304"), "/api/v1/offers 304：没有了",
    ),
    "a header is gone": (
        lambda s: operation(s)["responses"]["200"]["headers"].pop("ETag"), "200 ETag：没有了",
    ),
    "an answer is another kind of file": (
        lambda s: operation(s)["responses"]["200"].update(content={"text/csv": {}}),
        "application/json：没有了",
    ),
    "an answer has another shape": (
        lambda s: operation(s)["responses"]["200"]["content"]["application/json"].update(
            schema={"$ref": "#/components/schemas/Health"}
        ),
        "200.drug：没有了",
    ),
    "a property is gone": (
        lambda s: shape(s, "OfferCard")["properties"].pop("age"), "OfferCard.age：没有了",
    ),
    "a property may be missing": (
        lambda s: shape(s, "OfferCard")["required"].remove("age"), "OfferCard.age：不再总是有了",
    ),
    "a property may be null": (
        lambda s: shape(s, "OfferCard")["properties"]["price_fen"].update(type=["integer", "null"]),
        "OfferCard.price_fen：类型变了，现在可能是 null",
    ),
    "a property has another type": (
        lambda s: shape(s, "OfferCard")["properties"]["price_fen"].update(type="number"),
        "现在可能是 number",
    ),
    "a shape may be null": (
        lambda s: shape(s, "OfferCard")["properties"].update(
            age={"anyOf": [{"$ref": "#/components/schemas/Age"}, {"type": "null"}]}
        ),
        "OfferCard.age：类型变了",
    ),
    "a list may hold another shape": (
        lambda s: shape(s, "EditionPage")["properties"]["items"]["items"]["anyOf"].append(
            {"$ref": "#/components/schemas/Badge"}
        ),
        "EditionPage.items[]：类型变了，现在可能是 Badge",
    ),
    "a text has another format": (
        lambda s: shape(s, "OfferCard")["properties"]["observed_on"].pop("format"),
        "OfferCard.observed_on：格式由 date 变成了 没有",
    ),
    "an answer has a code nobody listed": (
        lambda s: shape(s, "VerdictCard")["properties"]["code"]["enum"].append("maybe"),
        "VerdictCard.code：答案里会有没列过的值",
    ),
    "codes are no longer listed": (
        lambda s: shape(s, "VerdictCard")["properties"]["code"].pop("enum"),
        "VerdictCard.code：答案里会有没列过的值",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", CHANGES)
def test_what_breaks_a_program_is_named(released, today, name):
    change, words = CHANGES[name]
    change(today)
    found = breaks(released, today)
    assert any(words in line for line in found), found


def test_a_deprecation_is_not_taken_back_in_silence(released, today):
    operation(released)["deprecated"] = True
    assert "不说了" in breaks(released, today)[0]


GROWTH = {
    "a path": lambda s: s["paths"].update({"/api/v1/new": s["paths"][DRUGS]}),
    "a parameter one may give": lambda s: operation(s)["parameters"].append(
        {"name": "city", "in": "query", "required": False, "schema": {"type": "string"}}
    ),
    "a value one may ask": lambda s: parameter(s, "sort")["schema"]["enum"].append("name"),
    "a wider bound": lambda s: parameter(s, "page_size")["schema"].update(maximum=1000),
    "a property": lambda s: shape(s, "OfferCard")["properties"].update(new={"type": "string"}),
    "a property that is never null now": lambda s: shape(s, "OfferCard")["properties"][
        "distance_m"
    ].update(type="integer"),
    "a refusal": lambda s: operation(s)["responses"].update(
        {"451": {"$ref": "#/components/responses/Gone"}}
    ),
    "a refusal that is no longer given": lambda s: operation(s)["responses"].pop("410"),
    "a header": lambda s: operation(s)["responses"]["200"]["headers"].update(
        Link={"$ref": "#/components/headers/Link"}
    ),
    "a deprecation": lambda s: operation(s).update(deprecated=True),
    "words": lambda s: operation(s).update(summary="别的话"),
}


@pytest.mark.parametrize("name", GROWTH)
def test_what_only_grows_breaks_nobody(released, today, name):
    GROWTH[name](today)
    assert breaks(released, today) == []


def test_the_commands_compare_record_and_say_what_breaks(house, tmp_path):
    ledger = tmp_path / "ledger.json"

    def run(command):
        return house.test_cli_runner().invoke(args=["contract", command, "--ledger", str(ledger)])

    assert run("record").exit_code == 0
    assert json.loads(ledger.read_text(encoding="utf-8")) == json.loads(written(description(house)))
    assert run("compare").exit_code == 0

    promised = description(house)
    shape(promised, "OfferCard")["properties"]["colour"] = {"type": "string"}
    ledger.write_text(written(promised), encoding="utf-8")
    told = run("record")
    assert told.exit_code == 1
    assert "OfferCard.colour：没有了。" in told.output
    assert "colour" in ledger.read_text(encoding="utf-8")
