"""A shop residents report about: one drug at outlet A1, seen at 3.40 on the twentieth."""

import pytest

from tests.makers import drug, outlet, price


@pytest.fixture
def sold(house, tmp_path):
    """The code of the drug."""
    outlet(tmp_path)
    found = drug(tmp_path)
    price(tmp_path, found)
    return found.code
