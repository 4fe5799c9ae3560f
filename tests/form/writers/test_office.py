"""LibreOffice opens what is written, and prints all of it."""

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pdfplumber
import pytest

from hengliang.base.profile import load_profile
from hengliang.form.model import Form, Kind, Purpose
from hengliang.form.writers import docx, xlsx
from hengliang.form.writers.blank import blank_form
from tests.form.writers.samples import DECLARATION, SELF_EVALUATION, row

OFFICE = shutil.which("soffice")
WRITERS: dict[str, Callable[[Form], bytes]] = {"xlsx": xlsx.to_bytes, "docx": docx.to_bytes}
LONG = DECLARATION.model_copy(
    update={
        "indicators": tuple(
            row(f"第{number}项任务完成情况", operator="≥", target="1", unit="项") for number in range(1, 61)
        )
    }
)
BLANK = blank_form(Kind.PROJECT, Purpose.MONITORING, load_profile("national-2021"), 2024)

pytestmark = [pytest.mark.office, pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not installed")]


@pytest.mark.parametrize("ending", WRITERS)
@pytest.mark.parametrize(
    "form",
    [DECLARATION, SELF_EVALUATION, LONG, BLANK],
    ids=("declaration", "self-evaluation", "long", "blank"),
)
def test_libreoffice_prints_the_form(form: Form, ending: str, tmp_path: Path) -> None:
    path = tmp_path / f"form.{ending}"
    path.write_bytes(WRITERS[ending](form))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [
        str(OFFICE),
        profile,
        "--headless",
        "--convert-to",
        "pdf",
        "--outdir",
        str(tmp_path),
        str(path),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    with pdfplumber.open(tmp_path / "form.pdf") as pdf:
        pages = ["".join((page.extract_text() or "").split()) for page in pdf.pages]
    everything = "".join(pages)
    for text in (
        form.title or "",
        *(one.name for one in form.indicators),
        *(goal[:8] for goal in form.goals),
    ):
        assert text in everything, text
    with_rows = [page for page in pages if any(one.name and one.name in page for one in form.indicators)]
    assert all("三级指标" in page for page in with_rows)
    assert len(pages) > (2 if form is LONG else 0)
