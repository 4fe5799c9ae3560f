"""Measurements as a workbook: values, rows that counted and rows that did not, parameters, batches.

Every text stays a text: what people typed into records is never run as a formula.
"""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from io import BytesIO
from typing import Any, cast

from openpyxl import Workbook
from openpyxl.cell.cell import Cell as SheetCell
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from hengliang.base.message import Message, message
from hengliang.form.writers.package import timeless
from hengliang.form.writers.xlsx import AUTHOR
from hengliang.measure.compute import State, Value
from hengliang.measure.form import Measured
from hengliang.measure.measurement import Measurement
from hengliang.report.measured_text import STATES, shown_text
from hengliang.report.sheet_dress import dress, head, set_default_font, set_text

_Line = Sequence[str | int | Decimal | None]
_WIDE, _NARROW = 44, 9


def to_bytes(measured: Measured, language: str) -> bytes:
    """The workbook; the same bytes for the same measurements."""
    book = Workbook()
    book.properties.creator = AUTHOR
    set_default_font(book)
    book.remove(book.worksheets[0])
    for title, heads, lines in (
        (message("Measured values"), _VALUES, _values(measured, language)),
        (message("Rows that count"), _ROWS, _rows(measured, language, counted=True)),
        (message("Rows that do not count"), _ROWS, _rows(measured, language, counted=False)),
        (message("Parameters"), _PARAMETERS, _parameters(measured, language)),
        (message("Batches"), _BATCHES, _batches(measured, language)),
    ):
        sheet = cast("Worksheet", book.create_sheet(title.say(language)))
        _fill(sheet, [one.say(language) for one in heads], lines)
    made = BytesIO()
    book.save(made)
    return timeless(made.getvalue())


def _fill(sheet: Worksheet, heads: Sequence[str], lines: Iterator[_Line]) -> None:
    """Heads that stay in sight, and lines in columns as wide as they need."""
    widths = [len(text) * 2 for text in heads]
    for column, text in enumerate(heads, 1):
        head(cast("SheetCell", sheet.cell(1, column)), text)
    for row, line in enumerate(lines, 2):
        for column, value in enumerate(line, 1):
            cell = cast("SheetCell", sheet.cell(row, column))
            if isinstance(value, str):
                set_text(cell, value)
            else:
                cell.value = value
            dress(cell, "left" if isinstance(value, str) else "right")
            written = str(value or "").encode("gb18030")
            widths[column - 1] = max(widths[column - 1], len(written))
    for column, width in enumerate(widths, 1):
        letter = get_column_letter(column)
        sheet.column_dimensions[letter].width = min(max(width + 2, _NARROW), _WIDE)
    sheet.freeze_panes = "A2"
    if sheet.max_row > 1:
        sheet.auto_filter.ref = sheet.dimensions


_VALUES = (
    message("No."),
    message("Indicator or phrase"),
    message("Metric"),
    message("What it measures"),
    message("Value"),
    message("Unit"),
    message("State"),
    message("Without questioned rows"),
    message("Questioned rows"),
    message("Restated"),
    message("As of the freeze"),
    message("Rows that count"),
    message("Rows that do not count"),
    message("Ledger"),
    message("SHA-256 of the live rows"),
    message("To be checked"),
)


def _values(measured: Measured, language: str) -> Iterator[_Line]:
    for number, name, metric in _asked(measured):
        one = measured.measurements[metric]
        rows = one.rows or ()
        counted = sum(row.counted for row in rows)
        yield (
            number,
            name,
            f"{metric} v{one.metric.version}",
            one.metric.words.say(language),
            _number(one.value),
            one.metric.unit,
            _state(one.value, language),
            _number(one.without_questioned),
            one.questioned,
            None if one.restated is None else _number(one.restated),
            None if one.frozen is None else _number(one.frozen.value),
            None if one.rows is None else counted,
            None if one.rows is None else len(rows) - counted,
            one.ledger.words.say(language),
            one.rows_sha256,
            message("; ").say(language).join(one.ledger.doubts(language)),
        )


def _asked(measured: Measured) -> Iterator[tuple[int | None, str, str]]:
    """Number and name of every indicator, and every phrase, with the metrics they are bound to."""
    if measured.binding is None:
        return
    for bound in measured.binding.indicators:
        name = measured.form.indicators[bound.number - 1].name
        for metric in dict.fromkeys([bound.metric, *(fact.metric for fact in bound.facts.values())]):
            yield bound.number, name, metric
    for phrase in measured.binding.phrases:
        yield None, phrase.words, phrase.metric


def _number(value: Value) -> str | Decimal | None:
    if value.state is not State.OK or value.shown is None:
        return None
    return value.shown if isinstance(value.shown, Decimal) else shown_text(value.shown)


def _state(value: Value, language: str) -> str:
    word = STATES.get(value.state, message("computed")).say(language)
    return f"{word}（{value.reason.say(language)}）" if value.reason is not None else word


_ROWS = (
    message("Metric"),
    message("Row"),
    message("Reason"),
    message("File"),
    message("Sheet"),
    message("Row of the file"),
    message("Batch"),
)


def _rows(measured: Measured, language: str, *, counted: bool) -> Iterator[_Line]:
    for metric, one in measured.measurements.items():
        batches = {batch.id: batch for ledger in one.decided for batch in measured.batches.get(ledger, ())}
        for row in one.rows or ():
            if row.counted is counted:
                batch = batches[row.batch]
                reason = None if row.reason is None else row.reason.say(language)
                file, sheet = batch.source_file, batch.source_sheet
                yield metric, row.name, reason, file, sheet, row.source_row, row.batch


_PARAMETERS = (message("Metric"), message("Parameter"), message("Value"))


def _parameters(measured: Measured, language: str) -> Iterator[_Line]:
    yield None, message("Fiscal year").say(language), measured.period.end.year
    as_of = measured.period.as_of
    yield None, message("As of").say(language), "" if as_of is None else as_of.isoformat()
    yield None, message("Freeze").say(language), measured.period.freeze.isoformat()
    for metric, one in measured.measurements.items():
        for name in _used(one):
            value = one.parameters[name]
            yield metric, name, value if isinstance(value, Decimal) else shown_text(cast("Any", value))


def _used(one: Measurement) -> list[str]:
    """The parameters that a metric names; all of its ledger for one that is worked out in code."""
    if one.metric.kind == "function":
        return sorted(one.parameters)
    written = [condition.when for condition in (*one.metric.among, *one.metric.counted)]
    written += [part for part in (one.metric.weight, one.metric.base, one.metric.due) if part is not None]
    named = {name for part in written for name in part.parameters}
    named |= {name for name in (one.metric.whole, one.metric.listed) if name}
    return sorted(named & {*one.parameters})


_BATCHES: tuple[Message, ...] = (
    message("Ledger"),
    message("Batch"),
    message("Rows"),
    message("Blocked rows"),
    message("Questioned rows"),
    message("File"),
    message("Loaded at"),
    message("Loaded by"),
    message("SHA-256 of the file"),
    message("SHA-256 of the records"),
)


def _batches(measured: Measured, language: str) -> Iterator[_Line]:
    words = {one.ledger.name: one.ledger.words for one in measured.measurements.values()}
    for ledger in sorted({*words} & {*measured.batches}):
        for batch in measured.batches[ledger]:
            yield (
                words[ledger].say(language), batch.id, batch.rows, batch.blocked, batch.questioned,
                batch.source_file, batch.loaded_at, batch.loaded_by, batch.source_sha256,
                batch.content_sha256,
            )  # fmt: skip
