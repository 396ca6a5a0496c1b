"""Schemathesis over the whole description: every operation, every check, without surprises."""

from collections.abc import Iterator
from itertools import count

import schemathesis
from schemathesis.engine import events, from_schema

from miniprogram_api.contract_examples import token


@schemathesis.hook
def filter_case(context, case):
    """Two rules between parameters that OpenAPI has no words for are kept by who generates.

    Half a place and a cursor we did not give are refused (422), as test_api_refusals and
    test_walking see to; as answers to questions that are right by the description they would
    look like faults.
    """
    query = case.query or {}
    made_wrong = case.meta is not None and case.meta.generation.mode.is_negative
    return made_wrong or (("lat" in query) == ("lon" in query) and "cursor" not in query)


# Codes that are known to the demonstration, and that are not.
READABLE = ("0000007", "9520000000073", "H20052330", "9999999")


@schemathesis.hook
def map_case(context, case):
    """Nor has OpenAPI words for a check digit, or for which product belongs to a code.

    What is no code is refused, as tests/scanning and tests/catalog see to.
    """
    made_wrong = case.meta is not None and case.meta.generation.mode.is_negative
    if case.operation.path == "/api/v1/scan/{code}" and not made_wrong:
        number = len(str(case.path_parameters)) % len(READABLE)
        case.path_parameters = {"code": READABLE[number]}
        case.query = {name: value for name, value in (case.query or {}).items() if name != "drug"}
    if case.operation.path == "/api/v1/baskets" and not made_wrong:
        # Nor for drugs that differ, for whole places, and for packs that can be counted.
        case.body = {**case.body, "drugs": [dict(one) for one in case.body["drugs"]], **HERE}
        for code, one in zip(SOLD, case.body["drugs"], strict=False):
            one["drug"] = code
        case.body["drugs"] = case.body["drugs"][: len(SOLD)]
    if case.operation.path == "/api/v1/me/consents/{kind}" and not made_wrong:
        # Nor for today's version, and for who is of age.
        case.body = {"given": case.body["given"], "version": "1", "age": "14_or_over"}
    if case.operation.path == "/api/v1/reports" and not made_wrong:
        # Nor for what goes together: the outlet as a whole, or a price of a drug it shows.
        whole = {"outlet": case.body["outlet"], "what": "wrong_place"}
        priced = case.body.get("price_fen")
        case.body = whole if priced is None else {**SHOWN, "price_fen": priced}
    return case


SHOWN = {"outlet": "DEMO210103-0001", "what": "wrong_price", "drug": "Y0C7BAP1ZXC"}
SOLD, HERE = ("Y0C7BAP1ZXC", "YF8X82T204N", "YSPY6RGPE33"), {"lat": 41.796, "lon": 123.455}


def described(app, *, examples: int):
    """The schema of the app by WSGI, bounded and the same every time."""
    schema = schemathesis.openapi.from_wsgi("/api/openapi.json", app)
    schema.config.generation.max_examples = examples
    schema.config.generation.deterministic = True
    schema.config.continue_on_failure = True
    # Its way by WSGI asks for gzip and does not unpack it; test_caching looks at what is packed.
    schema.config.headers = {"Accept-Encoding": "identity"}
    # It asks again in a way the WSGI client does not understand; test_from_outside asks unsigned.
    schema.config.checks.ignored_auth.enabled = False
    schema.auth(refresh_interval=None)(_signing_in(app))
    return schema


def _signing_in(app):
    """Everybody asks signed in as somebody new: what one deletes, the next needs."""
    numbers = count(1)

    class SignedIn:
        def get(self, case, context):
            return token(app.test_client(), f"code-{next(numbers)}")

        def set(self, case, data, context):
            case.headers = {**(case.headers or {}), "Authorization": f"Bearer {data}"}

    return SignedIn


def faults(schema) -> Iterator[str]:
    """Every check that failed, and every trouble of the engine itself, in a line."""
    for event in from_schema(schema).execute():
        if isinstance(event, events.ScenarioFinished):
            yield from _failed(event.recorder)
        elif isinstance(event, events.NonFatalError):
            yield f"{event.label}: {event.info.format()}"
        elif isinstance(event, events.FatalError):
            yield repr(event.exception)


def _failed(recorder):
    for case_id, checks in recorder.checks.items():
        for check in checks:
            if check.failure_info:
                case = recorder.cases[case_id].value
                failure = check.failure_info.failure
                yield f"{case.as_curl_command()}: {check.name}: {failure.title}: {failure.message}"
