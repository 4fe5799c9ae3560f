"""A refusal is one line of the log, which names nobody; a fault of the program keeps its traceback."""

import logging
from collections.abc import Callable

import pytest
from django.test import Client

from hengliang.web.accounts.models import Person
from hengliang.web.declarations import queries
from hengliang.web.declarations.models import Declaration


def _lines(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [logging.Formatter().format(one) for one in caplog.records if one.name == "django.request"]


def test_a_refusal_is_one_line(
    example: Declaration, signed_in: Callable[[str], Client], caplog: pytest.LogCaptureFixture
) -> None:
    person = Person.objects.get(username="tianbao")
    address = f"/publications/prepare/{example.pk}/?who=王填报"
    assert signed_in("tianbao").post(address, {"reason": "x"}).status_code == 403
    assert _lines(caplog) == [f"refused (403): POST prepare-copy, person {person.pk}"]


def test_a_fault_keeps_its_traceback(
    example: Declaration,
    signed_in: Callable[[str], Client],
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delattr(queries, "declarations_in_reach")
    client = signed_in("tianbao")
    client.raise_request_exception = False
    assert client.get("/declarations/").status_code == 500
    (told,) = _lines(caplog)
    assert "/declarations/" in told
    assert "Traceback" in told
    assert "AttributeError" in told


@pytest.mark.parametrize(
    ("address", "kind"),
    [
        ("/public/?q=王%00", "BadRequest"),
        ("/public/?" + "&".join(f"a{n}=王" for n in range(1100)), "TooMany"),
    ],
)
def test_what_cannot_be_read_is_one_line(
    address: str, kind: str, db: None, caplog: pytest.LogCaptureFixture
) -> None:
    assert Client().get(address).status_code == 400
    (line,) = [logging.Formatter().format(one) for one in caplog.records]
    assert line.startswith(f"refused (400 {kind}")
    assert line.endswith(": GET -, person -")
