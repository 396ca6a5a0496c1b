"""A house with a stand-in for WeChat, somebody to write to, and verbs to send what is owed."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest

from backend import db
from backend.notices import correspondents as people
from backend.notices import sending, taking
from backend.notices.alerts import read_log
from backend.notices.models import Notice
from backend.notices.windows import Act
from backend.notices.writing import owe
from backend.outside import outside, plug_in
from backend.outside.clock import StoppedClock
from tests.citizens import conftest as citizens
from tests.conftest import NOW
from tests.makers import A_PRICE, many_drugs, many_outlets, sheet, take
from tests.wechat.standin import APP_ID, SECRET, SOMEBODY, TEMPLATE, StandIn

ARRIVED = {"drug": "二甲双胍缓释片 0.5g×60片", "drug_code": "D1", "outlet": "演示药店",
           "price": "6.41", "day": "2026-11-24"}  # fmt: skip

# Residents who sign in are those of the citizens.
standin, town = citizens.standin, citizens.town


class Post:
    """Verbs: write, owe, run, later; `said` is what the stand-in was sent."""

    def __init__(self, standin):
        self.standin = standin

    def writes(self, act=Act.WROTE, openid=SOMEBODY):
        """Somebody writes or enters; WeChat's window and ours open."""
        if act is Act.WROTE:
            self.standin.writes(openid)
        else:
            self.standin.seen.add(openid)
            self.standin.windows[openid] = max(2, self.standin.windows[openid])
        people.note_act(openid, act, outside.clock.now(), outside.clock.now())

    def accepts(self, openid=SOMEBODY):
        """Somebody accepts one subscribed message."""
        self.standin.accepts(openid)
        people.allow(openid, TEMPLATE, outside.clock.now())

    def owes(self, about="1", kind="arrived", openid=SOMEBODY, case="", **given):
        """A message is owed in a transaction of its own."""
        with db.database.atomic():
            return owe(openid, kind, ARRIVED | given, about=about, case=case)

    def run(self):
        """Send all that is due."""
        while notice := taking.take(outside.clock.now()):
            sending.send(notice)

    def later(self, **much):
        """Time passes."""
        outside.clock = StoppedClock(outside.clock.now() + timedelta(**much))

    @property
    def said(self):
        return [words if isinstance(words, str) else json.dumps(words, ensure_ascii=False)
                for _, words in self.standin.sent]  # fmt: skip

    def states(self):
        return [(one.state, one.rung) for one in Notice.select().order_by(Notice.id)]


@pytest.fixture
def post(house):
    """The post of a house, its WeChat the stand-in's."""
    with StandIn() as standin:
        settings = house.config["SETTINGS"]
        plug_in(replace(
            settings, wechat_api_url=standin.url, wechat_app_id=APP_ID, wechat_app_secret=SECRET,
            wechat_templates=f"arrived:{TEMPLATE}",
        ))  # fmt: skip
        outside.clock = StoppedClock(NOW)
        db.database.connect(reuse_if_open=True)
        standin.page = "pages/drug/drug?code=D1"
        yield Post(standin)


class Market:
    """A catalogue, three outlets in two districts, and verbs: bring prices, read the log."""

    def __init__(self, folder):
        self.folder = folder
        here, there = ("沈河区", "和平区")
        places = [
            one | {"区县": there if n == 2 else here} for n, one in enumerate(many_outlets(3))
        ]
        self.takes("drugs", many_drugs(22))
        self.takes("outlets", places)

    def takes(self, kind, rows):
        """A sheet is published."""
        with db.opened():
            return take(kind, sheet(self.folder, rows))

    def brings(self, day, yuan="3.40", **more):
        """One price as seen on a day of November."""
        row = A_PRICE | {"定点编码": "A0000", "药品编码": "D0000", "状态": "在售",
                         "观测日期": f"2026-11-{day:02d}", "价格": yuan}  # fmt: skip
        return self.takes("prices", [row | more])

    def reads(self):
        """The log of facts is read; how many messages were owed."""
        with db.opened():
            return read_log()


@pytest.fixture
def market(town, tmp_path):
    """A town with drugs D0000… sold at A0000, A0001 (沈河区) and A0002 (和平区)."""
    return Market(tmp_path)


def allowed(resident):
    """Somebody who consented to whatever alerts need."""
    for kind in ("personal", "health", "notices"):
        resident.consents(kind)
    return resident


@pytest.fixture
def resident(market, town):
    """Somebody signed in who may be told of drugs."""
    return allowed(town.signs_in())


def inbox(resident, **asked):
    """His messages."""
    return resident.ask("GET", "/me/messages", query_string=asked)


def wants(resident, about="price_down", drug="D0000", place="", **more):
    """He asks to be told."""
    asked = {"about": about, "drug": drug, "place": place}
    return resident.ask("POST", "/me/alerts", json=asked, **more)


def waiting(resident):
    """The numbers of his alerts that wait."""
    return [one["number"] for one in resident.ask("GET", "/me/alerts")["items"]]
