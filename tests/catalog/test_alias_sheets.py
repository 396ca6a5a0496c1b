"""Other names: they come with a sheet, find the drug, and go with the list."""

import pytest

from backend.catalog.models import Alias
from backend.outside import outside
from search import Query
from tests.makers import checked, diff, drug, sheet, take

GLUCOPHAGE = {"别名": "格华止", "通用名": "盐酸二甲双胍片", "生产企业": "甲药业有限公司"}


@pytest.fixture
def product(house, tmp_path):
    """A drug with a brand."""
    found = drug(tmp_path)
    take("aliases", sheet(tmp_path, [GLUCOPHAGE, GLUCOPHAGE | {"别名": "美迪康"}]))
    return found


def found(words):
    return outside.index.find(Query(words)).ids


def test_a_drug_is_found_by_its_brand_and_shows_it(house, product):
    assert found("格华止") == [product.code]
    card = house.test_client().get(f"/api/v1/drugs/{product.code}").get_json()
    assert [brand["name"] for brand in card["brand_names"]] == ["格华止", "美迪康"]


def test_a_name_that_left_the_list_finds_nothing_any_more(product, tmp_path):
    take("aliases", sheet(tmp_path, [GLUCOPHAGE]), whole=True)
    assert (found("格华止"), found("美迪康")) == ([product.code], [])
    assert [alias.name for alias in Alias.select()] == ["格华止"]


def test_the_same_name_twice_says_nothing_new(house, tmp_path):
    assert diff(checked("aliases", sheet(tmp_path, [GLUCOPHAGE] * 3))) == {"added": 1}


def test_another_way_of_writing_a_name_corrects_it(house, tmp_path):
    take("aliases", sheet(tmp_path, [GLUCOPHAGE | {"别名": "glucophage"}]))
    better = sheet(tmp_path, [GLUCOPHAGE | {"别名": "Glucophage"}], name="better.csv")
    take("aliases", better)
    assert [alias.name for alias in Alias.select()] == ["Glucophage"]


def test_names_may_come_before_their_drugs(house, tmp_path):
    take("aliases", sheet(tmp_path, [GLUCOPHAGE]))
    code = drug(tmp_path).code
    assert found("格华止") == [code]
