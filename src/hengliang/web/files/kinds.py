"""What a file is by its first bytes and its ending; the two must agree."""

import zipfile
from pathlib import Path

_ZIPPED: dict[str, str] = {
    "xlsx": "xl/workbook.xml",
    "docx": "word/document.xml",
}
_TEXTS = frozenset(("txt", "csv", "md", "html", "htm", "json", "geojson", "jsonl"))
_SIGNATURES: dict[str, tuple[bytes, ...]] = {
    "pdf": (b"%PDF-",),
    "xls": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",),
    "doc": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",),
    "parquet": (b"PAR1",),
    "gpkg": (b"SQLite format 3\x00",),
    "png": (b"\x89PNG\r\n\x1a\n",),
    "jpg": (b"\xff\xd8\xff",),
    "jpeg": (b"\xff\xd8\xff",),
    "zip": (b"PK\x03\x04", b"PK\x05\x06"),
}

KINDS = frozenset((*_ZIPPED, *_TEXTS, *_SIGNATURES))
"""Every kind that may be kept; uploads name the ones that they take."""

RECORDS = frozenset(("xlsx", "xls", "csv", "geojson", "json", "gpkg", "zip", "parquet"))
"""What records can be loaded from."""

PAPERS = frozenset(("pdf", "docx", "doc", "xlsx", "xls", "png", "jpg", "jpeg", "zip", "txt", "csv"))
"""What may be handed in as evidence for a stated value."""

PRODUCTS = frozenset(("zip", "xlsx", "docx", "pdf", "json"))
"""What is made for people to fetch."""


def kind_of(path: Path, name: str) -> str | None:
    """The kind that a file is; None when its content is not what its ending says, or nothing known."""
    ending = Path(name).suffix.lower().lstrip(".")
    if ending not in KINDS:
        return None
    with path.open("rb") as stream:
        head = stream.read(4096)
    if ending in _ZIPPED:
        return ending if _holds(path, _ZIPPED[ending]) else None
    if ending in _TEXTS:
        # UTF-16 text holds NULs, but says so in its mark.
        marked = head.startswith((b"\xff\xfe", b"\xfe\xff"))
        return ending if marked or b"\x00" not in head else None
    return ending if head.startswith(_SIGNATURES[ending]) else None


def _holds(path: Path, member: str) -> bool:
    try:
        with zipfile.ZipFile(path) as archive:
            return member in archive.namelist()
    except (zipfile.BadZipFile, ValueError, OSError):
        return False
