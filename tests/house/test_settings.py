"""Settings: what can be set is what docs/settings.md says can be set."""

import re
from dataclasses import fields

import pytest

from backend.errors import BadSetting
from backend.settings import Settings
from tests.house.project import ROOT

PAGE = (ROOT / "docs/settings.md").read_text(encoding="utf-8")
TABLE = dict(re.findall(r"^\| `([A-Z_]+)` \| (?:`([^`]*)`|空) \|", PAGE, re.MULTILINE))
# The server's own, read in gunicorn.conf.py.
THE_SERVERS = {"WEB_CONCURRENCY", "PROMETHEUS_MULTIPROC_DIR"}


def test_every_setting_is_documented_and_no_other():
    assert set(TABLE) - THE_SERVERS == {field.name.upper() for field in fields(Settings)}


@pytest.mark.parametrize("field", fields(Settings), ids=lambda field: field.name)
def test_the_page_gives_the_true_default(field):
    assert TABLE[field.name.upper()] == str(field.default)


def test_the_variables_that_are_set_are_read_and_empty_ones_pass_for_unset():
    settings = Settings.from_environment({"HOST": "0.0.0.0", "PORT": "8099", "CITY": ""})
    assert (settings.host, settings.port, settings.city) == ("0.0.0.0", 8099, "shenyang")


@pytest.mark.parametrize("port", ["abc", "0", "65536", "-1", "80 80"])
def test_a_port_that_is_none_is_refused_by_name(port):
    with pytest.raises(BadSetting, match="PORT"):
        Settings.from_environment({"PORT": port})


@pytest.mark.parametrize("count", ["-1", "10", "one", "1.0"])
def test_a_count_of_proxies_that_is_none_is_refused_by_name(count):
    with pytest.raises(BadSetting, match="TRUSTED_PROXIES"):
        Settings.from_environment({"TRUSTED_PROXIES": count})


@pytest.mark.parametrize(
    "rate", ["1200", "0/minute", "5/fortnight", "5/minute;", "never", "5 a day"]
)
def test_a_limit_that_is_none_is_refused_by_name(rate):
    with pytest.raises(BadSetting, match="RATE_LIMIT"):
        Settings.from_environment({"RATE_LIMIT": rate})


@pytest.mark.parametrize("rate", ["off", "5/second", "20/second;3000/10minute", "1/day"])
def test_limits_are_read_as_they_are_written(rate):
    assert Settings.from_environment({"RATE_LIMIT": rate}).rate_limit == rate


@pytest.mark.parametrize("value", ["yes", "ON", "0"])
def test_a_log_that_is_neither_on_nor_off_is_refused_by_name(value):
    with pytest.raises(BadSetting, match="SEARCH_LOG"):
        Settings.from_environment({"SEARCH_LOG": value})
