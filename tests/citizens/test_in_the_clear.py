"""Nothing personal lies in the clear: not in the tables, not in the logs, whatever happens."""

import logging

import pytest

from tests.citizens.conftest import LOGIN, NUMBER, STABLE, dump
from tests.wechat.standin import SOMEBODY


@pytest.fixture
def logged(caplog):
    """Everything that is logged, by our own and by libraries, at every level."""
    caplog.set_level(logging.DEBUG)
    for name in list(logging.root.manager.loggerDict):
        caplog.set_level(logging.DEBUG, logger=name)
    return caplog


def told(logged):
    """Every line with its trace."""
    return "\n".join(
        f"{record.getMessage()} {record.args} {record.exc_info} {record.exc_text}"
        for record in logged.records
    )


def test_neither_tables_nor_logs_hold_who_somebody_is(town, logged):
    secrets = {SOMEBODY, "13800000000", "phone-1", "phone-9", "SESSION-KEY=="}
    resident = town.signs_in()
    secrets |= {resident.token, "fresh-1", "fresh-2"}
    resident.consents()
    resident.gives_phone()
    resident.gives_phone("phone-9", status=422)
    assert "SESSION-KEY" not in str(resident.me())
    text = dump()
    assert len(text) > 500
    assert [one for one in secrets if one in text] == []
    for path in (LOGIN, NUMBER, STABLE):
        for trouble in ("down", "hang_up", "nonsense", 40125, 40226):
            town.standin.trouble = {path: trouble}
            town.begins(town.code())
            resident.gives_phone("phone-9", status=_any(resident))
    town.standin.trouble = {}
    town.reopened(personal_key="3d" * 32)
    resident.client = town.client
    resident.me(status=503)
    lines = told(logged)
    assert "jscode2session" in lines, "the wire itself was listened to"
    assert [one for one in secrets if one in lines] == []


def _any(resident):
    """The status of the moment: which refusal it is, is told elsewhere."""
    headers = {"Authorization": f"Bearer {resident.token}"}
    return resident.client.post(
        "/api/v1/me/phone", json={"code": "phone-9"}, headers=headers
    ).status_code
