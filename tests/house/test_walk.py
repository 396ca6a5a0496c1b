"""The walk through the pages: whoever adds a page adds it to the walk, so that it is looked at."""

from collections import Counter

from werkzeug.exceptions import HTTPException

from tests.stories.looks.walk import NO_PAGES, STOPS, is_page


def rules_walked(house):
    """The addresses of the URL map that the walk goes to."""
    map_ = house.url_map.bind("localhost")
    for stop in STOPS:
        try:
            rule, _ = map_.match(stop.path.split("?")[0].replace("{", "").replace("}", ""),
                                 return_rule=True)  # fmt: skip
        except HTTPException:
            continue
        yield rule.rule


def test_every_page_stands_in_the_walk(house):
    pages = {
        rule.rule
        for rule in house.url_map.iter_rules()
        if "GET" in rule.methods and is_page(rule.rule)
    }
    assert sorted(pages - set(rules_walked(house))) == [], "add a line to tests/stories/looks/walk"


def test_what_is_no_page_is_still_an_address(house):
    rules = [rule.rule for rule in house.url_map.iter_rules()]
    gone = [
        name for name in NO_PAGES if not any(rule.startswith(name.rstrip("*")) for rule in rules)
    ]
    assert gone == []


def test_every_stop_has_a_name_of_its_own():
    assert [name for name, count in Counter(stop.name for stop in STOPS).items() if count > 1] == []
