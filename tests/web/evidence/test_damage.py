"""Records that are lost or damaged: page, log, work and check name the file, and all else goes on."""

import logging
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from hengliang.web.accounts.models import Person
from hengliang.web.accounts.said import from_data
from hengliang.web.api.actions import make
from hengliang.web.api.scopes import open_to
from hengliang.web.declarations.models import Declaration
from hengliang.web.evaluation.actions import ask_measuring
from hengliang.web.evaluation.models import Measuring
from hengliang.web.evidence.actions import hand_in
from hengliang.web.evidence.models import Load
from hengliang.web.jobs.actions import carry_out
from hengliang.web.project.commands.check import _problems

Named = Callable[[str], Person]
SignedIn = Callable[[str], Client]
VECTOR = Path(__file__).parents[2] / "measure" / "vectors" / "I01_green_mine_check.csv"


def _cut(batch: Path) -> str:
    records = batch / "records.parquet"
    records.write_bytes(records.read_bytes()[:200])
    return "records.parquet"


def _garbage(batch: Path) -> str:
    (batch / "records.parquet").write_bytes(b"\0garbage" * 99)
    return "records.parquet"


def _no_records(batch: Path) -> str:
    (batch / "records.parquet").unlink()
    return "records.parquet"


def _manifest(batch: Path) -> str:
    (batch / "manifest.json").write_text("{", encoding="utf-8")
    return "manifest.json"


def _gone(batch: Path) -> str:
    shutil.rmtree(batch)
    return "manifest.json"


@pytest.fixture
def load(approved: Declaration, person: Named) -> Load:
    upload = SimpleUploadedFile("检查.csv", VECTOR.read_bytes())
    made = hand_in(person("tianbao"), approved.organisation, "green_mine_check", 2023, upload)
    assert made.job is not None
    carry_out(made.job.pk)
    made.refresh_from_db()
    return made


@pytest.mark.parametrize("damage", [_cut, _garbage, _no_records, _manifest, _gone])
def test_damage_is_told_wherever_the_records_are_needed(
    damage: Callable[[Path], str],
    load: Load,
    approved: Declaration,
    person: Named,
    signed_in: SignedIn,
    caplog: pytest.LogCaptureFixture,
) -> None:
    (batch,) = Path(settings.RECORD_STORE).rglob("batch=*")
    place = f"{batch.relative_to(Path(settings.RECORD_STORE).parent)}/{damage(batch)}"
    client = signed_in("shenhe")

    answer = client.get(f"/evidence/loads/{load.pk}/records/")
    assert answer.status_code == 500
    page = answer.content.decode()
    assert place in page
    assert "hengliang check" in page
    assert 'href="/evidence/"' in page
    (line,) = [logging.Formatter().format(one) for one in caplog.records]
    assert place in line
    assert "\n" not in line

    job = ask_measuring(person("tianbao"), approved, None)
    carry_out(job.pk)
    job.refresh_from_db()
    assert (job.state, bool(job.problem)) == ("failed", True)
    assert place.split("/", 2)[2] in from_data(job.problem or {}).say("zh_Hans")
    assert not Measuring.objects.exists()

    (told,) = [one.say("zh_Hans") for one in _problems() if approved.organisation.code in one.say("zh_Hans")]
    assert place.split("/", 2)[2] in told
    for path in ("/evidence/", "/evidence/ledgers/green_mine_check/", f"/evidence/loads/{load.pk}/"):
        assert client.get(path).status_code == 200
    for path in ("/monitoring/", f"/evaluation/{approved.pk}/", f"/evaluation/{approved.pk}/rows/1/"):
        assert client.get(path).status_code == 200


def test_programs_are_told(load: Load, approved: Declaration, person: Named) -> None:
    (batch,) = Path(settings.RECORD_STORE).rglob("batch=*")
    _manifest(batch)
    clerk = person("tianbao")
    _, secret = make(clerk, "program", open_to(clerk), 30)
    answer = Client(headers={"Authorization": f"Bearer {secret}"}).get(
        f"/api/v1/ledgers/green_mine_check/batches?organisation={approved.organisation.code}&year=2023"
    )
    assert (answer.status_code, answer["Content-Type"]) == (500, "application/problem+json")
    assert "manifest.json" in answer.json()["detail"]
