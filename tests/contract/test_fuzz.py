"""Schemathesis asks everything the description allows, and much it does not: no check fails."""

import os
from collections import Counter

import pytest
from flask import request
from schemathesis.engine import events, from_schema

from miniprogram_api.contract_examples import ASKED, SIGNED_IN, method
from tests.contract.fuzzing import described, faults

# A few of each operation in `make test`; `make fuzz` asks for many more.
SIGNED_IN_LABELS = {f"{method(name)} {ASKED[name]}" for name in SIGNED_IN}
EXAMPLES = int(os.environ.get("FUZZ_EXAMPLES") or 20)

# All there are for HTTP, by name, so that one that is no longer run is missed. One of them has
# nothing to look at here: nobody has two accounts (object_level_authorization); two more only wake
# where something is made or deleted (use_after_free, ensure_resource_availability).
CHECKS = {
    "not_a_server_error", "status_code_conformance", "content_type_conformance",
    "response_schema_conformance", "response_headers_conformance", "positive_data_acceptance",
    "negative_data_rejection", "use_after_free", "ensure_resource_availability",
    "missing_required_header", "object_level_authorization", "unsupported_method",
    "allow_header_conformance",
}  # fmt: skip


@pytest.mark.long
def test_no_check_fails_on_any_operation(town):
    assert list(faults(described(town, examples=EXAMPLES))) == []


def test_every_check_is_run_and_every_operation_answers_both_ways(house):
    """A check that never ran, or an operation that only refuses, would say nothing."""
    run, told = Counter(), {}
    schema = described(house, examples=3)
    for event in from_schema(schema).execute():
        if isinstance(event, events.ScenarioFinished):
            for case_id, checks in event.recorder.checks.items():
                run.update(check.name for check in checks)
                case = event.recorder.cases[case_id].value
                answer = event.recorder.interactions[case_id].response
                told.setdefault(case.operation.label, set()).add(answer.status_code)
    assert set(run) >= CHECKS
    assert len(told) == len(list(schema.get_all_operations()))
    # What takes nothing but who asks is refused to strangers, as test_from_outside sees to.
    refused = {404, 405, 422}
    assert [
        label for label, codes in told.items()
        if not codes & refused and label not in SIGNED_IN_LABELS
    ] == []  # fmt: skip
    assert {405} <= set.union(*told.values())


def test_a_door_that_breaks_its_promise_is_caught(house):
    @house.after_request
    def _spoil(response):
        if request.path == "/healthz" and response.status_code == 200:
            response.set_data(b'{"status":1}')
        return response

    found = list(faults(described(house, examples=1)))
    assert any("/healthz" in line and "response_schema_conformance" in line for line in found)
