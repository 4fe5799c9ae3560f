"""The door: a file becomes a `Document`, or one clear error says why it does not.

What a file is tells its content; its name decides only between formats that look alike (text, CSV, Markdown).
"""

import re
from pathlib import Path
from stat import S_ISREG

from hengliang.form.containers import refusal
from hengliang.form.containers.archive import Archive
from hengliang.form.containers.encoding import decode
from hengliang.form.containers.limits import Limits
from hengliang.form.document import Document

_STANDARD = Limits()
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\x00", b"MM\x00*", b"BM")
_PAGE = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|table|div|meta)\b",
    re.I | re.S,
)


def open_document(path: Path, limits: Limits = _STANDARD) -> Document:
    """What the file at `path` holds.

    Raises `form.errors.UnreadableFile` (always one of its kinds) when it cannot be read, and nothing else.
    """
    file = str(path)
    data = _bytes(path, file, limits)
    if not data.strip(b"\0 \t\r\n"):
        raise refusal.empty(file)
    if data.startswith(b"PK"):
        return _office(Archive(data, file, limits))
    if data.startswith(_PICTURES):
        raise refusal.no_text(file)
    return _text(data, file, path.suffix.lower(), limits)


def _bytes(path: Path, file: str, limits: Limits) -> bytes:
    try:
        facts = path.stat()
        if not S_ISREG(facts.st_mode):
            raise refusal.no_file(file)
        if facts.st_size > limits.file_bytes:
            raise refusal.too_many_bytes(file, facts.st_size, limits.file_bytes)
        return path.read_bytes()
    except FileNotFoundError as error:
        raise refusal.missing(file) from error
    except PermissionError as error:
        raise refusal.not_permitted(file) from error
    except (OSError, ValueError) as error:
        raise refusal.not_readable(file, str(error)) from error


def _office(archive: Archive) -> Document:
    names = archive.names
    if "xl/workbook.xml" in names:
        from hengliang.form.containers.xlsx import read_xlsx

        blocks, remarks = read_xlsx(archive)
        return Document(archive.file, "xlsx", blocks, remarks)
    if "word/document.xml" in names:
        from hengliang.form.containers.docx import read_docx

        return Document(archive.file, "docx", read_docx(archive))
    raise refusal.unknown(archive.file)


def _text(data: bytes, file: str, suffix: str, limits: Limits) -> Document:
    if len(data) > limits.text_bytes:
        raise refusal.too_many_bytes(file, len(data), limits.text_bytes)
    from hengliang.form.containers.html import declared_encoding, read_html

    text = decode(data, declared_encoding(data))
    if text is None:
        raise refusal.unknown(file)
    if suffix in (".html", ".htm", ".xhtml") or _PAGE.match(text):
        return Document(file, "html", read_html(text, file, limits))
    if suffix in (".csv", ".tsv", ".tab", ".xls", ".xlsx", ".et"):
        from hengliang.form.containers.csv import read_csv

        return Document(file, "csv", read_csv(text, file, limits))
    from hengliang.form.containers.text import read_text

    return Document(file, "txt", read_text(text, file, limits))
