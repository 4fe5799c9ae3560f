"""A public copy as open data: JSON with everything, the table as CSV and as a workbook, StratML Part 2."""

import io
import json
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from django.utils import timezone
from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from hengliang.base.csv_file import csv_bytes
from hengliang.base.message import Message, message
from hengliang.form.writers.package import timeless
from hengliang.report import stratml
from hengliang.report.sheet_dress import dress, head, set_text
from hengliang.web.evaluation.shown import actual_said
from hengliang.web.publication.models import PublicCopy

COLUMNS: tuple[tuple[str, Message, int], ...] = (
    ("number", message("No."), 6),
    ("level1", message("Level 1"), 12),
    ("level2", message("Level 2"), 14),
    ("name", message("Indicator"), 36),
    ("operator", message("Sign"), 8),
    ("target", message("Target"), 14),
    ("unit", message("Unit"), 8),
    ("points", message("Full points"), 8),
    ("actual", message("Actual value"), 14),
    ("low", message("Least points"), 10),
    ("high", message("Most points"), 10),
    ("state", message("State"), 14),
    ("criterion", message("Scoring sentence"), 60),
)
"""The columns of the table: name in the data, heading, width in a workbook."""

NUMBERS = frozenset(("number", "points", "low", "high"))


def as_json(copy: PublicCopy) -> bytes:
    """Everything, with every step."""
    whole = copy.content | {
        "digest": copy.digest,
        "package_sha256": copy.package.digest if copy.package else None,
        "published_at": copy.published_at.isoformat() if copy.published_at else None,
        "organisation": copy.declaration.organisation.name,
        "fiscal_year": copy.declaration.round.fiscal_year,
    }
    return json.dumps(whole, ensure_ascii=False, indent=1).encode()


def as_csv(copy: PublicCopy) -> bytes:
    """The table as CSV with a byte mark, so that Excel reads the Chinese; no cell begins a formula."""
    heads = [heading.say("zh_Hans") for _, heading, _ in COLUMNS]
    return csv_bytes([heads, *(row.values() for row in rows(copy.content))])


def as_xlsx(copy: PublicCopy) -> bytes:
    """The table as a workbook, with a sheet that says what it is and how it is checked."""
    book = Workbook()
    table = book.worksheets[0]
    table.title = message("Indicators").say("zh_Hans")
    for at, (_, heading, width) in enumerate(COLUMNS, 1):
        head(_cell(table, 1, at), heading.say("zh_Hans"))
        table.column_dimensions[get_column_letter(at)].width = width
    for number, row in enumerate(rows(copy.content), 2):
        for at, (name, value) in enumerate(row.items(), 1):
            cell = _cell(table, number, at)
            if name in NUMBERS and value not in (None, ""):
                cell.value = Decimal(value)
            else:
                set_text(cell, "" if value is None else str(value))
            dress(cell, "right" if name in NUMBERS else "left")
    table.freeze_panes = "A2"
    table.auto_filter.ref = table.dimensions
    about = book.create_sheet(message("About this table").say("zh_Hans"))
    about.column_dimensions["A"].width, about.column_dimensions["B"].width = 24, 90
    for number, (label, text) in enumerate(_about(copy), 1):
        head(_cell(about, number, 1), label.say("zh_Hans"))
        cell = _cell(about, number, 2)
        set_text(cell, text)
        dress(cell, "left")
    out = io.BytesIO()
    book.save(out)
    return timeless(out.getvalue())


def _cell(sheet: Worksheet, row: int, column: int) -> Cell:
    cell = sheet.cell(row, column)
    assert isinstance(cell, Cell)
    return cell


def _about(copy: PublicCopy) -> list[tuple[Message, str]]:
    total, package = copy.content["sheet"]["zh_Hans"]["total"], copy.package
    points = total["low"] if total["certain"] else f"{total['low']} – {total['high']}"
    return [
        (message("Organisation"), str(copy.declaration)),
        (message("Fiscal year"), str(copy.declaration.round.fiscal_year)),
        (message("Total"), f"{points} / {total['of']}"),
        (
            message("Published on"),
            timezone.localdate(copy.published_at).isoformat() if copy.published_at else "",
        ),
        (message("SHA-256 of the content"), copy.digest),
        (message("SHA-256 of the package"), package.digest if package else ""),
        *((heading, name) for name, heading, _ in COLUMNS),
    ]


def rows(content: dict[str, Any]) -> list[dict[str, Any]]:
    """The lines of the table; a level that is not printed again is that of the line above."""
    found: list[dict[str, Any]] = []
    level1 = level2 = None
    for row in content["sheet"]["zh_Hans"]["rows"]:
        if row["level1"] and row["level1"] != level1:
            level1, level2 = row["level1"], None
        level2 = row["level2"] or level2
        given = row["actual"]
        actual = actual_said(given["text"], given["facts"], "zh_Hans") if given else None
        whole = row | {"level1": level1, "level2": level2, "actual": actual}
        found.append({name: whole[name] for name, _, _ in COLUMNS})
    return found


def as_stratml(copy: PublicCopy, address: str) -> bytes:
    """StratML Part 2 with the day of publication; `address` is where the document stands."""
    document = str(copy.content["stratml"]).encode()
    if copy.published_at is None:
        return document
    return stratml.published(document, timezone.localdate(copy.published_at).isoformat(), address)


TYPES = {
    "json": "application/json",
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "xml": "application/xml",
}
"""The files by their endings."""

_WRITERS: dict[str, Callable[[PublicCopy], bytes]] = {"json": as_json, "csv": as_csv, "xlsx": as_xlsx}


def written(copy: PublicCopy, ending: str, page: str) -> bytes:
    """A file of `TYPES`; the same bytes every time. `page` is the address of the page of the copy."""
    return as_stratml(copy, f"{page}data.xml") if ending == "xml" else _WRITERS[ending](copy)
