"""The files of production: whole, closed to the outside, and in step with the settings."""

import configparser
import re
import runpy
import shlex
import shutil
import sqlite3
import subprocess
import sys
from dataclasses import fields

import pytest
import yaml

from backend.settings import Settings
from tests.house.project import ROOT
from tests.house.test_settings import THE_SERVERS
from tests.servers import program

COMPOSE_TEXT = (ROOT / "compose.yaml").read_text(encoding="utf-8")
COMPOSE = yaml.safe_load(COMPOSE_TEXT)
SERVICES = COMPOSE["services"]
EXAMPLE = (ROOT / ".env.example").read_text(encoding="utf-8")
DEPLOY = ROOT / "docs/deploy"
UNITS = sorted((DEPLOY / "systemd").iterdir())
CAN_BE_SET = {field.name.upper() for field in fields(Settings)} | THE_SERVERS
# Not the program's: what compose puts together itself.
OF_COMPOSE = {"POSTGRES_PASSWORD", "MEILI_MASTER_KEY", "HTTP_PORT"}

each_service = pytest.mark.parametrize("name", SERVICES)
ENDS = {name for name, service in SERVICES.items() if service["restart"] == "no"}


def test_everything_production_needs_is_there():
    assert set(SERVICES) - ENDS == {
        "nginx", "web", "worker", "postgres", "meilisearch", "redis",
    }  # fmt: skip
    assert SERVICES["meilisearch"]["image"] == "getmeili/meilisearch:v1.50"


@each_service
def test_a_service_has_no_more_power_than_it_needs(name):
    service = SERVICES[name]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert "privileged" not in service
    if "build" in service:
        assert re.search(r"^USER sanjin$", (ROOT / "Dockerfile").read_text(), re.MULTILINE)
    elif name not in ENDS:
        assert service["user"] not in ("root", "0", "0:0")


@each_service
def test_a_service_comes_back_and_says_how_it_is(name):
    service = SERVICES[name]
    if name in ENDS:
        return
    assert service["restart"] == "unless-stopped"
    assert "healthcheck" in service or "HEALTHCHECK" in (ROOT / "Dockerfile").read_text()
    assert service["logging"]["options"]["max-size"]


def test_only_nginx_is_open_to_the_outside():
    assert [name for name, service in SERVICES.items() if "ports" in service] == ["nginx"]
    inside = {name for name, one in SERVICES.items() if one.get("networks") == ["data"]}
    assert inside == {"migrate", "postgres", "meilisearch", "redis"}
    assert COMPOSE["networks"]["data"]["internal"] is True


@each_service
def test_what_a_service_mounts_and_waits_for_exists(name):
    service = SERVICES[name]
    for volume in service.get("volumes", []):
        source = volume.split(":")[0]
        assert (ROOT / source).is_file() if source[0] == "." else source in COMPOSE["volumes"]
    for other, how in service.get("depends_on", {}).items():
        done = how["condition"] == "service_completed_successfully"
        assert (other in ENDS) == done


def test_our_services_are_given_only_what_can_be_set():
    for name in ("migrate", "web", "worker"):
        assert set(SERVICES[name]["environment"]) <= CAN_BE_SET
    Settings.from_environment({"RATE_LIMIT": "3000/minute", "TRUSTED_PROXIES": "1"})


def test_the_example_explains_each_variable_and_knows_no_other():
    told = re.findall(r"^([A-Z_]+)=", EXAMPLE, re.MULTILINE)
    assert len(told) == len(set(told))
    assert set(told) <= CAN_BE_SET | OF_COMPOSE
    used = set(re.findall(r"\$\{([A-Z_]+)", COMPOSE_TEXT))
    assert used <= set(told)
    lines = EXAMPLE.splitlines()
    bare = [
        line for before, line in zip(lines, lines[1:], strict=False)
        if re.match(r"[A-Z_]+=", line) and not before.startswith("# ")
    ]  # fmt: skip
    assert bare == []


def test_what_must_be_filled_in_is_empty_and_compose_insists_on_it():
    for name in ("SECRET_KEY", "POSTGRES_PASSWORD", "MEILI_MASTER_KEY"):
        assert re.search(rf"^{name}=$", EXAMPLE, re.MULTILINE)
        assert f"${{{name}:?" in COMPOSE_TEXT
    given = dict(re.findall(r"^([A-Z_]+)=(.+)$", EXAMPLE, re.MULTILINE))
    Settings.from_environment({n: v for n, v in given.items() if n in CAN_BE_SET})


def test_the_log_of_nginx_has_no_query_address_referrer_or_browser():
    text = (DEPLOY / "nginx/nginx.conf").read_text(encoding="utf-8")
    (form,) = re.findall(r"log_format quiet '(.*)';", text)
    known = {"$time_iso8601", "$request_method", "$told_uri", "$status", "$body_bytes_sent",
             "$request_time"}  # fmt: skip
    assert set(re.findall(r"\$\w+", form)) == known
    assert re.search(r"map \$uri \$told_uri \{\s+default \$uri;", text)
    assert re.findall(r"access_log \S+ (\w+);", text) == ["quiet"]
    assert re.search(r"error_log \S+ crit;", text)


def test_nginx_and_the_house_agree_on_sizes_and_times(house):
    nginx = (DEPLOY / "nginx/nginx.conf").read_text(encoding="utf-8")
    doors = (DEPLOY / "nginx/doors.conf").read_text(encoding="utf-8")
    server = runpy.run_path(str(ROOT / "gunicorn.conf.py"))
    most = int(re.search(r"client_max_body_size (\d+)m;", nginx)[1]) * 1_000_000
    assert most > house.config["MAX_CONTENT_LENGTH"]
    idle = int(re.search(r"^\s+keepalive_timeout (\d+)s;\s+}", nginx, re.MULTILINE)[1])
    assert idle < server["keepalive"]
    assert int(re.search(r"proxy_read_timeout (\d+)s;", doors)[1]) > server["timeout"]
    assert server["graceful_timeout"] < int(SERVICES["web"]["stop_grace_period"].rstrip("s"))


def test_nginx_understands_its_files_with_tls_and_without(tmp_path):
    nginx = program("nginx", package="nginx-light")
    for name in ("nginx.conf", "doors.conf", "upstream.conf"):
        _write(name, tmp_path)
    assert _understood(nginx, tmp_path) == 0
    _write("https.conf", tmp_path)
    openssl = program("openssl", package="openssl")
    subprocess.run(
        [openssl, "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256",
         "-nodes", "-days", "1", "-subj", "/CN=sanjin", "-keyout", tmp_path / "key.pem",
         "-out", tmp_path / "cert.pem"],
        check=True, capture_output=True,
    )  # fmt: skip
    assert _understood(nginx, tmp_path) == 0


def _write(name, folder):
    text = (DEPLOY / "nginx" / name).read_text(encoding="utf-8")
    for theirs in ("/etc/nginx/sanjin", "/var/log/nginx"):
        text = text.replace(theirs, str(folder))
    (folder / name).write_text(re.sub(r"listen (80|443)", r"listen 127.0.0.1:20\1", text))


def _understood(nginx, folder):
    command = [nginx, "-t", "-q", "-c", str(folder / "nginx.conf"), "-g", f"pid {folder}/pid;"]
    return subprocess.run(command, check=False).returncode


@pytest.mark.parametrize("path", UNITS, ids=lambda path: path.name)
def test_a_unit_is_one_systemd_understands(path, tmp_path):
    analyze = program("systemd-analyze", package="systemd", always=False)
    for unit in UNITS:
        text = unit.read_text(encoding="utf-8")
        (tmp_path / unit.name).write_text(text.replace("/opt/sanjin/.venv/bin/python", "/bin/true"))
    answer = subprocess.run(
        [analyze, "verify", "--man=no", str(tmp_path / path.name)], capture_output=True, text=True
    )
    assert (answer.returncode, _about(answer.stderr)) == (0, [])


def _about(said):
    return [line for line in said.splitlines() if "sanjin" in line]


@pytest.mark.parametrize("path", UNITS, ids=lambda path: path.name)
def test_a_unit_runs_files_of_the_project_as_nobody_of_note(path):
    unit = configparser.ConfigParser(strict=False, interpolation=None)
    unit.optionxform = str
    unit.read_string(path.read_text(encoding="utf-8"))
    if not unit.has_section("Service"):
        return
    service = unit["Service"]
    assert service["User"] == "sanjin"
    assert service["NoNewPrivileges"] == service["ProtectHome"] == "yes"
    assert service["ProtectSystem"] == "strict"
    for key in ("ExecStart", "ExecStartPre"):
        ours = [word for word in shlex.split(service.get(key, "")) if "/opt/sanjin/" in word]
        for word in ours:
            name = word.removeprefix("/opt/sanjin/")
            assert name == ".venv/bin/python" or (ROOT / name).exists(), word


@pytest.fixture
def backup(tmp_path):
    """backup(url) → how the script went; it writes into `tmp_path`/kept."""

    def run(url):
        environment = {
            "DATABASE_URL": url, "BACKUP_DIR": str(tmp_path / "kept"), "PATH": "/usr/bin:/bin",
            "PYTHON": sys.executable,
        }  # fmt: skip
        return subprocess.run(
            ["sh", str(DEPLOY / "backup.sh")], env=environment, capture_output=True, text=True,
            cwd=tmp_path,
        )  # fmt: skip

    return run


def test_a_backup_taken_while_somebody_writes_is_whole(backup, town_files, tmp_path):
    live = tmp_path / "sanjin.db"
    shutil.copy(town_files / "sanjin.db", live)
    writer = sqlite3.connect(live)
    writer.execute("PRAGMA journal_mode = wal")
    prices = writer.execute("SELECT count(*) FROM observation").fetchone()
    writer.execute("BEGIN IMMEDIATE")
    writer.execute("DELETE FROM offer")
    went = backup(f"sqlite:///{live}")
    writer.rollback()
    assert went.returncode == 0, went.stderr
    (kept,) = (tmp_path / "kept").glob("sanjin-*.db")
    copy = sqlite3.connect(kept)
    assert copy.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert copy.execute("SELECT count(*) FROM observation").fetchone() == prices
    assert copy.execute("SELECT count(*) FROM offer").fetchone() != (0,)
    assert kept.stat().st_mode & 0o077 == 0


def test_a_backup_keeps_the_key_badges_are_signed_with(backup, town_files, tmp_path):
    (tmp_path / "var").mkdir()
    (tmp_path / "var" / "signing_key").write_text("the key", encoding="utf-8")
    went = backup(f"sqlite:///{town_files / 'sanjin.db'}")
    assert went.returncode == 0, went.stderr
    (kept,) = (tmp_path / "kept").glob("sanjin-*.signing_key")
    assert kept.read_text(encoding="utf-8") == "the key"
    assert kept.stat().st_mode & 0o077 == 0


def test_a_backup_of_nothing_fails_and_leaves_nothing_that_looks_like_one(backup, tmp_path):
    assert backup(f"sqlite:///{tmp_path}/nowhere.db").returncode != 0
    assert list((tmp_path / "kept").glob("*.db")) == []
    went = backup("mysql://nobody@nowhere/none")
    assert went.returncode == 1
    assert "DATABASE_URL" in went.stderr
