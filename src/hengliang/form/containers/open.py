"""The door: a file becomes a `Document`, or one clear error says why it does not.

What a file is tells its content; its name decides only between formats that look alike (text, CSV, Markdown).
Readers are imported when their format turns up, so that a program that reads text starts without the others.
"""

import re
from pathlib import Path
from stat import S_ISREG
from typing import Literal

from hengliang.form.containers import refusal
from hengliang.form.containers.archive import Archive
from hengliang.form.containers.encoding import decode
from hengliang.form.containers.limits import Limits
from hengliang.form.containers.ole import MAGIC, Container
from hengliang.form.document import Document

Target = Literal["docx", "xlsx"]
_STANDARD = Limits()
_PICTURES = (b"\x89PNG\r\n", b"\xff\xd8\xff", b"GIF87a", b"GIF89a", b"II*\x00", b"MM\x00*")
_PAGE = re.compile(
    r"\s*+(?:<\?xml[^>]*+>\s*+)?+(?:<!--(?:[^-]|-(?!->))*+-->\s*+)*+<(?:!doctype\s+html|html|head|body|table|div|meta|style)\b",
    re.I | re.S,
)
_OFFICE_XML = re.compile(rb"<\?mso-application\s+progid=[\"'](Excel\.Sheet|Word\.Document)[\"']")
_OPEN_DOCUMENTS: dict[bytes, tuple[str, Target]] = {
    b"application/vnd.oasis.opendocument.text": (".odt", "docx"),
    b"application/vnd.oasis.opendocument.spreadsheet": (".ods", "xlsx"),
}
_ENCODING = re.compile(
    rb"<meta[^>]+charset\s*=\s*[\"']?\s*([\w-]+)|<\?xml[^>]+encoding\s*=\s*[\"']([\w-]+)", re.I
)
_SAVED_PAGE = re.compile(rb"\A\s*(?:[\w-]+:[^\r\n]*\r?\n(?:[ \t][^\r\n]*\r?\n)*)*?MIME-Version:", re.I)


def open_document(path: Path, limits: Limits = _STANDARD) -> Document:
    """What the file at `path` holds.

    Raises `form.errors.UnreadableFile` (always one of its kinds) when it cannot be read, and nothing else.
    """
    file = str(path)
    data = _bytes(path, file, limits)
    if not data.strip(b"\0 \t\r\n"):
        raise refusal.empty(file)
    try:
        document = _document(data, file, path.suffix.lower(), limits)
    except (MemoryError, RecursionError) as error:
        raise refusal.unpacks_to(file, limits.unpacked_bytes) from error
    if not document.blocks:
        raise refusal.no_text(file)
    return document


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


def _document(data: bytes, file: str, suffix: str, limits: Limits) -> Document:
    if data.startswith(b"PK\x03\x04"):
        return _zipped(data, file, "", limits)
    if data.startswith(MAGIC):
        return _compound(data, file, limits)
    if b"%PDF-" in data[:1024]:
        from hengliang.form.containers.pdf import read_pdf

        return Document(file, "pdf", read_pdf(data, file, limits))
    if data.startswith(b"{\\rtf"):
        return _converted(data, file, ".rtf", "docx", limits)
    if found := _OFFICE_XML.search(data[:1000]):
        return _converted(data, file, ".xml", "xlsx" if found[1].startswith(b"Excel") else "docx", limits)
    if data.startswith(_PICTURES):
        raise refusal.no_text(file)
    return _written(data, file, suffix, limits)


def _zipped(data: bytes, file: str, kind: str, limits: Limits) -> Document:
    """Office Open XML, or an OpenDocument to be converted. `kind` is the format before a conversion."""
    archive = Archive(data, file, limits)
    main = archive.main_part()
    if main.endswith(".bin"):
        return _converted(data, file, ".xlsb", "xlsx", limits)
    if main.startswith("xl/"):
        from hengliang.form.containers.xlsx import read_xlsx

        blocks, remarks = read_xlsx(archive, main)
        return Document(file, kind or "xlsx", blocks, remarks)
    if main.startswith("word/"):
        from hengliang.form.containers.docx import read_docx

        return Document(file, kind or "docx", read_docx(archive, main))
    if not kind and (open_format := _OPEN_DOCUMENTS.get(archive.read("mimetype") or b"")):
        suffix, target = open_format
        if b"encryption-data" in (archive.read("META-INF/manifest.xml") or b""):
            raise refusal.encrypted(file)
        return _converted(data, file, suffix, target, limits)
    raise refusal.unknown(file)


def _compound(data: bytes, file: str, limits: Limits) -> Document:
    """An OLE container: old Word and Excel files, and new ones behind a password."""
    container = Container(data)
    if "EncryptedPackage" in container.streams or "EncryptionInfo" in container.streams:
        raise refusal.encrypted(file)
    if not container.streams:
        raise refusal.broken(file, "OLE")
    if book := container.streams.get("Workbook") or container.streams.get("Book"):
        from hengliang.form.containers.xls import read_xls

        blocks, remarks = read_xls(container.read(book), file, limits)
        return Document(file, "xls", blocks, remarks)
    if word := container.streams.get("WordDocument"):
        # [MS-DOC] 2.5.1: the flag fEncrypted in the first bytes of the stream.
        flags = container.read(word)[11:12]
        if flags and flags[0] & 1:
            raise refusal.encrypted(file)
        return _converted(data, file, ".doc", "docx", limits)
    raise refusal.unknown(file)


def _converted(data: bytes, file: str, suffix: str, target: Target, limits: Limits) -> Document:
    from hengliang.form.containers.convert import converted

    return _zipped(converted(data, file, suffix, target, limits), file, suffix[1:], limits)


def _written(data: bytes, file: str, suffix: str, limits: Limits) -> Document:
    """The formats that are text: web pages, CSV, Markdown, plain text."""
    if len(data) > limits.text_bytes:
        raise refusal.too_many_bytes(file, len(data), limits.text_bytes)
    if _SAVED_PAGE.match(data[:4000]):
        from hengliang.form.containers.html import read_saved_page

        return Document(file, "mht", read_saved_page(data, file, limits))
    declared = _ENCODING.search(data[:4096])
    text = decode(data, (declared[1] or declared[2]).decode("ascii") if declared else None)
    if text is None:
        raise refusal.unknown(file)
    if suffix in (".html", ".htm", ".xhtml") or _PAGE.match(text):
        from hengliang.form.containers.html import read_html

        return Document(file, "html", read_html(text, file, limits))
    if suffix in (".csv", ".tsv", ".tab", ".xls", ".xlsx", ".et"):
        from hengliang.form.containers.csv import read_csv

        return Document(file, "csv", read_csv(text, file, limits))
    if suffix in (".md", ".markdown"):
        from hengliang.form.containers.markdown import read_markdown

        return Document(file, "md", read_markdown(text, file, limits))
    from hengliang.form.containers.text import read_text

    return Document(file, "txt", read_text(text, file, limits))
