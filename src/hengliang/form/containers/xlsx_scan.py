"""Finding cells, merged ranges and texts in the XML of a workbook without building a tree.

All functions take XML as `markup.plain_xml` gives it: without comments, CDATA and prefixes, so that a bare
`<` always begins a tag. No pattern can run long on broken XML: each looks no further than the next tag or
the next closing tag, and where there is none, nothing is searched.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from html import unescape
from itertools import chain, pairwise

from hengliang.base.place import column_letters
from hengliang.form.containers.grid import Range
from hengliang.form.containers.markup import resolved

Found = tuple[str, str, str, str, str, str]
"""A cell that is not empty, as written: column letters, row, number of the style, kind (`s` for a shared
string, `n` or nothing for a number …), value, and the text of an inline string. Texts are still escaped."""

_ATTRIBUTE = re.compile(r"""([\w:.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_CELL = re.compile(
    # As all known programs write them: attributes in this order, one value or one inline text.
    r'<c r="([A-Z]{1,3}+)([0-9]{1,7}+)"(?: s="([0-9]{1,6}+)")?+(?: t="([A-Za-z]++)")?+>'
    r"(?:<f(?:\s[^<>]*+)?+(?:(?<=/)>|>[^<]*+</f>))?+"
    r"(?:<v>([^<]*+)</v>|<is><t(?: [^<>]*+)?+>([^<]*+)</t></is>)</c>"
)
_PLACED = re.compile(r"<(row|c)((?:\s[^<>]*)?/?)>")
_REFERENCE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
_HIDDEN_ROW = re.compile(
    r"<row\s(?=[^<>]*\shidden=[\"'](?:1|true)[\"'])[^<>]*?\br=[\"']([0-9]{1,7})[\"'][^<>]*>"
)
_MERGED = re.compile(r"<mergeCell\s+ref=[\"']([A-Z]{1,3})([0-9]{1,7}):([A-Z]{1,3})([0-9]{1,7})[\"']")
_ITEM = re.compile(r"<si(?:\s[^<>]*)?(?:/>|>(.*?)</si>)", re.S)
_RUN = re.compile(r"<(/?)(t|rPh)(?:\s[^<>]*)?>([^<]*)")
_VALUE = re.compile(r"<v(?:\s[^<>]*)?>([^<]*)<")
_STYLE = re.compile(r"<xf(\s[^<>]*)?>")
_FORMAT = re.compile(r"\bnumFmtId=[\"']([0-9]{1,6})[\"']")
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_MARK = "\ue0f8\ue0f9"
"""Two characters of nobody's alphabet, put between texts that are unescaped together."""


def cells_of(data: str, most: int) -> Sequence[Found] | None:
    """The cells of the sheet data that hold something; None when it has more than `most` cells of odd shape.

    A formula without a result has an empty value.
    """
    found: list[Found] = _CELL.findall(data)
    if len(found) == data.count("</c>") - data.count('"></c>'):
        return found
    return list(_unusual_cells(data)) if data.count("<c") <= most else None


def _unusual_cells(data: str) -> Iterator[Found]:
    """The same for cells of any shape, also those without a reference, which stand behind the one before."""
    row = column = 0
    for found, after in pairwise(chain(_PLACED.finditer(data), (None,))):
        if found is None:
            return
        attributes = _attributes(found[2])
        if found[1] == "row":
            row = _number(attributes.get("r"), row + 1)
            column = 0
            continue
        reference = _REFERENCE.fullmatch(attributes.get("r", ""))
        row, column = (
            (int(reference[2]), column_of(reference[1]) + 1) if reference else (max(row, 1), column + 1)
        )
        # What stands behind the cell's own end holds no value; it is cut off only to keep it short.
        body = "" if found[2].endswith("/") else data[found.end() : after.start() if after else None]
        if body := body.partition("</c>")[0]:
            kind = attributes.get("t", "")
            value = _VALUE.search(body)
            text = runs(body) if kind == "inlineStr" else ""
            style = str(_number(attributes.get("s"), 0))
            yield column_letters(column), str(row), style, kind, value[1] if value else "", text


def hidden_rows(data: str) -> set[int]:
    """The rows (from 0) that are not shown."""
    return {int(row) - 1 for row in _HIDDEN_ROW.findall(data)} if "hidden=" in data else set()


def hidden_columns(head: str) -> set[int]:
    """The columns (from 0) that are not shown, from the part before the sheet data."""
    hidden: set[int] = set()
    if "hidden=" in head:
        for tag in tags(head, "col"):
            if is_true(tag, "hidden"):
                hidden.update(range(_number(tag.get("min"), 1) - 1, min(_number(tag.get("max"), 0), 16384)))
    return hidden


def merged_ranges(tail: str) -> list[Range]:
    """The merged cells, from the part behind the sheet data."""
    return [
        (int(top) - 1, column_of(left), int(bottom) - 1, column_of(right))
        for left, top, right, bottom in _MERGED.findall(tail)
    ]


def strings_of(data: str, most: int) -> list[str] | None:
    """The shared strings, each as its XML; None when there are more than `most`."""
    end = data.rfind("</si>") + 5
    items: list[str] = []
    for found in _ITEM.finditer(data, 0, end) if end > 4 else ():
        items.append(found[1] or "")
        if len(items) > most:
            return None
    return items


def runs(xml: str) -> str:
    """The text of a string in all its runs, still escaped, without the pronunciation marks of `rPh`."""
    if xml.startswith("<t>") and xml.count("<") == 2:
        return xml[3:-4]
    parts: list[str] = []
    marks = 0
    for closing, name, text in _RUN.findall(xml):
        if name == "rPh":
            marks += -1 if closing else 1
        elif not closing and not marks:
            parts.append(text)
    return "".join(parts)


def unescaped(texts: Sequence[str]) -> list[str]:
    """The texts with all references resolved, and line breaks as `\\n`."""
    joined = _MARK.join(texts)
    if "&" in joined:
        joined = resolved(joined)
    if "_x" in joined:
        joined = _ESCAPE.sub(lambda found: chr(int(found[1], 16)), joined)
    return joined.replace("\r\n", "\n").replace("\r", "\n").split(_MARK)


def tags(xml: str, name: str) -> Iterator[Mapping[str, str]]:
    """The attributes of all tags called `name`."""
    for found in _tag(name).finditer(xml):
        yield _attributes(found[1])


@cache
def _tag(name: str) -> re.Pattern[str]:
    # Quoted values may hold a bare `>`.
    return re.compile(rf"<{name}((?:\s+[\w:.-]+\s*=\s*(?:\"[^\"<]*\"|'[^'<]*'))*)\s*/?>")


def _attributes(inside: str) -> dict[str, str]:
    return {key: first or second for key, first, second in _ATTRIBUTE.findall(inside)}


def attribute(tag: Mapping[str, str], name: str) -> str:
    """The value of an attribute, unescaped; empty when it is missing."""
    value = tag.get(name, "")
    return unescape(value) if "&" in value else value


def is_true(tag: Mapping[str, str], name: str) -> bool:
    """Whether an attribute says yes."""
    return tag.get(name) in ("1", "true")


def relation(tag: Mapping[str, str]) -> str:
    """The relationship of a tag: its `r:id`, whatever the prefix."""
    return next((attribute(tag, name) for name in tag if name.endswith(":id")), "")


def style_formats(styles: str) -> list[int]:
    """The number of the number format of each cell style."""
    start, end = styles.find("<cellXfs"), styles.rfind("</cellXfs>")
    found = (_FORMAT.search(inside) for inside in _STYLE.findall(styles, max(start, 0), max(end, 0)))
    return [int(number[1]) if number else 0 for number in found]


def _number(text: str | None, otherwise: int) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 10 else otherwise


@cache
def column_of(letters: str) -> int:
    """The column, counted from 0, of its letters: A is 0, AA is 26."""
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - 64
    return column - 1
