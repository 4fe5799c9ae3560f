"""Web pages: the innermost tables are data, tables around them are layout, other text is lines.

Also what offices publish as `.xls` but is a web page inside, and saved pages (`.mht`).
"""

import re
from collections.abc import Iterator, Sequence
from email import message_from_bytes

from hengliang.base.place import Place
from hengliang.form.containers.encoding import decode
from hengliang.form.containers.grid import Spanning, table_of_rows
from hengliang.form.containers.limits import Limits
from hengliang.form.containers.markup import Element, parse_html
from hengliang.form.containers.refusal import broken
from hengliang.form.document import Block, Line

# fmt: off
_DROPPED = frozenset((
    "script", "style", "head", "template", "noscript", "iframe", "object", "svg", "math", "button",
    "audio", "video", "canvas",
))
_BREAKING = frozenset((
    "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "div", "dl", "dt",
    "fieldset", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "html", "li",
    "main", "nav", "ol", "p", "pre", "section", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul",
))
# fmt: on
_TYPED = ("", "text", "number", "date", "month", "tel", "email", "search", "url")
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all", re.I)
_OWN_NUMBER = re.compile(r"[（(]?[\d一二三四五六七八九十①-⑳]")
_BLANKS = re.compile(r"[ \t\r\n\f\u00a0]+")


def read_html(text: str, file: str, limits: Limits) -> tuple[Block, ...]:
    """The tables and lines of a page in reading order."""
    return tuple(_Page(file, limits).blocks(parse_html(text, file, limits)))


def read_saved_page(data: bytes, file: str, limits: Limits) -> tuple[Block, ...]:
    """The tables and lines of a page saved with its pictures (`.mht`): its first HTML part."""
    for part in message_from_bytes(data).walk():
        if part.get_content_type() == "text/html":
            payload = part.get_payload(decode=True)
            text = decode(payload, part.get_content_charset()) if isinstance(payload, bytes) else None
            if text is not None:
                return read_html(text, file, limits)
    raise broken(file, "mht")


class _Page:
    """One page on its way into blocks: text gathers until something breaks the line."""

    def __init__(self, file: str, limits: Limits) -> None:
        self.file = file
        self.limits = limits
        self.tables = 0
        self.parts: list[str] = []
        self.line = 1

    def blocks(self, root: Element) -> Iterator[Block]:
        yield from self._walk(root)
        yield from self._flush()

    def _walk(self, element: Element) -> Iterator[Block]:
        if _is_dropped(element):
            return
        tag = element.tag
        if tag == "table":
            yield from self._flush()
            yield from self._table(element)
            return
        if tag == "dl" and element.find(".//table") is None:
            yield from self._flush()
            yield from self._put(_named(element))
            return
        if tag in ("input", "select"):
            self._add(_entered(element))
            return
        breaking = tag in _BREAKING
        if breaking or tag == "br":
            yield from self._flush()
            self.line = element.sourceline or self.line
        self._add(_item_number(element))
        self._add(element.text)
        for child in element:
            yield from self._walk(child)
            self._add(child.tail)
        if breaking:
            yield from self._flush()

    def _table(self, table: Element) -> Iterator[Block]:
        """The table; a row that holds tables itself is layout, and its cells are read one after the other."""
        rows: list[Element] = []
        is_layout = table.find(".//table") is not None
        for row in _rows(table):
            if is_layout and row.find(".//table") is not None:
                yield from self._data(rows, is_layout)
                rows = []
                for child in row:
                    yield from self._walk(child)
            else:
                rows.append(row)
        yield from self._data(rows, is_layout)

    def _data(self, rows: Sequence[Element], is_layout: bool) -> Iterator[Block]:
        cells = [_cells(row) for row in rows]
        if is_layout and all(len(row) < 2 for row in cells):
            for row in rows:
                for child in row:
                    yield from self._walk(child)
            return
        spanning = [
            [Spanning(_text(cell), _span(cell, "rowspan"), _span(cell, "colspan")) for cell in row]
            for row in cells
        ]
        yield from self._put(spanning)

    def _put(self, spanning: Sequence[Sequence[Spanning]]) -> Iterator[Block]:
        table = table_of_rows(spanning, Place(self.file, table=self.tables + 1), self.limits)
        if table:
            self.tables += 1
            yield table

    def _add(self, text: str | None) -> None:
        if text:
            self.parts.append(text)

    def _flush(self) -> Iterator[Line]:
        shown = _squeezed("".join(self.parts))
        self.parts.clear()
        if shown:
            yield Line(shown, Place(self.file, line=self.line))


def _named(element: Element) -> list[list[Spanning]]:
    """A list of names with what belongs to each, as rows of two cells."""
    rows: list[list[Spanning]] = []
    for item in element.iter("dt", "dd"):
        if not _is_dropped(item):
            if item.tag == "dt" or not rows:
                rows.append([])
            rows[-1].append(Spanning(_text(item)))
    return rows


def _rows(table: Element) -> Iterator[Element]:
    """The table's own rows, not those of tables inside it."""
    for child in table:
        if child.tag == "tr" and not _is_dropped(child):
            yield child
        elif child.tag in ("tbody", "thead", "tfoot") and not _is_dropped(child):
            yield from _rows(child)


def _cells(row: Element) -> list[Element]:
    return [cell for cell in row if cell.tag in ("td", "th") and not _is_dropped(cell)]


def _span(cell: Element, name: str) -> int:
    digits = re.match(r"\s*(\d{1,5})", cell.get(name) or "")
    return max(1, int(digits[1])) if digits else 1


def _is_dropped(element: Element) -> bool:
    if not isinstance(element.tag, str) or element.tag in _DROPPED:
        return True
    if not element.attrib:
        return False
    return (
        "hidden" in element.attrib
        or element.get("aria-hidden") == "true"
        or bool(_HIDDEN.search(element.get("style") or ""))
    )


def _text(cell: Element) -> str:
    """The text of a cell: one line per paragraph or `<br>`, blanks squeezed as a browser does."""
    parts: list[str] = []
    _gather(cell, parts)
    lines = (_squeezed(line) for line in "".join(parts).split("\0"))
    return "\n".join(line for line in lines if line)


def _entered(field: Element) -> str:
    """What a person sees in a field that was filled in."""
    if field.tag == "select":
        options = list(field.iter("option"))
        chosen = [option for option in options if "selected" in option.attrib] or options[:1]
        return "".join(option.text or "" for option in chosen)
    kind = field.get("type", "").lower()
    if kind in ("checkbox", "radio"):
        return "☑" if "checked" in field.attrib else "□"
    return field.get("value", "") if kind in _TYPED else ""


def _gather(element: Element, parts: list[str]) -> None:
    if element.tag in ("input", "select"):
        parts.append(_entered(element))
        return
    breaking = element.tag in _BREAKING or element.tag == "br"
    if breaking:
        parts.append("\0")
    parts.append(_item_number(element))
    if element.text:
        parts.append(element.text)
    for child in element:
        if not _is_dropped(child):
            _gather(child, parts)
        if child.tail:
            parts.append(child.tail)
    if breaking:
        parts.append("\0")


def _item_number(element: Element) -> str:
    """The number that a browser prints before an item of a list, unless the item has one in its text."""
    if element.tag != "li":
        return ""
    around = element.getparent()
    if around is None or around.tag != "ol" or "list-style" in around.get("style", ""):
        return ""
    if around.get("type", "1") != "1" or _OWN_NUMBER.match(_squeezed("".join(element.itertext()))):
        return ""
    before = len(list(element.itersiblings("li", preceding=True)))
    start = re.match(r"\d{1,4}", around.get("start", ""))
    return f"{before + (int(start[0]) if start else 1)}. "


def _squeezed(text: str) -> str:
    return _BLANKS.sub(" ", text).strip(" \u3000")
