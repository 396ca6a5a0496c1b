"""Without an app id a console twin stands there, and WeChat's library is not even loaded."""

import subprocess
import sys

import pytest

from backend.errors import BadSetting
from backend.outside import plug_in, wechat
from backend.outside.wechat.console import ConsoleWeChat
from backend.settings import Settings
from tests.conftest import settings_in
from tests.house.project import ROOT
from tests.wechat.standin import APP_ID, SECRET


@pytest.fixture
def desk():
    return ConsoleWeChat()


def test_what_would_be_sent_is_told_to_the_terminal(desk, capsys):
    desk.say("oA", "您好")
    desk.notify("oA", "template", {"thing1": "已办结"}, page="pages/home")
    assert capsys.readouterr().err == (
        "[wechat] say to oA: 您好\n[wechat] notify oA: template {'thing1': '已办结'} pages/home\n"
    )


def test_a_desk_tells_people_apart_by_their_codes(desk):
    assert desk.login("a") == desk.login("a")
    assert desk.login("a") != desk.login("b")


def test_a_desk_gives_numbers_nobody_has_and_looks_at_nothing(desk):
    assert desk.phone("code", "oA") == desk.phone("another", "oA")
    assert desk.phone("code", "oA").number.startswith("1000")
    assert desk.phone("code", "oA") != desk.phone("code", "oB")
    assert desk.check_text("oA", "您好").suggest == "review"
    assert desk.check_media("oA", "https://example.cn/a.jpg") == "desk-1"


@pytest.mark.parametrize("name", [name for name in vars(wechat.WeChat) if name[0] != "_"])
def test_the_twin_has_every_verb(desk, name):
    assert callable(getattr(desk, name))


def test_the_app_id_chooses(tmp_path):
    assert isinstance(plug_in(settings_in(tmp_path)).wechat, ConsoleWeChat)
    real = plug_in(settings_in(tmp_path, wechat_app_id=APP_ID, wechat_app_secret=SECRET)).wechat
    assert type(real).__name__ == "RealWeChat"
    real.close()


def test_without_an_app_id_the_library_is_not_loaded():
    said = (
        "import sys, backend.outside; print('wechatpy' in sys.modules, 'requests' in sys.modules)"
    )
    answer = subprocess.run(
        [sys.executable, "-c", said], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert answer.stdout.split()[0] == "False"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("WECHAT_API_URL", "http://api.weixin.qq.com"),
        ("WECHAT_API_URL", "https://api.weixin.qq.com/cgi-bin"),
        ("WECHAT_APP_ID", "gh_0123456789ab"),
        ("WECHAT_APP_SECRET", "half a secret"),
    ],
)
def test_a_setting_that_cannot_be_used_is_refused_by_name(name, value):
    with pytest.raises(BadSetting, match=name) as caught:
        Settings.from_environment({name: value})
    assert "half a secret" not in caught.value.words


def test_an_app_id_alone_is_refused():
    with pytest.raises(BadSetting, match="WECHAT_APP_SECRET"):
        Settings.from_environment({"WECHAT_APP_ID": APP_ID})
