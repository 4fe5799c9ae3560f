"""The cells that findings speak of, aligned, with the words underlined.

# │ 三级指标     │ 指标值类型 │ 指标值
4 │ 界桩定位核查 │ 定性       │ 100
  │              │ ^^^^       │ ^^^
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from hengliang.base.finding import Finding
from hengliang.base.message import message
from hengliang.form.field import text_at
from hengliang.form.model import Form, Indicator
from hengliang.report.grid import BAR, column_widths
from hengliang.report.ink import Ink
from hengliang.report.labels import field_label, item_number, take_apart
from hengliang.report.width import fit, pad, visible, width

_INDENT = "    "
_NAME_COLUMNS = 28
_FIELD_COLUMNS = 16
_FIELDS = tuple(Indicator.model_fields)

_Marks = tuple[tuple[int, int], ...]


class _Cell(NamedTuple):
    """A text and the characters in it that are meant."""

    text: str
    marks: _Marks = ()

    @property
    def is_whole(self) -> bool:
        """Whether the whole cell is meant, so that there is less need to underline it."""
        return all(end - start >= len(self.text) for start, end in self.marks)


class _Row(NamedTuple):
    """The cells of one line, and a sentence to stand below it."""

    path: str
    cells: tuple[_Cell, ...]
    below: str


class _Grid(NamedTuple):
    """Lines of the same columns. `caps` are the most columns that a text may take, 0 for any."""

    head: tuple[str, ...]
    caps: tuple[int, ...]
    rows: list[_Row]


class Excerpt(NamedTuple):
    """The lines to show, and the paths of what there was no room for."""

    lines: tuple[str, ...]
    hidden: tuple[str, ...]


def excerpt(
    form: Form, findings: Sequence[Finding], language: str, columns: int, ink: Ink, most: int | None = None
) -> Excerpt:
    """What `findings` of one rule speak of, in at most `columns` columns and `most` rows.

    Findings on the same columns of the indicator table are shown as rows of it, others one text a line. A
    finding that says something else than the first one has its sentence below. Where there is no limit, every
    row is underlined, else the first, and those of which only a part is meant.
    """
    grid = _table(form, findings, language) or _texts(form, findings, language)
    if not grid.rows:
        return Excerpt((), ())
    shown = grid._replace(rows=grid.rows[:most])
    hidden = () if most is None else tuple(row.path for row in grid.rows[most:])
    style = findings[0].severity.value
    return Excerpt(tuple(_lines(shown, columns - len(_INDENT), style, ink, most is None)), hidden)


def _lines(grid: _Grid, room: int, style: str, ink: Ink, underline_all: bool) -> Iterator[str]:
    texts = [grid.head, *([cell.text for cell in row.cells] for row in grid.rows)]
    widths = column_widths(texts, room, grid.caps)
    if any(grid.head):
        yield ink.dim(_INDENT + BAR.join(map(pad, grid.head, widths)).rstrip())
    for number, row in enumerate(grid.rows):
        shown = [_fitted(cell, most) for cell, most in zip(row.cells, widths, strict=True)]
        if number and grid.rows[number - 1].cells[:-2] == row.cells[:-2]:
            # A second text of the same row: what it is was said above.
            shown[:-2] = [_Cell("")] * len(shown[:-2])
        yield _line([pad(cell.text, most) for cell, most in zip(shown, widths, strict=True)], ink)
        if number == 0 or underline_all or not all(cell.is_whole for cell in row.cells):
            signs = [_signs(cell) for cell in shown]
            if any(signs):
                padded = (" " * (most - len(sign)) for sign, most in zip(signs, widths, strict=True))
                yield _line(
                    [ink.paint(sign, style) + blanks for sign, blanks in zip(signs, padded, strict=True)], ink
                )
        if row.below:
            yield _line([" " * widths[0], f"└ {row.below}"], ink)


def _line(cells: Sequence[str], ink: Ink) -> str:
    return (_INDENT + ink.info(BAR).join(cells)).rstrip()


def _table(form: Form, findings: Sequence[Finding], language: str) -> _Grid | None:
    """The findings as rows of the indicator table; None unless all are on the same columns of it."""
    rows: list[tuple[int, dict[str, _Marks], str]] = []
    for finding, below in zip(findings, _below(findings, language), strict=True):
        marks: dict[int, dict[str, _Marks]] = {}
        for spot in finding.spots:
            place = take_apart(spot.path)
            if place.list != "indicators" or place.item is None or place.item >= len(form.indicators):
                return None
            field = place.field.partition("/")[0] or "name"
            text = text_at(form, f"indicators/{place.item}/{field}") or ""
            row = marks.setdefault(place.item, {})
            row[field] = (*row.get(field, ()), (spot.start or 0, len(text) if spot.end is None else spot.end))
        last = len(marks) - 1
        rows += [(item, row, below if at == last else "") for at, (item, row) in enumerate(marks.items())]
    fields = sorted({field for _, row, _ in rows for field in row if field != "name"}, key=_FIELDS.index)
    if not rows or any(row.keys() - {"name"} != set(fields) for _, row, _ in rows):
        return None
    columns = ["name", *fields]
    return _Grid(
        ("#", *(field_label(f"indicators/0/{field}", language) for field in columns)),
        (0, _NAME_COLUMNS, *(0 for _ in fields)),
        [
            _Row(
                f"indicators/{item}",
                (
                    _Cell(str(item + 1)),
                    *(
                        _cell(form, f"indicators/{item}/{field}", marks.get(field, ()), language)
                        for field in columns
                    ),
                ),
                below,
            )
            for item, marks, below in rows
        ],
    )


def _texts(form: Form, findings: Sequence[Finding], language: str) -> _Grid:
    """The findings one text a line, behind the name of its place; fields that are not there are left out."""
    rows: list[_Row] = []
    for finding, below in zip(findings, _below(findings, language), strict=True):
        marks: dict[str, _Marks] = {}
        for spot in finding.spots:
            text = text_at(form, spot.path)
            if text is not None:
                mark = (spot.start or 0, len(text) if spot.end is None else spot.end)
                marks[spot.path] = (*marks.get(spot.path, ()), mark)
        last = len(marks) - 1
        for at, (path, found) in enumerate(marks.items()):
            number, what, field = (_Cell(visible(part)) for part in _place(form, path, language))
            rows.append(
                _Row(
                    path,
                    (number, what, field, _cell(form, path, found, language)),
                    below if at == last else "",
                )
            )
    used = [at for at in range(4) if any(row.cells[at].text for row in rows)]
    return _Grid(
        ("",) * len(used),
        tuple((0, _NAME_COLUMNS, _FIELD_COLUMNS, 0)[at] for at in used),
        [row._replace(cells=tuple(row.cells[at] for at in used)) for row in rows],
    )


def _place(form: Form, path: str, language: str) -> tuple[str, str, str]:
    """A place in three parts: number of the row or item, what it is, and the field of it."""
    spot = take_apart(path)
    if spot.item is None:
        return "", field_label(path, language), ""
    if spot.list == "indicators":
        return str(spot.item + 1), form.indicators[spot.item].name, field_label(path, language)
    field = field_label(path, language) if spot.field else ""
    return item_number(form, spot), field_label(spot.list, language), field


def _below(findings: Sequence[Finding], language: str) -> list[str]:
    """The sentence of each finding where it is another than that of the first."""
    said = [visible(finding.message.say(language)) for finding in findings]
    return ["" if sentence == said[0] else sentence for sentence in said]


def _cell(form: Form, path: str, marks: _Marks, language: str) -> _Cell:
    text = text_at(form, path)
    if text:
        return _Cell(visible(text), marks)
    empty = message("(empty)").say(language)
    return _Cell(empty, ((0, len(empty)),)) if marks else _Cell("")


def _fitted(cell: _Cell, room: int) -> _Cell:
    """As much of a cell as there is room for, with the marks where the words now stand."""
    text, skipped = fit(cell.text, room, min((start for start, _ in cell.marks), default=0))
    marks = ((max(start - skipped, 0), min(end - skipped, len(text))) for start, end in cell.marks)
    return _Cell(text, tuple((start, end) for start, end in marks if start < end))


def _signs(cell: _Cell) -> str:
    """The line of ^ below a cell's text."""
    signs = [" "] * width(cell.text)
    for start, end in cell.marks:
        first = width(cell.text[:start])
        for at in range(first, first + max(width(cell.text[start:end]), 1)):
            signs[at : at + 1] = "^"
    return "".join(signs).rstrip()
