"""Formats that LibreOffice turns into others first."""

import os
import shutil
import stat
import subprocess
import time
from io import BytesIO
from pathlib import Path

import docx
import pytest
from openpyxl import Workbook

from hengliang.form.containers.convert import converted
from hengliang.form.containers.limits import Limits
from hengliang.form.errors import Damaged, NeedsConverter, TooLarge
from tests.form.containers.build import archive, compound, drawn, lines_of, opened, table_of


def fake_program(folder: Path, script: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Put a script called soffice, and nothing else, on the path."""
    program = folder / "bin" / "soffice"
    program.parent.mkdir()
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PATH", str(program.parent))


def test_without_libreoffice_the_error_says_how_to_convert(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(NeedsConverter, match=r"\.docx") as caught:
        opened(tmp_path, "a.doc", compound(WordDocument=b"x"))
    assert ".docx" in caught.value.remedy.say("zh_Hans")
    with pytest.raises(NeedsConverter, match=r"\.xlsx"):
        opened(
            tmp_path,
            "a.xlsb",
            archive({"_rels/.rels": '<Relationship Type="x/officeDocument" Target="xl/workbook.bin"/>'}),
        )


@pytest.mark.skipif(os.name != "posix", reason="process groups")
def test_a_program_that_hangs_is_ended_with_its_children(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mark = tmp_path / "still-there"
    fake_program(tmp_path, f"(/bin/sleep 2; : > {mark}) & /bin/sleep 60", monkeypatch)
    with pytest.raises(TooLarge, match=r"0\.3 seconds"):
        converted(b"x", "a.doc", ".doc", "docx", Limits(seconds=0.3))
    monkeypatch.undo()
    time.sleep(2.2)
    assert not mark.exists()


@pytest.mark.skipif(os.name != "posix", reason="shell script")
def test_a_program_that_makes_nothing_means_damage(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fake_program(tmp_path, "exit 0", monkeypatch)
    with pytest.raises(Damaged):
        converted(b"x", "a.doc", ".doc", "docx", Limits())


def saved(made: object) -> bytes:
    stream = BytesIO()
    made.save(stream)  # type: ignore[attr-defined]
    return stream.getvalue()


@pytest.fixture(scope="module")
def office() -> None:
    if not shutil.which("soffice"):
        pytest.skip("LibreOffice is not installed")


@pytest.mark.office
@pytest.mark.usefixtures("office")
@pytest.mark.parametrize("suffix", ["doc", "odt", "rtf"])
def test_text_documents(tmp_path: Path, suffix: str) -> None:
    made = docx.Document()
    made.add_paragraph("项目支出绩效目标申报表")
    table = made.add_table(2, 3)
    table.cell(0, 0).merge(table.cell(1, 0)).text = "产出指标"
    table.cell(0, 1).text, table.cell(0, 2).text, table.cell(1, 1).text = "数量指标", "≥95%", "质量指标"
    made.add_paragraph("备注")
    data = made_by_libreoffice(tmp_path, "a.docx", saved(made), suffix)
    read = opened(tmp_path, f"a.{suffix}", data)
    assert read.format == suffix
    assert lines_of(read) == ["项目支出绩效目标申报表", "备注"]
    assert drawn(table_of(read)) == ["产出指标|数量指标|≥95%", "^|质量指标|"]


@pytest.mark.office
@pytest.mark.usefixtures("office")
def test_a_spreadsheet(tmp_path: Path) -> None:
    book = Workbook()
    page = book.active
    assert page is not None
    page["A1"], page["B1"] = "合格率", 0.95
    page["B1"].number_format = "0%"
    data = made_by_libreoffice(tmp_path, "a.xlsx", saved(book), "ods")
    read = opened(tmp_path, "a.ods", data)
    assert (read.format, drawn(table_of(read))) == ("ods", ["合格率|95%"])


@pytest.mark.office
@pytest.mark.usefixtures("office")
def test_a_broken_doc_is_damaged_or_read_as_nothing(tmp_path: Path) -> None:
    with pytest.raises(Damaged):
        opened(tmp_path, "a.doc", compound(WordDocument=b"\xec\xa5\xc1\x00" + b"x" * 5000))


def made_by_libreoffice(folder: Path, name: str, data: bytes, suffix: str) -> bytes:
    source = folder / name
    source.write_bytes(data)
    profile = (folder / "profile").as_uri()
    subprocess.run(
        [
            "soffice",
            f"-env:UserInstallation={profile}",
            "--headless",
            "--convert-to",
            suffix,
            "--outdir",
            folder,
            source,
        ],
        check=True,
        capture_output=True,
        timeout=120,
    )
    return source.with_suffix(f".{suffix}").read_bytes()
