"""A house with a stand-in for WeChat over real HTTP, and residents who sign in to it."""

import dataclasses

import pytest

from backend import db
from backend.app import create_app
from backend.outside import outside
from backend.outside.clock import StoppedClock
from tests.conftest import NOW, settings_in
from tests.wechat.standin import APP_ID, SECRET, SOMEBODY, StandIn

STABLE, LOGIN = "cgi-bin/stable_token", "sns/jscode2session"
NUMBER = "wxa/business/getuserphonenumber"
OLD_KEY, NEW_KEY = "1e" * 32, "2f" * 32
OF_AGE = {"given": True, "version": "1", "by": "self", "age": "14_or_over"}


@pytest.fixture
def standin():
    """WeChat's place, taken for the length of a test."""
    with StandIn() as here:
        yield here


class Resident:
    """Somebody signed in: asks with his token, and gets (status, answer)."""

    def __init__(self, client, said):
        self.client, self.said = client, said
        self.token = said["token"]

    def ask(self, method, path, *, status=200, **asked):
        headers = {"Authorization": f"Bearer {self.token}"}
        answer = self.client.open(f"/api/v1{path}", method=method, headers=headers, **asked)
        assert answer.status_code == status, answer.get_data(as_text=True)
        return answer.get_json()

    def me(self, **more):
        return self.ask("GET", "/me", **more)

    def consents(self, kind="personal", *, status=200, **changes):
        return self.ask("PUT", f"/me/consents/{kind}", json=OF_AGE | changes, status=status)

    def withdraws(self, kind="personal"):
        return self.ask("PUT", f"/me/consents/{kind}", json={"given": False})

    def gives_phone(self, code="phone-1", *, status=200):
        return self.ask("POST", "/me/phone", json={"code": code}, status=status)


class Town:
    """The house as residents come to it: `town.signs_in(openid)` is a Resident."""

    def __init__(self, app, standin):
        self.app, self.standin, self.client = app, standin, app.test_client()
        self.codes = 0

    def code(self, openid=SOMEBODY):
        """A fresh code of wx.login."""
        self.codes += 1
        self.standin.codes[f"fresh-{self.codes}"] = openid
        return f"fresh-{self.codes}"

    def begins(self, code):
        """The answer to a sign-in with this code."""
        return self.client.post("/api/v1/sessions", json={"code": code})

    def signs_in(self, openid=SOMEBODY):
        answer = self.begins(self.code(openid))
        assert answer.status_code == 201, answer.get_data(as_text=True)
        return Resident(self.client, answer.get_json())

    def reopened(self, **changes):
        """The same house after a restart with other settings."""
        settings = dataclasses.replace(self.app.config["SETTINGS"], **changes)
        self.app = create_app(settings)
        outside.clock = StoppedClock(NOW)
        db.database.connect(reuse_if_open=True)
        self.client = self.app.test_client()
        return self

    def runs(self, *words):
        return self.app.test_cli_runner().invoke(args=words)


@pytest.fixture
def town(house, standin, tmp_path, cache):
    """An empty house that speaks to the stand-in."""
    settings = settings_in(
        tmp_path, cache_dir=str(cache), database_url=house.config["SETTINGS"].database_url,
        wechat_app_id=APP_ID, wechat_app_secret=SECRET, wechat_api_url=standin.url,
    )  # fmt: skip
    app = create_app(settings)
    outside.clock = StoppedClock(NOW)
    db.database.connect(reuse_if_open=True)
    yield Town(app, standin)
    outside.wechat.close()


def dump():
    """Everything that stands in the tables, as one text."""
    with db.opened():
        names = [name for name in db.database.get_tables() if name != "migration_history"]
        return "\n".join(
            repr(row) for name in names for row in db.run(f'SELECT * FROM "{name}"').fetchall()
        )
