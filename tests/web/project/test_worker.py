"""What a worker looks for beside its work goes on, whatever fails."""

import pytest

from hengliang.web.accounts import mail, sessions
from hengliang.web.declarations import reminders
from hengliang.web.files import actions as files
from hengliang.web.jobs import actions as jobs
from hengliang.web.project.commands import worker


def test_what_fails_keeps_nothing_else_from_being_done(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    done: list[str] = []

    def fail() -> int:
        raise OSError("the disk is away")

    monkeypatch.setattr(files, "sweep", fail)
    monkeypatch.setattr(jobs, "recover", fail)
    monkeypatch.setattr(jobs, "tidy", lambda: done.append("files"))
    monkeypatch.setattr(mail, "requeue", lambda: done.append("letters"))
    monkeypatch.setattr(reminders, "remind", lambda: done.append("reminders"))
    monkeypatch.setattr(sessions, "clear_expired", lambda: done.append("sessions"))
    monkeypatch.setattr("django.db.close_old_connections", lambda: done.append("connections"))
    worker.look()
    assert done == ["connections", "letters", "reminders", "files", "sessions"]
    assert len(caplog.records) == 2
