"""Handing files in, taking them over, bringing versions back, and the documents that come out."""

import json
from collections.abc import Callable
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from hengliang.web.accounts.models import Assignment, Organisation, Person
from hengliang.web.declarations import actions, actions_files, actions_rounds
from hengliang.web.declarations.draft import Edit
from hengliang.web.declarations.findings import working_of
from hengliang.web.declarations.models import Declaration, Draft, Upload, Version
from hengliang.web.files.models import StoredFile
from hengliang.web.jobs import queries as jobs
from hengliang.web.jobs.actions import carry_out
from hengliang.web.jobs.models import Job
from tests.web.conftest import EXAMPLE

Named = Callable[[str], Person]
SignedIn = Callable[[str], Client]


def _file(data: bytes | None = None, name: str = "申报表.txt") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, EXAMPLE.read_bytes() if data is None else data)


def test_a_file_takes_the_place_of_the_draft_and_is_brought_back(
    example: Declaration, person: Named, signed_in: SignedIn
) -> None:
    clerk = signed_in("tianbao")
    row = example.draft.rows[0]
    actions.save(person("tianbao"), example, 1, [Edit(row, "target", "61")])
    answer = clerk.post(f"/declarations/{example.pk}/files/", {"file": _file()})
    job = Job.objects.get()
    assert answer.headers["Location"] == f"/jobs/{job.pk}/"
    assert "申报表.txt" in clerk.get(f"/jobs/{job.pk}/").content.decode()
    carry_out(job.pk)
    upload = Upload.objects.get()
    polled = clerk.get(f"/jobs/{job.pk}/?seen=running", headers={"HX-Request": "true"})
    assert polled.headers["HX-Redirect"] == f"/declarations/files/{upload.pk}/"
    shown = clerk.get(f"/declarations/files/{upload.pk}/").content.decode()
    assert "申报表.txt" in shown
    assert upload.name == "申报表.txt"
    assert "/tmp/" not in json.dumps(upload.content)
    assert signed_in("fuze").get(f"/declarations/files/{upload.pk}/").status_code == 404
    assert Draft.objects.get(declaration=example).counter == 2
    stale = clerk.post(f"/declarations/files/{upload.pk}/", {"form": "0", "base": "1"})
    assert stale.headers["Location"] == f"/declarations/files/{upload.pk}/"
    taken = clerk.post(f"/declarations/files/{upload.pk}/", {"form": "0", "base": "2"})
    undo = f"/declarations/{example.pk}/history/1/back/"
    assert undo in clerk.get(taken.headers["Location"]).content.decode()
    assert undo in clerk.get(f"/declarations/{example.pk}/files/").content.decode()
    assert working_of(example).form.indicators[0].target == "60"
    kept = Version.objects.get(declaration=example)
    assert (kept.number, kept.why, kept.content["indicators"][0]["target"]) == (1, "replaced", "61")
    clerk.post(f"/declarations/{example.pk}/history/1/back/", {"base": "3"})
    assert working_of(example).form.indicators[0].target == "61"
    assert working_of(example).rows[0] == row
    assert Version.objects.filter(declaration=example).count() == 2
    assert undo not in clerk.get(taken.headers["Location"]).content.decode(), "the draft has moved on"


def _soon(monkeypatch: pytest.MonkeyPatch) -> None:
    """Work is done at once, as by a worker that has nothing else to do."""

    def done(job: Job, seconds: float) -> Job:
        carry_out(job.pk)
        job.refresh_from_db()
        return job

    monkeypatch.setattr(jobs, "awaited", done)


@pytest.mark.parametrize(
    ("data", "name", "asked"),
    [
        (b"", "empty.xlsx", 0),
        (b"\x00\x01\x02\x03" * 50, "noise.bin", 0),
        (b"PK\x03\x04 broken", "broken.xlsx", 1),
        (b"%PDF-1.7 broken", "broken.pdf", 1),
    ],
)
def test_what_cannot_be_read_is_refused_with_a_remedy(
    example: Declaration,
    signed_in: SignedIn,
    monkeypatch: pytest.MonkeyPatch,
    data: bytes,
    name: str,
    asked: int,
) -> None:
    _soon(monkeypatch)
    page = signed_in("tianbao").post(f"/declarations/{example.pk}/files/", {"file": _file(data, name)})
    assert page.status_code == 422
    assert "field-errors" in page.content.decode()
    assert Upload.objects.count() == 0
    assert Job.objects.filter(state="failed").count() == Job.objects.count() == asked


def test_a_small_file_is_shown_at_once(
    example: Declaration, signed_in: SignedIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    _soon(monkeypatch)
    answer = signed_in("tianbao").post(f"/declarations/{example.pk}/files/", {"file": _file()})
    assert answer.headers["Location"] == f"/declarations/files/{Upload.objects.get().pk}/"


def test_a_large_file_is_refused_before_it_is_kept(
    example: Declaration, signed_in: SignedIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(actions_files, "MOST_BYTES", 1024 * 1024)
    page = signed_in("tianbao").post(f"/declarations/{example.pk}/files/", {"file": _file(b"x" * 1_048_577)})
    assert page.status_code == 422
    assert "1 MB" in page.content.decode()
    assert not StoredFile.objects.exists()


def test_who_lost_the_form_meanwhile_reads_nothing_into_it(
    example: Declaration, signed_in: SignedIn, person: Named
) -> None:
    signed_in("tianbao").post(f"/declarations/{example.pk}/files/", {"file": _file()})
    Assignment.objects.filter(person=person("tianbao")).delete()
    job = Job.objects.get()
    carry_out(job.pk)
    job.refresh_from_db()
    assert job.state == "failed"
    assert not Upload.objects.exists()


def test_a_file_without_a_form_is_shown_and_not_taken(example: Declaration, signed_in: SignedIn) -> None:
    clerk = signed_in("tianbao")
    clerk.post(f"/declarations/{example.pk}/files/", {"file": _file("会议通知\n明天开会".encode())})
    carry_out(Job.objects.get().pk)
    upload = Upload.objects.get()
    page = clerk.get(f"/declarations/files/{upload.pk}/").content.decode()
    assert "明天开会" in page
    assert clerk.post(f"/declarations/files/{upload.pk}/", {"form": "0", "base": "1"}).status_code == 403


def test_a_declaration_is_begun_in_each_way(example: Declaration, signed_in: SignedIn) -> None:
    city = Organisation.objects.get(code="430400")
    round_ = actions_rounds.open_round(None, city, name="2024", fiscal_year=2024, profile="national-2015")
    clerk = signed_in("tianbao")
    address = f"/declarations/new/{round_.pk}/{example.organisation.pk}/"
    assert clerk.get(address).status_code == 200
    assert clerk.post(address, {"how": "empty"}).status_code == 302
    assert clerk.post(address, {"how": "empty"}).status_code == 403
    assert clerk.post(address, {"how": "empty", "project": "地质灾害防治"}).status_code == 302
    clerk.post(address, {"how": "file", "file": _file()})
    carry_out(Job.objects.get().pk)
    assert Upload.objects.get().declaration is None
    assert Declaration.objects.filter(round=round_).count() == 2
    assert signed_in("zhuguan").get(address).status_code == 403
    empty = Declaration.objects.get(round=round_, project="")
    page = clerk.get(f"/declarations/{empty.pk}/").content.decode()
    assert "还没有指标" in page


def test_the_documents_of_the_form(example: Declaration, signed_in: SignedIn) -> None:
    clerk = signed_in("tianbao")
    address = f"/declarations/{example.pk}/files/"
    book = load_workbook(BytesIO(clerk.get(f"{address}xlsx/").content))
    assert any("界桩定位核查" in str(cell.value) for row in book.active.iter_rows() for cell in row)
    assert clerk.get(f"{address}docx/").content[:2] == b"PK"
    assert len(json.loads(clerk.get(f"{address}json/").content)["indicators"]) == 25
    assert clerk.get(f"{address}mof/").status_code == 200
    assert clerk.get(f"{address}exe/").status_code == 302


def test_how_often_the_database_is_asked(example: Declaration, signed_in: SignedIn) -> None:
    """A page that asks for each row would be slow for a city; these numbers do not grow with the forms."""
    clerk, reviewer = signed_in("tianbao"), signed_in("zhuguan")
    editor = f"/declarations/{example.pk}/"
    asked: dict[str, int] = {}
    for name, client, address in (
        ("list", clerk, "/declarations/"),
        ("desk", reviewer, "/reviews/?state=draft"),
        ("editor", clerk, editor),
        ("panel", clerk, f"{editor}rows/{example.draft.rows[0]}/"),
    ):
        client.get(address)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        asked[name] = len(queries)
    assert asked == {"list": 9, "desk": 7, "editor": 10, "panel": 11}
    change = {"row": example.draft.rows[0], "key": "target", "value": "61"}
    sent = {"base_version": example.draft.counter, "changes": [change]}
    with CaptureQueriesContext(connection) as queries:
        assert clerk.post(f"{editor}save/", sent, content_type="application/json").status_code == 200
    # On PostgreSQL the log is locked by a statement of its own.
    assert len(queries) == (16 if connection.vendor == "postgresql" else 15)


def test_the_list_asks_the_same_for_many_forms(example: Declaration, signed_in: SignedIn) -> None:
    clerk, reviewer = signed_in("tianbao"), signed_in("zhuguan")

    def asked() -> list[int]:
        counts = []
        for client, address in ((clerk, "/declarations/"), (reviewer, "/reviews/?state=draft")):
            with CaptureQueriesContext(connection) as queries:
                client.get(address)
            counts.append(len(queries))
        return counts

    asked()
    before = asked()
    for number in range(12):
        actions.begin(None, example.round, example.organisation, project=f"项目{number}")
    assert asked() == before
