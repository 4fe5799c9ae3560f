"""Excel and WPS workbooks (.xlsx, .xlsm): one table per visible sheet, every cell as a person sees it.

A sheet is one flat list of cells, so it is scanned and not built into a tree: that is faster than a general
XML parser and holds no more memory than the text itself, however many empty rows there are.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from html import unescape
from posixpath import join, normpath

from hengliang.base.message import Message, message
from hengliang.base.place import Place
from hengliang.form.containers.archive import Archive
from hengliang.form.containers.grid import Range, table_of_sheet
from hengliang.form.containers.markup import plain_xml
from hengliang.form.containers.number_format import BUILT_IN, GENERAL, shown
from hengliang.form.containers.refusal import damaged, too_many_cells
from hengliang.form.document import Block

_NAME = rb"(?:\w+:)?"
_ATTRIBUTE = re.compile(rb"""([\w:.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_TEXT = re.compile(rb"<(/?)" + _NAME + rb"(t|rPh)(?:\s[^<>]*)?>([^<]*)")
_VALUE = re.compile(rb"<" + _NAME + rb"v(?:\s[^<>]*)?>([^<]*)<")
_ITEM = re.compile(rb"<" + _NAME + rb"si(?:\s[^<>]*)?(?:/>|>(.*?)</" + _NAME + rb"si\s*>)", re.S)
_ROW = re.compile(rb"<" + _NAME + rb"row((?:\s[^<>]*)?)>")
_CELL = re.compile(
    # The attributes in the order in which all known programs write them, then any others.
    rb"<" + _NAME + rb'c(?: r="([A-Z]{1,3})(\d{1,7})")?(?: s="(\d+)")?(?: t="(\w+)")?((?:\s[^<>]*)?)'
    rb"(?:(?<=/)>|>(.*?)</" + _NAME + rb"c\s*>)",
    re.S,
)
_MERGED = re.compile(
    rb"<" + _NAME + rb"""mergeCell\s[^<>]*?ref\s*=\s*["']([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})["']"""
)
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")


def read_xlsx(archive: Archive, main: str) -> tuple[tuple[Block, ...], tuple[Message, ...]]:
    """The tables of all visible sheets, and remarks on what was left out."""
    file = archive.file
    book = _part(archive, main)
    if book is None:
        raise damaged(file, message("the file is damaged: it cannot be read as {kind}", kind="xlsx"))
    targets = {
        _attribute(tag, b"Id"): _attribute(tag, b"Target")
        for tag in _tags(_part(archive, "xl/_rels/workbook.xml.rels") or b"", b"Relationship")
    }
    date1904 = any(_attribute(tag, b"date1904") in ("1", "true") for tag in _tags(book, b"workbookPr"))
    formats = _formats(_part(archive, "xl/styles.xml") or b"")
    strings: list[bytes] | None = None
    blocks: list[Block] = []
    remarks: list[Message] = []
    for tag in _tags(book, b"sheet"):
        name = _attribute(tag, b"name")
        if _attribute(tag, b"state") in ("hidden", "veryHidden"):
            remarks.append(message("the hidden sheet {name} was left out", name=name))
            continue
        part = _part(archive, normpath(join("/xl", targets.get(_identity(tag), ""))).lstrip("/"))
        if part is None or b"sheetData" not in part:
            continue  # a sheet that holds a chart or a macro only
        if strings is None:
            strings = _strings(archive)
        sheet = _Sheet(part, strings, formats, date1904, archive)
        table = table_of_sheet(list(sheet.texts()), sheet.merged(), Place(file, sheet=name), archive.limits)
        if table:
            blocks.append(table)
    return tuple(blocks), tuple(remarks)


class _Sheet:
    """One sheet: its XML and what is needed to show its cells."""

    def __init__(
        self,
        xml: bytes,
        strings: Sequence[bytes],
        formats: Sequence[str],
        date1904: bool,
        archive: Archive,
    ) -> None:
        start, end = xml.find(b"sheetData"), xml.rfind(b"sheetData")
        self.head = xml[:start]
        self.data = xml[start:end]
        self.tail = xml[end:]
        self.strings = strings
        self.formats = formats
        self.date1904 = date1904
        self.archive = archive

    def merged(self) -> Iterator[Range]:
        for left, top, right, bottom in _MERGED.findall(self.tail):
            yield int(top) - 1, column_of(left), int(bottom) - 1, column_of(right)

    def texts(self) -> Iterator[tuple[int, int, str]]:
        """Row, column and text of each filled cell."""
        count = 0
        most = self.archive.limits.cells
        for row, column, style, kind, body in self._cells():
            text = self._shown(body, style, kind)
            if text:
                count += 1
                if count > most:
                    raise too_many_cells(self.archive.file, most)
                yield row, column, text

    def _cells(self) -> Iterator[tuple[int, int, bytes, bytes, bytes]]:
        data = self.data
        region = data[: data.rfind(b"<")]
        for letters, row, style, kind, rest, body in _CELL.findall(region):
            if body:
                yield int(row) - 1, column_of(letters), style, kind, body

    def _shown(self, body: bytes, style: bytes, kind: bytes) -> str:
        if kind == b"inlineStr":
            return _rich(body)
        found = _VALUE.search(body)
        if not found:
            return ""
        value = found[1]
        if kind == b"s":
            return _rich(self.strings[int(value)])
        if kind == b"str":
            return _decoded(value)
        if kind == b"b":
            return "TRUE" if value == b"1" else "FALSE"
        if kind == b"e":
            return value.decode()
        code = self.formats[int(style)] if style and int(style) < len(self.formats) else GENERAL
        return shown(value.decode().strip(), code, self.date1904)


def _part(archive: Archive, name: str) -> bytes | None:
    data = archive.read(name)
    return None if data is None else plain_xml(data, archive.file, name, archive.limits)


def _formats(styles: bytes) -> list[str]:
    """The number format of each cell style."""
    codes = BUILT_IN | {
        int(_attribute(tag, b"numFmtId") or 0): _attribute(tag, b"formatCode")
        for tag in _tags(styles, b"numFmt")
    }
    start, end = styles.find(b"cellXfs"), styles.rfind(b"cellXfs")
    return [
        codes.get(int(_attribute(tag, b"numFmtId") or 0), GENERAL) for tag in _tags(styles[start:end], b"xf")
    ]


def _strings(archive: Archive) -> list[bytes]:
    data = _part(archive, "xl/sharedStrings.xml") or b""
    return _ITEM.findall(data)


def _rich(xml: bytes) -> str:
    """The text of all runs, without the pronunciation marks of `rPh`."""
    parts: list[bytes] = []
    marks = 0
    for closing, name, text in _TEXT.findall(xml):
        if name == b"rPh":
            marks += -1 if closing else 1
        elif not closing and not marks:
            parts.append(text)
    return _decoded(b"".join(parts))


def _decoded(text: bytes) -> str:
    shown_text = text.decode("utf-8", "replace")
    if "&" in shown_text:
        shown_text = unescape(shown_text)
    if "_x" in shown_text:
        shown_text = _ESCAPE.sub(lambda found: chr(int(found[1], 16)), shown_text)
    return shown_text.replace("\r\n", "\n").replace("\r", "\n").strip()


def _tags(xml: bytes, name: bytes) -> Iterator[Mapping[bytes, bytes]]:
    pattern = _tag_pattern(name)
    for attributes in pattern.findall(xml):
        yield {key: first or second for key, first, second in _ATTRIBUTE.findall(attributes)}


@cache
def _tag_pattern(name: bytes) -> re.Pattern[bytes]:
    return re.compile(rb"<" + _NAME + name + rb"((?:\s+[\w:.-]+\s*=\s*(?:\"[^\"]*\"|'[^']*'))*)\s*/?>")


def _attribute(tag: Mapping[bytes, bytes], name: bytes) -> str:
    return unescape(tag.get(name, b"").decode("utf-8", "replace"))


def _identity(tag: Mapping[bytes, bytes]) -> str:
    """The relationship of a sheet: `r:id`, whatever the prefix."""
    for name in tag:
        if name.endswith(b":id"):
            return _attribute(tag, name)
    return ""


@cache
def column_of(letters: bytes) -> int:
    """The column, counted from 0, of its letters: A is 0, AA is 26."""
    column = 0
    for letter in letters:
        column = column * 26 + letter - 64
    return column - 1
