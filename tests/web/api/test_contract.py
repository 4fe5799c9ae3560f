"""The interface keeps to its own document: generated calls, right and wrong, find no answer that it lacks."""

from collections.abc import Callable, Iterator, MutableMapping
from functools import cache
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from hypothesis import HealthCheck, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    negative_data_rejection,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from hengliang.web.accounts.models import Person
from hengliang.web.api.actions import make
from hengliang.web.api.openapi import OPERATIONS
from hengliang.web.api.scopes import Scope, open_to
from hengliang.web.declarations.models import Declaration
from hengliang.web.evidence.queries import all_by_name

EXAMPLES = 10
"""Right calls for each route, and as many wrong ones; the same in every run."""

UNMADE = {"get_export", "get_job", "get_load", "get_sheet", "hand_in_records", "list_imported"}
"""Routes that answer well only about work that was done before, or to a file that makes sense: their right
answers are tried in tests of their own."""

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    negative_data_rejection,
]


@cache
def contract() -> Any:
    """The document as the interface gives it out."""
    return schemathesis.openapi.from_wsgi("/api/v1/openapi.json", get_wsgi_application())


@pytest.fixture
def one_connection() -> Iterator[None]:
    """Calls do not close the connection in whose transaction the test runs."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def token(
    example: Declaration, person: Callable[[str], Person], settings: Any, one_connection: None
) -> dict[str, str]:
    """The header of the head of the unit, who may read and write all there is of it."""
    settings.API_CALLS_A_MINUTE = 10**9
    _, secret = make(person("fuze"), "contract", open_to(person("fuze")), 1)
    return {"Authorization": f"Bearer {secret}"}


@pytest.fixture
def there(approved: Declaration) -> Callable[[str], dict[str, Any]]:
    """What is there for a route to be called with, by the names of parameters and fields."""

    def known(operation: str) -> dict[str, Any]:
        if OPERATIONS[operation].scope is Scope.FORMS_WRITE:
            # An approved form is not written to.
            Declaration.objects.filter(pk=approved.pk).update(state="draft")
        ledger = all_by_name()[0].name
        return {
            "id": approved.round.pk if operation == "get_round" else approved.pk,
            "round": approved.round.pk,
            "organisation": approved.organisation.code,
            "number": 1,
            "version": 1,
            "name": ledger,
            "ledger": ledger,
            "If-Match": "*",
        }

    return known


@pytest.mark.parametrize("mode", GenerationMode)
@pytest.mark.parametrize("name", OPERATIONS)
def test_answers_are_those_of_the_document(
    name: str, mode: GenerationMode, token: dict[str, str], there: Callable[[str], dict[str, Any]]
) -> None:
    known = there(name) if mode.is_positive else {}
    told: set[int] = set()

    @settings(
        max_examples=EXAMPLES,
        derandomize=True,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(case=contract().find_operation_by_id(name).as_strategy(generation_mode=mode))
    def answers(case: schemathesis.Case) -> None:
        for part in (case.path_parameters, case.query, case.headers, case.body):
            if isinstance(part, MutableMapping):
                part.update({field: value for field, value in known.items() if field in part})
        told.add(case.call_and_validate(headers=token, checks=CHECKS).status_code)

    answers()
    # Calls that never come to anything, or are never refused, would try nothing.
    hoped = {4} if mode.is_negative or name in UNMADE else {2, 3}
    assert {status // 100 for status in told} & hoped, told
