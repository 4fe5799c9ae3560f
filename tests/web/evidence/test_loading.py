"""A unit hands records in: they are checked, kept as a batch, and shown with what is wrong with them."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import load_workbook

from hengliang.web.accounts.models import Organisation, Person
from hengliang.web.accounts.policies import Refused
from hengliang.web.evidence import actions
from hengliang.web.evidence.models import Load
from hengliang.web.jobs.actions import carry_out

RECORDS = Path(__file__).parents[2] / "measure" / "vectors" / "I01_green_mine_check.csv"


@pytest.fixture
def bureau(example: object) -> Organisation:
    return Organisation.objects.get(code="430400-305")


def _upload(name: str = "绿色矿山核查.csv", content: bytes | None = None) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, RECORDS.read_bytes() if content is None else content)


def _loaded(load: Load) -> Load:
    assert load.job is not None
    carry_out(load.job.pk)
    load.refresh_from_db()
    return load


def test_records_become_a_batch(bureau: Organisation, person: Callable[[str], Person]) -> None:
    load = _loaded(actions.hand_in(person("tianbao"), bureau, "green_mine_check", 2023, _upload()))
    assert load.outcome == "loaded"
    assert load.rows > 0
    again = _loaded(actions.hand_in(person("tianbao"), bureau, "green_mine_check", 2023, _upload()))
    assert (again.outcome, again.batch) == ("known", load.batch)


def test_only_the_unit_hands_in(bureau: Organisation, person: Callable[[str], Person]) -> None:
    for username in ("shenhe", "shenji", "pifu", "xitong"):
        with pytest.raises(Refused):
            actions.hand_in(person(username), bureau, "green_mine_check", 2023, _upload())


def test_what_is_no_table_is_refused(bureau: Organisation, person: Callable[[str], Person]) -> None:
    wrong = _upload(content="甲,乙\n1,2\n".encode())
    load = _loaded(actions.hand_in(person("tianbao"), bureau, "green_mine_check", 2023, wrong))
    assert load.outcome == "refused"
    assert load.problem


def test_the_pages_tell_it(
    bureau: Organisation, person: Callable[[str], Person], signed_in: Callable[[str], Client], tmp_path: Path
) -> None:
    clerk = signed_in("tianbao")
    lines = RECORDS.read_text(encoding="utf-8-sig").splitlines()
    lines[1] = lines[1].replace(lines[1].split(",")[0], "", 1)
    broken = _upload(content="\n".join(lines).encode())
    answer = clerk.post("/evidence/ledgers/green_mine_check/?year=2023", {"file": broken})
    assert answer.status_code == 302
    waiting = clerk.get(answer.headers["Location"])
    assert "正在检查文件" in waiting.content.decode()
    load = _loaded(Load.objects.get())
    page = clerk.get(answer.headers["Location"]).content.decode()
    assert load.report["findings"][0]["reason"]["zh_Hans"] in page
    marked = clerk.get(f"/evidence/loads/{load.pk}/marked.xlsx")
    out = tmp_path / "marked.xlsx"
    out.write_bytes(b"".join(marked.streaming_content))
    assert load_workbook(out).worksheets
    auditor = signed_in("shenji")
    assert auditor.get(f"/evidence/loads/{load.pk}/marked.xlsx").status_code == 403
    assert "marked.xlsx" not in auditor.get(answer.headers["Location"]).content.decode()
    records = clerk.get(f"/evidence/loads/{load.pk}/records/").content.decode()
    assert load.batch in records
    for path in ("/evidence/", "/evidence/ledgers/green_mine_check/"):
        assert clerk.get(path).status_code == 200
    assert clerk.get("/evidence/ledgers/green_mine_check/template.xlsx").status_code == 200
    empty = clerk.post("/evidence/ledgers/green_mine_check/?year=2023", {"file": _upload("a.exe", b"MZ")})
    assert empty.status_code == 422
