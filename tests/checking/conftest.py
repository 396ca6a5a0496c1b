"""A house that speaks with a stand-in of WeChat, and a caller of the tests' own."""

import os
from datetime import timedelta

import pytest

from backend import db
from backend.checking import following
from backend.checking.actions import check_image, check_words
from backend.checking.models import Check, EarlyVerdict
from backend.checking.pushed import HANDLES
from backend.checking.tasks import check_pictures
from backend.outside import outside, wechat
from backend.outside.clock import StoppedClock
from backend.outside.wechat import Lock, Mailbox, Scene
from backend.outside.wechat.ciphers import push_key
from tests.checking import caller
from tests.conftest import NOW
from tests.wechat.standin import APP_ID, SECRET, SOMEBODY, StandIn, media_event
from tests.wechat.vectors import A43

PICTURE = "https://example.cn/evidence/photo-of-a-receipt.jpg"
ABOUT = "complaint 12 photo 3"
MAIL = Mailbox(APP_ID, "safe", Lock("TokenOfPushes", push_key(A43)))


@pytest.fixture
def standin():
    """WeChat's place, taken for the length of a test."""
    with StandIn() as here:
        yield here


@pytest.fixture
def environment(house, standin, cache):
    """The environment of other processes of the same house."""
    settings = house.config["SETTINGS"]
    return os.environ | {
        "DATABASE_URL": settings.database_url, "SEARCH_URL": settings.search_url,
        "QUEUE_URL": settings.queue_url, "LIMITS_URL": settings.limits_url, "RATE_LIMIT": "off",
        "PERSONAL_KEY": settings.personal_key, "CACHE_DIR": str(cache),
        "OPEN_DATA_DIR": settings.open_data_dir, "SECRET_KEY": settings.secret_key,
        "SIGNING_KEY": settings.signing_key, "WECHAT_API_URL": standin.url,
        "WECHAT_APP_ID": APP_ID, "WECHAT_APP_SECRET": SECRET, "WECHAT_TOKEN": MAIL.now.token,
        "WECHAT_AES_KEY": A43,
    }  # fmt: skip


class Desk:
    """What a test says in one word."""

    told = staticmethod(caller.told)

    def words(self, words, *, openid=SOMEBODY, about="complaint 12", may_leave=True):
        return check_words(openid, words, about=about, scene=Scene.COMMENT, may_leave=may_leave)

    def image(self, url=PICTURE, *, openid=SOMEBODY, about=ABOUT, may_leave=True):
        return check_image(openid, url, about=about, scene=Scene.COMMENT, may_leave=may_leave)

    def round(self, **later):
        """The worker's round, so much later (minutes=…)."""
        outside.clock = StoppedClock(outside.clock.now() + timedelta(**later))
        done = check_pictures("shenyang")
        db.database.connect(reuse_if_open=True)
        return tuple(done)

    def push(self, trace_id, verdict, **changes):
        """The event as the machine for pushes hands it over."""
        fields = media_event(SOMEBODY, trace_id, verdict) | changes
        with db.database.atomic():
            HANDLES["event:wxa_media_check"](fields)

    def states(self):
        """(state, why) of every check, in order."""
        return [(one.state, one.why) for one in Check.select().order_by(Check.id)]

    def rows(self):
        """Everything the slice keeps, as text."""
        tables = (Check, EarlyVerdict)
        return repr([list(table.select().dicts()) for table in tables])


@pytest.fixture
def desk(house, standin):
    """The house, its plug in the stand-in, its caller plugged in."""
    given = wechat.Given(standin.url, APP_ID, SECRET)
    outside.wechat = wechat.connect(given, outside.limits.kept, lambda: outside.clock)
    outside.mail = MAIL
    outside.clock = StoppedClock(NOW)
    db.run(caller.TABLE)
    following.plug_in(caller.CALLERS)
    yield Desk()
    outside.mail = None
    following.plug_in({})
