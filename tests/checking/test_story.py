"""A day of the content check, with web, worker and WeChat as processes that speak over HTTP."""

import time
from datetime import UTC, datetime

import pytest

from backend.checking.models import Check
from backend.errors import WordsRefused
from backend.outside import outside
from backend.outside.clock import StoppedClock
from backend.pushes.models import Push
from tests.checking.conftest import MAIL
from tests.checking.test_images import MEDIA
from tests.stories.server import Server
from tests.stories.supervised import Supervised
from tests.wechat.pushing import Pusher
from tests.wechat.standin import SOMEBODY

pytestmark = pytest.mark.long

GOOD, BAD, LOST = (f"https://example.cn/evidence/{name}.jpg" for name in ("good", "bad", "lost"))


@pytest.fixture
def web(environment, tmp_path):
    """The web as its own process."""
    server = Server(tmp_path, environment)
    yield f"http://127.0.0.1:{server.port}"
    server.stop()


@pytest.fixture
def worker(environment, tmp_path):
    """The worker as its own process, started again where it dies."""
    night = Supervised("tests.checking.night", environment, tmp_path)
    yield night
    night.stop()


def until(happened, seconds):
    """Wait for something to happen."""
    end = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.2)


def test_words_and_pictures_of_a_day(desk, standin, web, worker):
    outside.clock = StoppedClock(datetime.now(UTC))
    standin.pushes = Pusher(f"{web}/wechat/callback", MAIL)
    standin.verdicts, standin.push_times = {BAD: "risky", LOST: -1008}, 2

    # Words are decided as they are handed in.
    assert desk.words("药店多收了我三块钱。").state == "pass"
    assert desk.words("这话有些可疑。").state == "review"
    with pytest.raises(WordsRefused):
        desk.words("违禁的话")

    # WeChat goes away: words wait for a person, pictures for WeChat.
    standin.trouble = {"": "down"}
    assert desk.words("药店多收了我三块钱。").state == "review"
    for number, url in enumerate((GOOD, BAD, LOST), 1):
        desk.image(url, about=f"complaint 7 photo {number}")
    until(lambda: standin.counts[MEDIA] > 0, 130)
    worker.kill()
    assert desk.told() == []

    # It comes back, and the worker asks again; every verdict is pushed twice.
    standin.trouble = {}
    until(lambda: len(standin.pushes.answers) == 6, 250)
    assert set(standin.pushes.answers) == {(200, "success")}
    assert Push.select().count() == 3
    assert SOMEBODY not in desk.rows()
    until(lambda: len(desk.told()) == 3, 30)
    assert sorted(desk.told()) == [
        ("complaint 7 photo 1", "pass"), ("complaint 7 photo 2", "risky"),
        ("complaint 7 photo 3", "review"),
    ]  # fmt: skip
    assert Check.select().where(Check.state == "asked").count() == 0
