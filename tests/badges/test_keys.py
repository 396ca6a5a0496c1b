"""The signing key: given or made once, never shown, exchanged without old signs going bad."""

import stat
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest

from backend.errors import BadSetting
from backend.outside import outside
from backend.outside.keyfiles import new_key
from backend.outside.signing import Given, connect, text_of
from backend.settings import Settings
from tests.house.project import ROOT

OURS = "0f" * 32


def test_a_key_is_made_once_and_only_its_owner_reads_it(tmp_path):
    file = tmp_path / "deep" / "signing_key"
    first, second = (connect(Given(file=str(file))) for _ in range(2))
    assert first.public_keys == second.public_keys
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert [path.name for path in file.parent.iterdir()] == ["signing_key"]


def test_of_many_that_start_at_once_one_makes_the_key(tmp_path):
    given = Given(file=str(tmp_path / "signing_key"))
    with ThreadPoolExecutor(16) as threads:
        made = list(threads.map(lambda _: connect(given).key_id, range(64)))
    assert len(set(made)) == 1


def test_processes_that_start_at_once_agree_too(tmp_path):
    code = (
        "import sys; from backend.outside.signing import Given, connect;"
        "print(connect(Given(file=sys.argv[1])).key_id.hex())"
    )
    command = [sys.executable, "-c", code, str(tmp_path / "signing_key")]
    running = [
        subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) for _ in range(4)
    ]
    assert len({one.communicate()[0] for one in running}) == 1


@pytest.mark.parametrize("form", ["hex", "base64url", "base64"])
def test_a_key_may_be_written_in_hex_or_base64(form):
    raw = bytes(range(200, 232))
    written = {
        "hex": raw.hex(),
        "base64url": text_of(raw),
        "base64": text_of(raw).replace("-", "+").replace("_", "/") + "=",
    }[form]
    assert Settings.from_environment({"SIGNING_KEY": written}).signing_key == written
    assert connect(Given(written)).key_id == connect(Given(raw.hex())).key_id


@pytest.mark.parametrize("name", ["SIGNING_KEY", "SIGNING_KEYS_BEFORE"])
@pytest.mark.parametrize("key", ["secret", "0f" * 31, "zz" * 32, "a" * 42])
def test_what_is_no_key_is_refused_by_name_and_not_repeated(name, key):
    with pytest.raises(BadSetting, match=name) as refusal:
        Settings.from_environment({name: key})
    assert key not in refusal.value.words


@pytest.mark.parametrize("url", ["sanjin.cn", "ftp://x", "https://x/path", "https://x y"])
def test_an_address_that_is_none_is_refused_by_name(url):
    with pytest.raises(BadSetting, match="PUBLIC_URL"):
        Settings.from_environment({"PUBLIC_URL": url})


def test_what_an_earlier_key_signed_still_holds_and_a_strangers_never(house):
    old, new = connect(Given(OURS)), new_key()
    signature = old.sign(b"told")
    after = connect(Given(new, before=text_of(old.public_keys[old.key_id])))
    assert after.verify(old.key_id, b"told", signature)
    assert not after.verify(after.key_id, b"told", signature)
    assert not connect(Given(new)).verify(old.key_id, b"told", signature)


def test_the_operator_sees_the_public_keys_and_never_the_secret_one(house):
    said = house.test_cli_runner().invoke(args=["keys", "show"]).output
    public = outside.signer.public_keys[outside.signer.key_id]
    assert text_of(public) in said
    assert OURS not in said


def test_a_new_key_comes_with_the_settings_that_keep_old_signs_good(house):
    said = house.test_cli_runner().invoke(args=["keys", "new"]).output
    told = dict(line.split("=", 1) for line in said.splitlines() if line.startswith("SIGNING_"))
    settings = Settings.from_environment(told)
    after = connect(Given(settings.signing_key, before=settings.signing_keys_before))
    assert after.verify(outside.signer.key_id, b"told", outside.signer.sign(b"told"))
    assert after.key_id != outside.signer.key_id


def test_everybody_may_have_the_public_keys(ask):
    (key,) = ask("/api/v1/keys")["items"]
    assert (key["algorithm"], key["current"]) == ("Ed25519", True)
    assert key["key"] == text_of(outside.signer.key_id)
