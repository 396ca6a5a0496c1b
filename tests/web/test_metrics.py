"""What Prometheus is told, and whom the door opens to."""

import re
from dataclasses import replace

import pytest

import search
from backend.app import create_app
from backend.outside import outside
from backend.prices.actions import snapshot_bands
from search.fallback import FallbackIndex
from tests.conftest import settings_in

NEAR, FAR = "127.0.0.1", "8.8.8.8"


@pytest.fixture
def client(town):
    return town.test_client()


def read(client, **headers):
    answer = client.get("/metrics", headers=headers)
    assert answer.status_code == 200
    assert answer.mimetype == "text/plain"
    text = answer.get_data(as_text=True)
    names = re.findall(r"^# TYPE (\S+)", text, re.MULTILINE)
    assert len(names) == len(set(names))
    return text


def value(text, name):
    """The number behind a name with its labels as they are written."""
    found = re.search(rf"^{re.escape(name)} (\S+)$", text, re.MULTILINE)
    assert found, f"{name} is not in\n{text}"
    return float(found[1])


def test_questions_are_counted_by_door_and_never_by_what_was_asked(client):
    name = 'sanjin_requests_total{door="/api/v1/drugs/<code>",method="GET",status="404"}'
    client.get("/api/v1/drugs/SECRET1")
    before = value(read(client), name)
    client.get("/api/v1/drugs/SECRET2")
    client.get("/api/v1/drugs?q=SECRET3")
    client.get("/SECRET4")
    text = read(client)
    assert value(text, name) == before + 1
    assert value(text, 'sanjin_request_seconds_count{door="none"}') >= 1
    assert "SECRET" not in text


def test_the_time_of_an_answer_is_told_in_steps(client):
    client.get("/rules")
    text = read(client)
    steps = re.findall(r'sanjin_request_seconds_bucket{door="/rules",le="([^"]+)"} (\S+)', text)
    counts = [float(count) for _, count in steps]
    assert steps[-1][0] == "+Inf"
    assert counts == sorted(counts)
    assert value(text, 'sanjin_request_seconds_count{door="/rules"}') == counts[-1]


def test_the_house_is_told_as_it_stands(client):
    text = read(client)
    assert value(text, 'sanjin_up{plug="database"}') == 1
    assert value(text, 'sanjin_up{plug="queue"}') == 1
    assert value(text, 'sanjin_deliveries{state="published"}') == 5
    assert 0 <= value(text, "sanjin_newest_price_age_seconds") < 400 * 86400


def test_the_queue_is_told_with_how_its_work_ended(client, town):
    line = outside.queue
    take = line.task(name="take_bands_now")(lambda: snapshot_bands)
    take()
    text = read(client)
    assert value(text, "sanjin_queue_waiting") == 1
    assert value(text, "sanjin_queue_oldest_seconds") >= 0
    ready = client.get("/readyz").get_json()["queue"]
    assert ready["waiting"] == 1
    assert ready["oldest_s"] >= 0

    line.execute(line.dequeue())
    text = read(client)
    assert value(text, "sanjin_queue_waiting") == 0
    assert value(text, 'sanjin_tasks_total{kind="take_bands_now",result="done"}') == 1
    assert value(text, 'sanjin_task_last_done_timestamp_seconds{kind="take_bands_now"}') > 1.7e9
    assert client.get("/readyz").get_json()["queue"] == {"waiting": 0, "oldest_s": None}


def test_a_weaker_engine_that_answers_is_told(client):
    builtin = outside.index
    assert "sanjin_search_degraded" not in read(client)
    outside.index = FallbackIndex(search.connect("http://127.0.0.1:1", key="none"), builtin)
    assert value(read(client), "sanjin_search_degraded") == 0
    for _ in range(3):
        client.get("/api/v1/drugs?q=ejsg")
    assert value(read(client), "sanjin_search_degraded") == 1
    ready = client.get("/readyz")
    assert (ready.status_code, ready.get_json()["checks"]["search"]) == (200, "degraded")


@pytest.fixture
def broken(tmp_path, cache):
    """A house whose database and queue cannot be reached."""
    settings = replace(
        settings_in(tmp_path, cache_dir=str(cache)),
        database_url="postgresql://nobody@127.0.0.1:1/none?connect_timeout=1",
        queue_url="redis://127.0.0.1:1/0",
    )
    yield create_app(settings).test_client()
    outside.let_go()


def test_what_cannot_be_reached_is_told_and_nothing_breaks(broken):
    text = read(broken)
    assert value(text, 'sanjin_up{plug="queue"}') == 0
    assert value(text, 'sanjin_up{plug="database"}') == 0
    assert broken.get("/healthz").status_code == 200


def test_a_house_without_its_database_is_not_ready_and_says_which_plug(broken):
    answer = broken.get("/readyz")
    assert answer.status_code == 503
    told = answer.get_json()
    assert told["checks"]["database"] != "ok"
    assert told["checks"]["search"] == "ok"
    assert told["queue"] == {"waiting": None, "oldest_s": None}


@pytest.mark.parametrize(
    ("address", "headers", "status"),
    [
        (NEAR, {}, 200),
        ("::1", {}, 200),
        ("10.1.2.3", {}, 200),
        ("172.18.0.5", {}, 200),
        (FAR, {}, 403),
        ("", {}, 403),
        (NEAR, {"X-Forwarded-For": FAR}, 403),
        ("10.1.2.3", {"X-Forwarded-For": "10.9.9.9"}, 403),
        (FAR, {"Authorization": "Bearer the token"}, 200),
        (NEAR, {"X-Forwarded-For": FAR, "Authorization": "Bearer the token"}, 200),
        (FAR, {"Authorization": "Bearer another"}, 403),
        (FAR, {"Authorization": "Bearer "}, 403),
    ],
)
@pytest.mark.parametrize("proxies", [0, 1])
def test_the_door_opens_to_the_house_itself_and_to_who_has_the_token(
    tmp_path, cache, address, headers, status, proxies
):
    settings = settings_in(tmp_path, cache_dir=str(cache), metrics_token="the token")
    client = create_app(replace(settings, trusted_proxies=proxies)).test_client()
    answer = client.get("/metrics", headers=headers, environ_base={"REMOTE_ADDR": address})
    assert answer.status_code == status
    if status == 403:
        assert answer.get_json()["code"] == "not_for_you"


def test_no_token_is_no_token(house):
    for said in ("", "Bearer ", "Bearer"):
        answer = house.test_client().get(
            "/metrics", headers={"Authorization": said}, environ_base={"REMOTE_ADDR": FAR}
        )
        assert answer.status_code == 403
