"""A database that goes away: said once, waited for with growing pauses, and then the work goes on."""

import logging

import pytest
from django.db import OperationalError

from hengliang.web.jobs import outage


def test_it_is_said_once_and_the_work_goes_on(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    answers = iter([False, *[False] * 8, True])
    monkeypatch.setattr(outage, "_answers", lambda: next(answers))
    monkeypatch.setattr(outage.connection, "close", lambda: None)
    done: list[str] = []
    pauses: list[float] = []

    def work() -> None:
        done.append("begun")
        if len(done) == 1:
            raise OperationalError("connection refused\n\tIs the server running?")

    with caplog.at_level(logging.INFO):
        outage.steadily(work, pauses.append)
    assert done == ["begun", "begun"]
    assert pauses == [1, 2, 4, 8, 16, 32, 60, 60]
    assert [logging.Formatter().format(one) for one in caplog.records] == [
        "the database cannot be reached, the work waits for it: connection refused",
        "the database is back, the work goes on",
    ]


def test_what_the_database_refuses_is_no_outage(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(outage, "_answers", lambda: True)
    monkeypatch.setattr(outage.connection, "close", lambda: None)
    faults = iter([OperationalError("database is locked")])
    pauses: list[float] = []

    def work() -> None:
        for fault in faults:
            raise fault

    outage.steadily(work, pauses.append)
    assert pauses == [1]
    assert "database is locked" in caplog.text
