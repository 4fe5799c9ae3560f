"""Many forms at once: brought in once each, whatever happens on the way, and given out as documents."""

import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from hengliang.form.model import Kind
from hengliang.web.accounts.models import Assignment, Person
from hengliang.web.api import work
from hengliang.web.api.models import Imported
from hengliang.web.audit.models import Entry
from hengliang.web.audit.queries import verify
from hengliang.web.declarations.exported import document
from hengliang.web.declarations.findings import working_of
from hengliang.web.declarations.models import Declaration, Version
from hengliang.web.evidence.models import Load
from hengliang.web.files.models import StoredFile
from hengliang.web.files.queries import place_of
from hengliang.web.jobs.actions import carry_out
from hengliang.web.jobs.models import Job
from tests.web.api.conftest import Program

MINES = Path(__file__).parents[2] / "measure" / "vectors" / "I01_green_mine_check.csv"


def _project(example: Declaration, name: str, kind: str = "xlsx") -> SimpleUploadedFile:
    form = working_of(example).form.model_copy(update={"kind": Kind.PROJECT, "project": name})
    return SimpleUploadedFile(f"{name}.{kind}", document(form, kind, "national-2015"))


def _sent(example: Declaration, *files: SimpleUploadedFile, **more: str) -> dict[str, Any]:
    return {"round": example.round.pk, "organisation": "430400-305", "files": list(files)} | more


def _results(client: Client, job: int) -> list[tuple[str, int, str]]:
    rows = client.get(f"/api/v1/imports/{job}/forms").json()["items"]
    return [(row["file"], row["number"], row["outcome"]) for row in rows]


def test_files_become_forms(example: Declaration, program: Program) -> None:
    client = program("tianbao")
    files = (
        _project(example, "甲项目"),
        _project(example, "乙项目", "json"),
        SimpleUploadedFile("坏.pdf", b"%PDF-1.7 broken"),
        SimpleUploadedFile("信.txt", "今天天气很好。".encode()),
        SimpleUploadedFile("整体.json", document(working_of(example).form, "json", "national-2015")),
    )
    asked = client.post("/api/v1/imports", _sent(example, *files))
    assert asked.status_code == 202
    job = asked.json()["id"]
    assert asked.headers["Location"] == f"/api/v1/jobs/{job}"
    carry_out(job)
    told = client.get(asked.headers["Location"]).json()
    assert (told["state"], told["done"], told["total"]) == ("done", 5, 5)
    assert told["result"] == {"begun": 2, "replaced": 0, "refused": 1, "unreadable": 1, "no_form": 1}
    assert _results(client, job) == [
        ("甲项目.xlsx", 1, "begun"),
        ("乙项目.json", 1, "begun"),
        ("坏.pdf", 0, "unreadable"),
        ("信.txt", 0, "no_form"),
        ("整体.json", 1, "refused"),
    ]
    assert Declaration.objects.filter(project__in=("甲项目", "乙项目")).count() == 2
    assert all(
        entry.detail["through"] for entry in Entry.objects.filter(event="declaration.begin", actor="tianbao")
    )
    # With `replace` the draft gets another content, and what it said is kept.
    again = client.post("/api/v1/imports", _sent(example, _project(example, "甲项目"), replace="true"))
    carry_out(again.json()["id"])
    assert _results(client, again.json()["id"]) == [("甲项目.xlsx", 1, "replaced")]
    assert Version.objects.filter(declaration__project="甲项目", why="replaced").count() == 1
    assert verify() == []


def test_an_import_that_broke_off_goes_on(
    example: Declaration, program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = program("tianbao")
    asked = client.post("/api/v1/imports", _sent(example, _project(example, "甲"), _project(example, "乙")))
    job = Job.objects.get(pk=asked.json()["id"])
    taken, calls = work._taken, []

    def breaks(*given: Any) -> Any:
        calls.append(given)
        if len(calls) == 2:
            raise KeyboardInterrupt
        return taken(*given)

    monkeypatch.setattr(work, "_taken", breaks)
    with pytest.raises(KeyboardInterrupt):
        work.bring_in(job.person, job.given, lambda done, total: None)
    assert Declaration.objects.exclude(pk=example.pk).count() == 1
    result = work.bring_in(job.person, job.given, lambda done, total: None)
    assert result["begun"] == 2
    assert len(calls) == 3
    assert Imported.objects.count() == 2


def test_what_may_not_be_written_is_not(example: Declaration, program: Program) -> None:
    sent = _sent(example, _project(example, "甲"))
    assert program("shenhe").post("/api/v1/imports", sent).status_code == 403
    clerk = program("tianbao")
    sent = _sent(example, _project(example, "甲"), organisation="430400-101")
    assert clerk.post("/api/v1/imports", sent).status_code == 404
    sent = _sent(example, _project(example, "甲"))
    asked = clerk.post("/api/v1/imports", sent)
    Assignment.objects.filter(person__username="tianbao").delete()
    carry_out(asked.json()["id"])
    assert Imported.objects.get().outcome == "refused"
    assert not Declaration.objects.filter(project="甲").exists()


def test_forms_are_given_out(
    approved: Declaration, program: Program, person: Callable[[str], Person], settings: Any
) -> None:
    client = program("shenji")
    data = {"formats": ["xlsx", "docx", "json"], "fiscal_year": approved.round.fiscal_year, "approved": True}
    asked = client.post("/api/v1/exports", json.dumps(data), content_type="application/json")
    assert asked.status_code == 202
    job = asked.json()["id"]
    assert client.get(f"/api/v1/exports/{job}/file").status_code == 409
    carry_out(job)
    assert client.get(f"/api/v1/jobs/{job}").json()["result"]["files"] == 3
    answer = client.get(f"/api/v1/exports/{job}/file")
    with zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content))) as archive:
        name = f"430400-305-{approved.round.fiscal_year}-{approved.pk}"
        assert archive.namelist() == [f"{name}.docx", f"{name}.json", f"{name}.xlsx"]
        assert len(json.loads(archive.read(f"{name}.json"))["indicators"]) == 25
    # Nothing of the making is left over beside the file that is kept.
    media = Path(settings.MEDIA_ROOT)
    kept = StoredFile.objects.get(name="forms.zip")
    assert [place for place in media.iterdir() if place.is_file()] == []
    assert place_of(kept.digest).stat().st_size == kept.size
    # Neither another token of the same person nor one whose reach has gone gets the file.
    assert program("shenji").get(f"/api/v1/exports/{job}/file").status_code == 404
    Declaration.objects.filter(pk=approved.pk).update(organisation=person("shenhe").organisation)
    Assignment.objects.filter(person__username="shenji").update(organisation=approved.organisation)
    assert client.get(f"/api/v1/exports/{job}/file").status_code == 403
    none = client.post(
        "/api/v1/exports", {"formats": ["json"], "round": 999}, content_type="application/json"
    )
    assert none.status_code == 422


def test_records_are_handed_in(example: Declaration, program: Program) -> None:
    client = program("tianbao")
    sent = {"organisation": "430400-305", "ledger": "green_mine_check", "year": "2023"}
    with MINES.open("rb") as file:
        asked = client.post("/api/v1/loads", sent | {"file": file})
    assert (asked.status_code, asked.json()["outcome"]) == (202, "waiting")
    job = client.get(f"/api/v1/jobs/{asked.json()['job']}").json()
    assert job["state"] == "queued"
    carry_out(job["id"])
    told = client.get(asked.headers["Location"]).json()
    assert (told["outcome"], told["rows"]) == ("loaded", Load.objects.get().rows)
    query = "organisation=430400-305&year=2023"
    batches = client.get(f"/api/v1/ledgers/green_mine_check/batches?{query}").json()
    assert [one["id"] for one in batches["items"]] == [told["batch"]]
    assert client.get(f"/api/v1/loads?{query}&ledger=green_mine_check").json()["total"] == 1
    assert Entry.objects.get(event="evidence.load").detail["through"].startswith("token:")
    for wrong, status in (
        ({"ledger": "none"}, 404),
        ({"organisation": "430400-101"}, 404),
        ({"year": "1"}, 422),
    ):
        with MINES.open("rb") as file:
            assert client.post("/api/v1/loads", sent | wrong | {"file": file}).status_code == status
    assert client.post("/api/v1/loads", sent).status_code == 422
    empty = SimpleUploadedFile("a.csv", b"")
    assert client.post("/api/v1/loads", sent | {"file": empty}).status_code == 422
    assert client.get("/api/v1/ledgers").json()["total"] > 20
    assert client.get("/api/v1/ledgers/green_mine_check").json()["name"] == "green_mine_check"
