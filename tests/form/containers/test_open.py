"""Each file becomes a document, or one clear error in both languages."""

import ast
import os
import pickle
import re
from pathlib import Path

import pytest

from hengliang.base.message import translate
from hengliang.form import containers
from hengliang.form.containers.limits import Limits
from hengliang.form.containers.open import open_document
from hengliang.form.errors import (
    Damaged,
    NoText,
    TooLarge,
    UnknownFormat,
    Unreachable,
    UnreadableFile,
)
from tests.form.containers.build import archive, document, opened, paragraph, sheet, workbook, written

CHINESE = re.compile("[一-龥]")


@pytest.mark.parametrize(
    ("name", "data", "error"),
    [
        ("empty.docx", b"", Damaged),
        ("blank.txt", b" \r\n\t\0" * 9, Damaged),
        ("program.xlsx", b"MZ\x90\0\3\0\0\0" + bytes(range(256)) * 30, UnknownFormat),
        ("noise.pdf", bytes(range(256)) * 30, UnknownFormat),
        ("picture.pdf", b"\x89PNG\r\n\x1a\n" + bytes(100), NoText),
        ("packed.xlsx", archive({"a.txt": "x"}), UnknownFormat),
        ("scan.docx", document("<w:p><w:r><w:drawing/></w:r></w:p>"), NoText),
        ("cut.pdf", b"%PDF-1.4\n1 0 obj", Damaged),
        ("cut.docx", document(paragraph("x"))[:80], Damaged),
    ],
)
def test_one_error_names_file_reason_and_remedy(
    tmp_path: Path, name: str, data: bytes, error: type[UnreadableFile]
) -> None:
    with pytest.raises(error) as caught:
        opened(tmp_path, name, data)
    assert caught.value.file.endswith(name)
    assert name in str(caught.value)
    for said in (caught.value.reason, caught.value.remedy):
        assert CHINESE.search(said.say("zh_Hans"))
        assert said.say("en")
    # Errors are carried between processes.
    assert str(pickle.loads(pickle.dumps(caught.value))) == str(caught.value)


def test_what_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(Unreachable, match="no such file"):
        open_document(tmp_path / "missing.xlsx")
    with pytest.raises(Unreachable, match="folder"):
        open_document(tmp_path)


@pytest.mark.skipif(os.name != "posix", reason="permissions of POSIX")
def test_a_file_without_permission(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("x")
    path.chmod(0)
    own = os.geteuid()
    if own == 0:
        os.seteuid(65534)  # everything is permitted to root
    try:
        with pytest.raises(Unreachable, match="not permitted"):
            open_document(path)
    finally:
        os.seteuid(own)


def test_a_refused_read_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.txt"
    path.write_text("x")

    def refuse(_: Path) -> bytes:
        raise PermissionError

    monkeypatch.setattr(Path, "read_bytes", refuse)
    with pytest.raises(Unreachable, match="not permitted"):
        open_document(path)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(Unreachable):
        open_document(tmp_path / "pipe")


def test_a_gigabyte_is_refused_without_being_read(tmp_path: Path) -> None:
    path = tmp_path / "big.xlsx"
    path.touch()
    os.truncate(path, 1_000_000_000)
    with pytest.raises(TooLarge, match="1000 MB"):
        open_document(path)


def test_a_long_text_is_refused(tmp_path: Path) -> None:
    with pytest.raises(TooLarge):
        opened(tmp_path, "a.txt", "绩效" * 1000, Limits(text_bytes=5000))


def test_the_content_tells_the_format(tmp_path: Path) -> None:
    book = workbook(sheet(f"<row r='1'>{written('A1', '绩效')}</row>"))
    assert opened(tmp_path, "a.docx", book).format == "xlsx"
    assert opened(tmp_path, "a.xls", document(paragraph("绩效"))).format == "docx"
    assert opened(tmp_path, "a.doc", "<html><p>绩效</p></html>").format == "html"
    assert opened(tmp_path, "a", "绩效").format == "txt"


def test_a_main_part_of_another_name_is_found(tmp_path: Path) -> None:
    namespace = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    body = f"<w:body>{paragraph('绩效')}</w:body>"
    parts = {
        "_rels/.rels": '<x><Relationship Type="http://x/officeDocument" Target="/word/document2.xml"/></x>',
        "word/document2.xml": f'<w:document xmlns:w="{namespace}">{body}</w:document>',
    }
    assert len(opened(tmp_path, "a.docx", archive(parts)).blocks) == 1


def test_every_sentence_has_its_translation() -> None:
    folder = Path(containers.__file__).parent
    sentences = {
        node.args[0].value
        for module in folder.glob("*.py")
        for node in ast.walk(ast.parse(module.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "message"
        if isinstance(node.args[0], ast.Constant) and isinstance(node.args[0].value, str)
    }
    assert len(sentences) > 30
    for sentence in sentences:
        translated = translate(sentence, "zh_Hans")
        assert CHINESE.search(translated), sentence
        assert sorted(re.findall(r"{\w+}", translated)) == sorted(re.findall(r"{\w+}", sentence))
