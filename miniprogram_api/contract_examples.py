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
    "sign_in": "/api/v1/sessions",
    "sign_out": "/api/v1/sessions/current",
    "sign_out_everywhere": "/api/v1/sessions",
    "list_consents": "/api/v1/consents",
    "show_me": "/api/v1/me",
    "delete_me": "/api/v1/me",
    "set_phone": "/api/v1/me/phone",
    "delete_phone": "/api/v1/me/phone",
    "set_consent": "/api/v1/me/consents/health",
    "list_messages": "/api/v1/me/messages",
    "read_messages": "/api/v1/me/messages/read",
    "show_wanted": "/api/v1/me/wanted",
    "set_wanted": "/api/v1/me/wanted/alerts",
    "list_alerts": "/api/v1/me/alerts",
    "ask_alert": "/api/v1/me/alerts",
    "cancel_alert": "/api/v1/me/alerts/1",
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
# What is asked otherwise than by GET, or by POST where it has a body.
METHODS = {
    "set_consent": "PUT",
    "set_wanted": "PUT",
    **dict.fromkeys(
        ("sign_out", "sign_out_everywhere", "delete_me", "delete_phone", "cancel_alert"), "DELETE"
    ),
}
# What only a person who is signed in may ask.
SIGNED_IN = frozenset(
    ("sign_out", "sign_out_everywhere", "show_me", "delete_me", "set_phone", "delete_phone",
     "set_consent", "list_messages", "read_messages", "show_wanted", "set_wanted", "list_alerts",
     "ask_alert", "cancel_alert")
)  # fmt: skip
_CONSENTS = {"given": True, "version": "1", "by": "self", "age": "14_or_over"}
# What is asked with a body, and how.
BODIES: dict[str, dict[str, Any]] = {
    "sign_in": {"code": "0a3XyZ"},
    "set_phone": {"code": "9c1AbC"},
    "set_consent": {"given": True, "version": "1", "by": "self"},
    "read_messages": {"until": 1},
    "set_wanted": {"wanted": False},
    "ask_alert": {"about": "arrived", "drug": "Y0C7BAP1ZXC", "place": "210103"},
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
        if response.status_code not in (200, 201):
            raise RuntimeError(f"{name}: {response.get_data(as_text=True)}")
        told[name] = {"asked": question(name), "answer": cut(response.get_json())}
    return told


def ask(client: FlaskClient, name: str) -> TestResponse:
    """What a client is answered to the question of an operation."""
    headers = {"Authorization": f"Bearer {token(client, name)}"} if name in SIGNED_IN else {}
    path = ASKED[name]
    if name in ("ask_alert", "cancel_alert"):
        for kind in ("health", "notices"):
            client.put(f"{ASKED['show_me']}/consents/{kind}", json=_CONSENTS, headers=headers)
    if name == "cancel_alert":
        asked = client.post(ASKED["ask_alert"], json=BODIES["ask_alert"], headers=headers)
        path = f"{ASKED['ask_alert']}/{asked.get_json()['number']}"
    return client.open(path, method=method(name), json=BODIES.get(name), headers=headers)


def token(client: FlaskClient, code: str) -> str:
    """A session of somebody new where no WeChat is plugged in, who consents to personal data."""
    said = client.post("/api/v1/sessions", json={"code": code}).get_json()["token"]
    client.put("/api/v1/me/consents/personal", json=_CONSENTS,
               headers={"Authorization": f"Bearer {said}"})  # fmt: skip
    return said


def method(name: str) -> str:
    """How an operation is asked."""
    return METHODS.get(name, "POST" if name in BODIES else "GET")


def question(name: str) -> str:
    """The question of an operation in one line."""
    body = f" {json.dumps(BODIES[name])}" if name in BODIES else ""
    return f"{method(name)} {ASKED[name]}{body}"


def cut(value: Any) -> Any:
    """The same value, of each list only the first few items."""
    if isinstance(value, list):
        return [cut(one) for one in value[:SHOWN]]
    if isinstance(value, dict):
        return {name: cut(one) for name, one in value.items()}
    return value
