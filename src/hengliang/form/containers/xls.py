"""Old Excel workbooks (.xls, and .et by WPS): one table per visible sheet, every cell as a person sees it."""

from io import StringIO
from typing import Any

import xlrd

from hengliang.base.message import Message, message
from hengliang.base.place import Place
from hengliang.form.containers import refusal
from hengliang.form.containers.grid import table_of_sheet, without_hidden
from hengliang.form.containers.limits import Limits
from hengliang.form.containers.number_format import BUILT_IN, GENERAL, shown
from hengliang.form.document import Block

_LOCAL = frozenset((*range(14, 23), *range(27, 37), *range(50, 59)))
"""Formats that a file names by number only and that differ between countries."""


def read_xls(stream: bytes, file: str, limits: Limits) -> tuple[tuple[Block, ...], tuple[Message, ...]]:
    """The tables of all visible sheets, and remarks on what was left out. `stream` is the workbook's."""
    blocks: list[Block] = []
    remarks: list[Message] = []
    try:
        # The library is typed nowhere, and says with any kind of exception that a file is broken.
        book: Any = xlrd.open_workbook(
            file_contents=stream, formatting_info=True, on_demand=True, ragged_rows=True, logfile=StringIO()
        )
        sheets = [(str(name), book.sheet_by_name(name)) for name in book.sheet_names()]
        texts = {name: _texts(book, sheet) for name, sheet in sheets if not sheet.visibility}
    except Exception as error:
        if "encrypted" in str(error):
            raise refusal.encrypted(file) from error
        raise refusal.broken(file, "xls") from error
    for name, sheet in sheets:
        if sheet.visibility:
            remarks.append(message("the hidden sheet {name} was left out", name=name))
            continue
        merged = [(top, left, bottom - 1, right - 1) for top, bottom, left, right in sheet.merged_cells]
        hidden_rows = {row for row, info in sheet.rowinfo_map.items() if info.hidden}
        hidden_columns = {column for column, info in sheet.colinfo_map.items() if info.hidden}
        seen = without_hidden(texts[name], merged, hidden_rows, hidden_columns)
        if len(seen) < len(texts[name]):
            remarks.append(
                message("the hidden rows and columns of the sheet {name} were left out", name=name)
            )
        table = table_of_sheet(seen, merged, Place(file, sheet=name), limits)
        if table:
            blocks.append(table)
    return tuple(blocks), tuple(remarks)


def _texts(book: Any, sheet: Any) -> list[tuple[int, int, str]]:
    texts: list[tuple[int, int, str]] = []
    for row in range(sheet.nrows):
        for column, cell in enumerate(sheet.row(row)):
            if cell.ctype not in (xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK):
                text = _shown(book, cell, bool(sheet.show_zero_values))
                if text:
                    texts.append((row, column, text))
    return texts


def _shown(book: Any, cell: Any, zeros: bool) -> str:
    match cell.ctype:
        case xlrd.XL_CELL_TEXT:
            return str(cell.value).replace("\r\n", "\n").replace("\r", "\n").strip()
        case xlrd.XL_CELL_BOOLEAN:
            return "TRUE" if cell.value else "FALSE"
        case xlrd.XL_CELL_ERROR:
            return str(xlrd.error_text_from_code.get(cell.value, "#N/A"))
        case _:
            if not cell.value and not zeros:
                return ""
            return shown(repr(float(cell.value)), _code(book, cell.xf_index), bool(book.datemode))


def _code(book: Any, style: int) -> str:
    if not 0 <= style < len(book.xf_list):
        return GENERAL
    key = book.xf_list[style].format_key
    if key in _LOCAL:
        return BUILT_IN[key]
    known = book.format_map.get(key)
    return str(known.format_str) if known else BUILT_IN.get(key, GENERAL)
