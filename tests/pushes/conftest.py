"""WeChat at the door of a house of these tests."""

import pytest

from backend import db
from backend.app import create_app
from backend.outside import outside
from backend.outside.clock import StoppedClock
from tests.conftest import NOW, settings_in
from tests.wechat.standin import APP_ID, SECRET
from tests.wechat.test_envelope import BOX, pushed
from tests.wechat.vectors import A43

OURS = BOX._replace(app_id=APP_ID)
STAMP = str(int(NOW.timestamp()))


@pytest.fixture
def wechat(house, tmp_path, cache):
    """The house's door as WeChat comes to it, in safe mode."""
    settings = settings_in(
        tmp_path, cache_dir=str(cache), database_url=house.config["SETTINGS"].database_url,
        wechat_app_id=APP_ID, wechat_app_secret=SECRET, wechat_token=BOX.now.token,
        wechat_aes_key=A43, rate_limit="3/minute",
    )  # fmt: skip
    app = create_app(settings)
    outside.clock = StoppedClock(NOW)
    db.database.connect(reuse_if_open=True)
    yield app.test_client()
    outside.mail = None


@pytest.fixture
def pushes(wechat):
    """pushes(text) → WeChat pushes it; the answer's status."""

    def push(text):
        asked, body = pushed(text, "json", box=OURS, stamp=STAMP)
        return wechat.post("/wechat/callback", query_string=asked, data=body).status_code

    return push
