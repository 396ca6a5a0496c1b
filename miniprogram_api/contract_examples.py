"""Examples of the API's description: what the demonstration answers, long lists cut short."""

import json
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

# One question for each operation; whoever adds a door adds what may be asked of it.
ASKED = {
    "search_drugs": "/api/v1/drugs?q=ejsg&page_size=1",
    "show_drug": "/api/v1/drugs/Y0C7BAP1ZXC",
    "suggest_names": "/api/v1/suggest?q=ejsg",
    "scan_code": "/api/v1/scan/0000007?price_fen=1200&lat=41.796&lon=123.455",
    "list_offers": "/api/v1/offers?drug=Y0C7BAP1ZXC&lat=41.796&lon=123.455&page_size=1",
    "show_outlet_history": "/api/v1/offers/history?outlet=DEMO210103-0001&drug=Y0C7BAP1ZXC",
    "show_city_history": "/api/v1/drugs/Y0C7BAP1ZXC/history",
    "list_facts": "/api/v1/facts?page_size=2",
    "plan_basket": "/api/v1/baskets",
    "report_wrong": "/api/v1/reports",
    "list_outlets": "/api/v1/outlets?q=沈河&badge=active&page_size=1",
    "show_outlet": "/api/v1/outlets/DEMO210103-0001?page_size=1",
    "show_current_edition": "/api/v1/lists/drugs/current?page_size=2",
    "show_edition": "/api/v1/lists/outlets/2?page_size=2",
    "show_edition_changes": "/api/v1/lists/outlets/2/changes",
    "show_figures": "/api/v1/figures",
    "list_badges": "/api/v1/badges?page_size=2",
    "show_badge": "/api/v1/outlets/DEMO210103-0001/badge",
    "check_sign": "/api/v1/signs/AAAA",
    "list_keys": "/api/v1/keys",
    "show_data": "/api/v1/data",
    "check_health": "/healthz",
    "check_readiness": "/readyz",
}
# What is asked by POST, and how.
BODIES: dict[str, dict[str, Any]] = {
    "plan_basket": {
        "drugs": [
            {"drug": "Y0C7BAP1ZXC", "quantity": 90, "unit": "unit"},
            {"drug": "YF8X82T204N", "quantity": 2},
        ],
        "lat": 41.796,
        "lon": 123.455,
    },
    "report_wrong": {"outlet": "DEMO210103-0001", "what": "wrong_place"},
}
# So many items of a list show how the others look.
SHOWN = 2


def answered(app: Flask) -> dict[str, dict[str, Any]]:
    """{asked, answer} of every operation, from the house as it stands.

    Raises RuntimeError where it does not answer.
    """
    client, told = app.test_client(), {}
    for name in ASKED:
        response = ask(client, name)
        if response.status_code != 200:
            raise RuntimeError(f"{name}: {response.get_data(as_text=True)}")
        told[name] = {"asked": question(name), "answer": cut(response.get_json())}
    return told


def ask(client: FlaskClient, name: str) -> TestResponse:
    """What a client is answered to the question of an operation."""
    path, body = ASKED[name], BODIES.get(name)
    return client.get(path) if body is None else client.post(path, json=body)


def question(name: str) -> str:
    """The question of an operation in one line."""
    if name in BODIES:
        return f"POST {ASKED[name]} {json.dumps(BODIES[name])}"
    return f"GET {ASKED[name]}"


def cut(value: Any) -> Any:
    """The same value, of each list only the first few items."""
    if isinstance(value, list):
        return [cut(one) for one in value[:SHOWN]]
    if isinstance(value, dict):
        return {name: cut(one) for name, one in value.items()}
    return value
