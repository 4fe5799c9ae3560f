"""Files are kept under their digest, and only when they are what they say."""

import io
import os
import time
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook

from hengliang.web.accounts.models import Person
from hengliang.web.files.actions import LEFT_OVER, BadFile, keep_upload, sweep
from hengliang.web.files.kinds import PAPERS
from hengliang.web.files.models import StoredFile
from hengliang.web.files.queries import content_of, place_of


@pytest.fixture
def clerk(db: None) -> Person:
    return Person.objects.create(username="clerk", full_name="张三")


def _workbook() -> bytes:
    made = io.BytesIO()
    Workbook().save(made)
    return made.getvalue()


def test_equal_contents_share_a_place(clerk: Person) -> None:
    content = _workbook()
    one = keep_upload(clerk, SimpleUploadedFile("申报表.xlsx", content), PAPERS)
    two = keep_upload(clerk, SimpleUploadedFile("C:\\dir\\copy.xlsx", content), PAPERS)
    assert one.digest == two.digest
    assert (one.name, two.name) == ("申报表.xlsx", "copy.xlsx")
    assert content_of(one) == content


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("empty.xlsx", b""),
        ("program.xlsx", b"MZ\x90\x00"),
        ("program.exe", b"MZ\x90\x00"),
        ("text.pdf", b"hello"),
        ("binary.txt", b"a\x00b"),
        ("noending", b"text"),
        ("zip.docx", b"PK\x03\x04broken"),
    ],
)
def test_what_a_file_is_not(clerk: Person, name: str, content: bytes) -> None:
    with pytest.raises(BadFile):
        keep_upload(clerk, SimpleUploadedFile(name, content), PAPERS)
    assert not StoredFile.objects.exists()
    assert not list(Path(settings.MEDIA_ROOT).glob(".upload-*"))


def test_too_large(clerk: Person) -> None:
    with pytest.raises(BadFile, match="larger than 0 MB"):
        keep_upload(clerk, SimpleUploadedFile("a.txt", b"x" * 100), PAPERS, largest=99)


def test_what_killed_uploads_left_is_swept_away_a_day_later(clerk: Person) -> None:
    kept = keep_upload(clerk, SimpleUploadedFile("申报表.xlsx", _workbook()), PAPERS)
    folder = Path(settings.MEDIA_ROOT)
    part, unnamed = folder / ".upload-1", place_of("a" * 64)
    unnamed.parent.mkdir(parents=True)
    for path in (part, unnamed):
        path.write_bytes(b"x")
    assert sweep() == 0
    old = time.time() - LEFT_OVER - 60
    for path in (part, unnamed, place_of(kept.digest)):
        os.utime(path, (old, old))
    assert sweep() == 2
    assert not part.exists()
    assert not unnamed.exists()
    assert content_of(kept)


def test_a_file_that_goes_or_stays_is_no_end_of_sweeping(
    clerk: Person, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    folder = Path(settings.MEDIA_ROOT)
    folder.mkdir(parents=True, exist_ok=True)
    old = time.time() - LEFT_OVER - 60
    for name in (".upload-gone", ".upload-held", ".upload-left"):
        (folder / name).write_bytes(b"x")
        os.utime(folder / name, (old, old))
    is_file, unlink = Path.is_file, Path.unlink

    def goes(path: Path) -> bool:
        found = is_file(path)
        if path.name == ".upload-gone":
            unlink(path)
        return found

    def holds(path: Path, missing_ok: bool = False) -> None:
        if path.name == ".upload-held":
            raise PermissionError(13, "Permission denied")
        unlink(path, missing_ok)

    monkeypatch.setattr(Path, "is_file", goes)
    monkeypatch.setattr(Path, "unlink", holds)
    assert sweep() == 1
    assert [path.name for path in folder.glob(".upload-*")] == [".upload-held"]
    assert ".upload-held" in caplog.text
    assert ".upload-gone" not in caplog.text
