"""Doors: each says whom it lets in, and none appears or disappears unnoticed."""

from pathlib import Path

LEDGER = Path(__file__).parent / "urls.txt"

# Doors that packages hang: files, and the API's own description.
NOT_OURS = ("static", "api-docs.openapi_json")


def test_every_door_says_whom_it_lets_in(house):
    silent = {
        rule.endpoint
        for rule in house.url_map.iter_rules()
        if rule.endpoint not in NOT_OURS
        and not getattr(house.view_functions[rule.endpoint], "guard", "")
    }
    assert silent == set()


def test_every_address_stands_in_the_ledger_and_nothing_else_does(house):
    """An address people keep is a promise: one that goes is taken out of urls.txt knowingly."""
    promised = set(LEDGER.read_text(encoding="utf-8").split("\n")) - {""}
    opened = set(addresses(house))
    assert sorted(promised - opened) == [], "removed without a word"
    assert sorted(opened - promised) == [], "not yet written into the ledger"


def test_the_ledger_is_sorted_and_says_nothing_twice():
    lines = LEDGER.read_text(encoding="utf-8").splitlines()
    assert lines == sorted(set(lines))


def addresses(house):
    """Each "METHOD /path" of the house."""
    for rule in house.url_map.iter_rules():
        for method in rule.methods - {"HEAD", "OPTIONS"}:
            yield f"{method} {rule.rule}"
