"""What is known of persons, at rest: sealed, found by marks, its key exchanged without a pause."""

import stat

import pytest

from backend.errors import BadSetting
from backend.outside.vault import Given, Unopenable, Vault, connect
from backend.settings import Settings

OLD, NEW = bytes(range(32)), bytes(range(32, 64))


def test_what_is_sealed_opens_under_its_own_name_only():
    vault = Vault(OLD)
    sealed = vault.sealed("phone of 1", b"13800000000")
    assert "13800000000" not in sealed
    assert vault.opened("phone of 1", sealed) == b"13800000000"
    with pytest.raises(Unopenable):
        vault.opened("phone of 2", sealed)


def test_the_same_value_is_sealed_differently_each_time():
    vault = Vault(OLD)
    assert vault.sealed("a", b"x") != vault.sealed("a", b"x")


@pytest.mark.parametrize("spoilt", ["", ".", "nobody", "{id}.", "{id}.!!", "{id}.AAAA", "{id}"])
def test_what_nobody_sealed_does_not_open(spoilt):
    vault = Vault(OLD)
    with pytest.raises(Unopenable):
        vault.opened("a", spoilt.format(id=vault.key_id))


def test_a_changed_letter_is_seen():
    vault = Vault(OLD)
    sealed = vault.sealed("a", b"some words")
    changed = sealed[:-6] + ("A" if sealed[-6] != "A" else "B") + sealed[-5:]
    with pytest.raises(Unopenable):
        vault.opened("a", changed)


def test_an_earlier_key_opens_what_it_sealed_and_seals_nothing_more():
    before, after = Vault(OLD), Vault(NEW, [OLD])
    sealed = before.sealed("a", b"x")
    assert after.opened("a", sealed) == b"x"
    assert not after.is_of_today(sealed)
    assert after.is_of_today(after.sealed("a", b"x"))
    with pytest.raises(Unopenable):
        Vault(NEW).opened("a", sealed)


def test_a_mark_finds_a_value_and_tells_nothing_of_it():
    vault = Vault(OLD)
    assert vault.mark("openid", "oSomebody") == vault.mark("openid", "oSomebody")
    assert vault.mark("openid", "oSomebody") != vault.mark("phone", "oSomebody")
    assert vault.mark("openid", "oSomebody") != Vault(NEW).mark("openid", "oSomebody")
    assert "Somebody" not in vault.mark("openid", "oSomebody")


def test_after_an_exchange_a_value_is_found_by_its_earlier_mark_too():
    before, after = Vault(OLD), Vault(NEW, [OLD])
    assert after.marks("openid", "o") == [after.mark("openid", "o"), before.mark("openid", "o")]


def test_without_a_key_one_is_made_that_only_its_owner_reads(tmp_path):
    file = tmp_path / "personal_key"
    sealed = connect(Given(file=str(file))).sealed("a", b"x")
    assert connect(Given(file=str(file))).opened("a", sealed) == b"x"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


@pytest.mark.parametrize("name", ["PERSONAL_KEY", "PERSONAL_KEYS_BEFORE"])
def test_a_key_that_is_none_is_refused_by_name_and_not_repeated(name):
    with pytest.raises(BadSetting, match=name) as refused:
        Settings.from_environment({name: "not-a-key-at-all"})
    assert "not-a-key-at-all" not in refused.value.words
    assert "flask personal new-key" in refused.value.words
