"""An empty file of actual values for one form: what its sentences ask for, ready to be filled in.

As a workbook with lists to choose from, as CSV, or as JSON; `form.actuals` reads all of them.
"""

import json
from collections.abc import Iterator, Sequence
from io import BytesIO
from typing import Any, NamedTuple

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from hengliang.base.csv_file import csv_bytes
from hengliang.base.message import Message, message
from hengliang.base.profile import Profile
from hengliang.form.model import Form
from hengliang.score.asked import Ask, Asked, asked_of


class _Column(NamedTuple):
    head: Message
    width: int
    is_entry: bool = False


_COLUMNS = (
    _Column(message("No."), 6),
    _Column(message("Level 2"), 16),
    _Column(message("Indicator"), 34),
    _Column(message("Target"), 14),
    _Column(message("Scoring sentence"), 34),
    _Column(message("Further fact"), 22),
    _Column(message("Actual value"), 18, True),
    _Column(message("Unit"), 9),
    _Column(message("Not applicable"), 9, True),
    _Column(message("Note"), 24, True),
    _Column(message("What to enter"), 40),
)
_ACTUAL, _SKIPPED = 7, 9
_LONGEST_LIST = 255
"""A list of a cell may be so long, by the format."""


def made(form: Form, profile: Profile, ending: str, language: str) -> bytes:
    """The file for `form`; `ending` is .xlsx, .csv or .json."""
    asked = asked_of(form, profile)
    if ending == ".json":
        return _json(asked, language)
    if ending == ".csv":
        return _csv(asked, language)
    return _workbook(asked, language)


def _rows(asked: Sequence[Asked], language: str) -> Iterator[tuple[Ask, list[str | int]]]:
    for one in asked:
        row = one.indicator
        sign = "" if row.operator in (None, "定性") else row.operator or ""
        target = f"{sign}{row.target}" if row.target is not None else ""
        for ask in one.asks:
            fact = ask.name.say(language) if ask.name is not None else ""
            unit = row.unit or "" if ask.name is None and not ask.words else ""
            yield (
                ask,
                [
                    one.index + 1, row.level2 or "", row.name, target, row.criterion or "", fact, "", unit,
                    "", "",
                    _hint(ask, language),
                ],
            )  # fmt: skip


def _hint(ask: Ask, language: str) -> str:
    if not ask.words:
        return ask.what.say(language)
    words = message("{what} ({words})", what=ask.what, words="／".join(ask.words))
    return words.say(language)


def _csv(asked: Sequence[Asked], language: str) -> bytes:
    head = [column.head.say(language) for column in _COLUMNS]
    return csv_bytes([head, *(cells for _, cells in _rows(asked, language))])


def _json(asked: Sequence[Asked], language: str) -> bytes:
    rows: list[dict[str, Any]] = [
        {
            "index": one.index + 1,
            "name": one.indicator.name,
            "actual": None,
            "unit": one.indicator.unit,
            "facts": {ask.name.say(language): None for ask in one.asks if ask.name is not None},
            "applicable": True,
            "note": None,
            "hint": message("; ").say(language).join(_named_hint(ask, language) for ask in one.asks),
        }
        for one in asked
    ]
    return (json.dumps(rows, ensure_ascii=False, indent=1) + "\n").encode()


def _named_hint(ask: Ask, language: str) -> str:
    hint = _hint(ask, language)
    return hint if ask.name is None else f"{ask.name.say(language)}{message(': ').say(language)}{hint}"


_LINE = Side("thin", "BFBFBF")
_BORDER = Border(_LINE, _LINE, _LINE, _LINE)
_HEAD = PatternFill("solid", fgColor="E7EFEF")
_ENTRY = PatternFill("solid", fgColor="FFFBE6")


def _workbook(asked: Sequence[Asked], language: str) -> bytes:
    book = Workbook()
    sheet: Any = book.active
    sheet.title = message("Actual values").say(language)
    sheet.append([column.head.say(language) for column in _COLUMNS])
    for at, column in enumerate(_COLUMNS, 1):
        sheet.column_dimensions[get_column_letter(at)].width = column.width
        _dress(sheet.cell(1, at), _HEAD, bold=True)
    lists: dict[tuple[str, ...], DataValidation] = {}
    skipped = _list_of(sheet, lists, ("是",))
    for ask, cells in _rows(asked, language):
        sheet.append(cells)
        last = sheet.max_row
        for at, column in enumerate(_COLUMNS, 1):
            cell = sheet.cell(last, at)
            cell.data_type = "n" if at == 1 else "s" if cell.value else cell.data_type
            _dress(cell, _ENTRY if column.is_entry else None, centred=at in (1, 4, 8, 9))
        sheet.cell(last, _ACTUAL).number_format = "@"
        if ask.name is None and skipped is not None:
            skipped.add(sheet.cell(last, _SKIPPED))
        choice = _list_of(sheet, lists, ask.words) if ask.words else None
        if choice is not None:
            choice.add(sheet.cell(last, _ACTUAL))
    sheet.freeze_panes = "D2"
    sheet.page_setup.orientation, sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = (
        "landscape",
        1,
        0,
    )
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows = "1:1"
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def _dress(cell: Any, fill: PatternFill | None, bold: bool = False, centred: bool = False) -> None:
    cell.font = Font(name="宋体", size=10.5, bold=bold)
    cell.border = _BORDER
    cell.alignment = Alignment(
        horizontal="center" if bold or centred else "left", vertical="center", wrap_text=True
    )
    if fill is not None:
        cell.fill = fill


def _list_of(
    sheet: Any, lists: dict[tuple[str, ...], DataValidation], words: tuple[str, ...]
) -> DataValidation | None:
    """The drop-down of these words; other entries are allowed. None where a cell cannot hold the list."""
    said = ",".join(words)
    if len(said) > _LONGEST_LIST or any("," in word or '"' in word for word in words):
        return None
    if words not in lists:
        lists[words] = DataValidation("list", formula1=f'"{said}"', allow_blank=True, showErrorMessage=False)
        sheet.add_data_validation(lists[words])
    return lists[words]
