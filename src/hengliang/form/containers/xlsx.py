"""Excel and WPS workbooks (.xlsx, .xlsm): one table per visible sheet, every cell as a person sees it.

A sheet is one flat list of cells, so it is scanned and not built into a tree: that is several times faster
than a general XML parser and needs no more memory than the text itself, however many empty rows there are.
"""

import re
from collections.abc import Sequence
from functools import lru_cache
from posixpath import basename, dirname, join, normpath

from hengliang.base.message import Message, message
from hengliang.base.place import Place
from hengliang.form.containers import xlsx_scan as scan
from hengliang.form.containers.archive import Archive
from hengliang.form.containers.grid import table_of_sheet, without_hidden
from hengliang.form.containers.markup import plain_xml
from hengliang.form.containers.number_format import BUILT_IN, GENERAL, shown
from hengliang.form.containers.refusal import broken, damaged, too_many_cells
from hengliang.form.document import Block, Table

_NUMBERS = ("", "n")
"""The attribute `t` of a cell that holds a number."""
_LOGICAL = {"0": "FALSE", "1": "TRUE"}
_NO_ZEROS = re.compile(r"<sheetView\s[^<>]*\bshowZeros=[\"'](?:0|false)[\"']")


def read_xlsx(archive: Archive, main: str) -> tuple[tuple[Block, ...], tuple[Message, ...]]:
    """The tables of all visible sheets, and remarks on what was left out. `main` is the workbook's part."""
    workbook = _Workbook(archive, main)
    blocks: list[Block] = []
    for tag in scan.tags(workbook.xml, "sheet"):
        name = scan.attribute(tag, "name")
        xml = workbook.related(scan.relation(tag))
        if "<sheetData" not in xml:
            continue  # a chart or macros only
        if scan.attribute(tag, "state") in ("hidden", "veryHidden"):
            workbook.remarks.append(message("the hidden sheet {name} was left out", name=name))
            continue
        table = workbook.table(xml, name)
        if table:
            blocks.append(table)
    return tuple(blocks), tuple(workbook.remarks)


class _Workbook:
    """The parts that all sheets share: shared strings, number formats, the date system."""

    def __init__(self, archive: Archive, main: str) -> None:
        self.archive = archive
        self.file = archive.file
        self.limits = archive.limits
        self.folder = dirname(main)
        self.xml = self._part(main)
        if not self.xml:
            raise broken(self.file, "xlsx")
        self.remarks: list[Message] = []
        self._targets: dict[str, str] = {}
        for tag in scan.tags(self._part(f"{self.folder}/_rels/{basename(main)}.rels"), "Relationship"):
            target = normpath(join("/", self.folder, scan.attribute(tag, "Target"))).lstrip("/")
            self._targets[scan.attribute(tag, "Id")] = target
            self._targets[basename(scan.attribute(tag, "Type"))] = target
        self.date1904 = "date1904" in self.xml and any(
            scan.is_true(tag, "date1904") for tag in scan.tags(self.xml, "workbookPr")
        )
        self.formats = _formats(self.related("styles"))
        self._strings: Sequence[str] | None = None

    def related(self, relation: str) -> str:
        """The part behind a relationship, by its number or its type; empty when there is none."""
        return self._part(self._targets.get(relation, ""))

    def _part(self, name: str) -> str:
        data = self.archive.read(name) if name else None
        return plain_xml(data, self.file, name, self.limits) if data else ""

    def _string(self, index: str) -> str:
        if self._strings is None:
            self._strings = scan.strings_of(self.related("sharedStrings"), 4 * self.limits.cells)
            if self._strings is None:
                raise too_many_cells(self.file, self.limits.cells)
        held = int(index) if index.isdecimal() and len(index) < 10 else -1
        return scan.runs(self._strings[held]) if 0 <= held < len(self._strings) else ""

    def table(self, xml: str, name: str) -> Table | None:
        """The table of the sheet in `xml`."""
        if not xml.endswith("</worksheet>") and not xml.rstrip().endswith("</worksheet>"):
            raise damaged(self.file, message("the sheet {name} breaks off in the middle", name=name))
        start, end = xml.find("<sheetData"), xml.rfind("</sheetData>")
        head, data, tail = xml[:start], xml[start : max(end, start)], xml[max(end, start) :]
        zeros = not _NO_ZEROS.search(head)
        texts = self._texts(data, zeros, name)
        merged = scan.merged_ranges(tail)
        seen = without_hidden(texts, merged, scan.hidden_rows(data), scan.hidden_columns(head))
        if len(seen) < len(texts):
            self.remarks.append(
                message("the hidden rows and columns of the sheet {name} were left out", name=name)
            )
        return table_of_sheet(seen, merged, Place(self.file, sheet=name), self.limits)

    def _texts(self, data: str, zeros: bool, name: str) -> list[tuple[int, int, str]]:
        """Row, column and text of each filled cell."""
        cells = scan.cells_of(data, self.limits.tags)
        if cells is None or len(cells) > self.limits.cells:
            raise too_many_cells(self.file, self.limits.cells)
        column_of, formats, date1904 = scan.column_of, self.formats, self.date1904
        placed: list[tuple[int, int]] = []
        written: list[str] = []
        texts: list[tuple[int, int, str]] = []
        unknown = 0
        for letters, row, style, kind, value, inline in cells:
            if inline:
                placed.append((int(row) - 1, column_of(letters)))
                written.append(inline)
            elif not value:
                unknown += kind != "inlineStr"
            elif kind == "s":
                placed.append((int(row) - 1, column_of(letters)))
                written.append(self._string(value))
            elif kind in _NUMBERS:
                if zeros or value != "0":
                    index = int(style or 0)
                    code = formats[index] if index < len(formats) else GENERAL
                    if text := shown(value, code, date1904):
                        texts.append((int(row) - 1, column_of(letters), text))
            else:
                placed.append((int(row) - 1, column_of(letters)))
                written.append(_LOGICAL.get(value, value) if kind == "b" else value)
        if unknown:
            self.remarks.append(
                message(
                    "{count} formulas of the sheet {name} have no stored result: "
                    "open the file in Excel or WPS and save it",
                    count=unknown,
                    name=name,
                )
            )
        for (row, column), text in zip(placed, scan.unescaped(written), strict=False):
            if text := text.strip():
                texts.append((row, column, text))
        return texts


@lru_cache(maxsize=64)
def _formats(styles: str) -> Sequence[str]:
    """The number format of each cell style. Workbooks made from one template share all their styles."""
    codes = BUILT_IN
    if "<numFmt " in styles:
        codes = codes | {
            int(tag["numFmtId"]): scan.attribute(tag, "formatCode")
            for tag in scan.tags(styles, "numFmt")
            if tag.get("numFmtId", "").isdecimal()
        }
    return [codes.get(number, GENERAL) for number in scan.style_formats(styles)]
