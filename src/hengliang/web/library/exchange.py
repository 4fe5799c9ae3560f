"""The library as a file: JSON, or a table (Excel, WPS, CSV) with one entry a line."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from hengliang.base.message import Message, message
from hengliang.form.containers.open import open_document
from hengliang.form.document import Table
from hengliang.form.errors import UnreadableFile
from hengliang.form.writers.content import clean
from hengliang.form.writers.package import timeless
from hengliang.web.audit.storable import loads
from hengliang.web.library.content import FIELDS, BadContent, Content, content_from

FORMAT = "hengliang-library/1"
SHEET = "指标库"
HEADS = {
    "level1": "一级指标",
    "level2": "二级指标",
    "name": "三级指标",
    "names": "其他名称",
    "definition": "指标解释",
    "operator": "指标值类型",
    "target": "参考指标值",
    "unit": "计量单位",
    "criterion": "评分标准",
    "basis": "依据",
    "sector": "行业领域",
}
"""The columns of the workbook; other columns of a file are left out."""
_WIDTHS = {"name": 28, "names": 24, "definition": 48, "criterion": 40, "basis": 36}
MOST = 20_000
"""So many entries a file may have."""


class Line(NamedTuple):
    """A line of a file that is no entry, and why; counted from 1."""

    number: int
    reason: Message


class BadLibrary(ValueError):  # noqa: N818
    """A file that cannot be taken in: as a whole, or with the lines that are wrong."""

    def __init__(self, reason: Message, lines: Sequence[Line] = ()) -> None:
        super().__init__(reason.say("en"))
        self.reason, self.lines = reason, tuple(lines)


def to_json(contents: Iterable[Content]) -> bytes:
    """The entries as JSON: `{"format": …, "entries": [{name: …}]}`; empty fields are left out."""
    entries = [{name: value for name, value in one._asdict().items() if value} for one in contents]
    data = {"format": FORMAT, "entries": entries}
    return (json.dumps(data, ensure_ascii=False, indent=2) + "\n").encode()


def to_xlsx(contents: Iterable[Content]) -> bytes:
    """The entries as a workbook; what begins like a formula stays a text."""
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = SHEET
    sheet.append(list(HEADS.values()))
    for line, content in enumerate(contents, start=2):
        for column, name in enumerate(HEADS, start=1):
            value = getattr(content, name)
            text = clean("；".join(value) if isinstance(value, tuple) else value)
            if not text:
                continue
            cell = sheet.cell(line, column, text)
            cell.data_type = "s"
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    for column, name in enumerate(HEADS, start=1):
        sheet.column_dimensions[get_column_letter(column)].width = _WIDTHS.get(name, 14)
        sheet.cell(1, column).font = Font(bold=True)
    sheet.freeze_panes = "A2"
    out = BytesIO()
    book.save(out)
    return timeless(out.getvalue())


def read(name: str, content: bytes) -> list[Content]:
    """The entries of a file, by the ending of its name. Raises BadLibrary."""
    rows = _json(content) if name.lower().endswith(".json") else _table(name, content)
    if len(rows) > MOST:
        raise BadLibrary(message("A file holds at most {most} entries.", most=MOST))
    found: list[Content] = []
    wrong: list[Line] = []
    for number, row in rows:
        try:
            found.append(content_from(row))
        except BadContent as bad:
            wrong.append(Line(number, bad.reason))
    if wrong:
        raise BadLibrary(message("Nothing was taken in: some lines are no entries."), wrong)
    if not found:
        raise BadLibrary(message("The file has no entries."))
    return found


def _json(content: bytes) -> list[tuple[int, Mapping[str, Any]]]:
    try:
        data = loads(content)
        entries = data["entries"]
        if data["format"] != FORMAT or not all(isinstance(one, dict) for one in entries):
            raise KeyError
    except (ValueError, KeyError, TypeError, RecursionError):
        raise BadLibrary(message("This is no library: {format} is expected.", format=FORMAT)) from None
    return [(number, {name: one.get(name) for name in FIELDS}) for number, one in enumerate(entries, start=1)]


def _table(name: str, content: bytes) -> list[tuple[int, Mapping[str, Any]]]:
    """The lines under the first line of heads, by the same guarded readers that forms are read with."""
    with TemporaryDirectory() as folder:
        place = Path(folder) / Path(name).name[-80:]
        place.write_bytes(content)
        try:
            blocks = open_document(place).blocks
        except UnreadableFile as error:
            raise BadLibrary(error.reason) from error
    for table in (block for block in blocks if isinstance(block, Table)):
        for at, line in enumerate(table.rows):
            heads = [cell.text.strip().lstrip("*").strip() if cell else "" for cell in line]
            columns = {field: heads.index(head) for field, head in HEADS.items() if head in heads}
            if "name" in columns and "level1" in columns:
                return list(_lines(table, at + 1, columns))
    heads = "、".join(HEADS[field] for field in ("level1", "name"))
    raise BadLibrary(message("No line of the file has the heads {heads}.", heads=heads))


def _lines(table: Table, start: int, columns: Mapping[str, int]) -> Iterator[tuple[int, Mapping[str, Any]]]:
    for index, line in enumerate(table.rows[start:], start=start):
        texts = {field: cell.text if (cell := line[at]) else "" for field, at in columns.items()}
        if any(text.strip() for text in texts.values()):
            yield table.first_row + index, texts
