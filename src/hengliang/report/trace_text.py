"""A number walked back: score <- reading <- measurement <- counted rows <- batch <- file, row and cell."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from openpyxl.utils import get_column_letter

from hengliang.base.message import Message, message
from hengliang.measure.definition import Column
from hengliang.measure.form import Measured
from hengliang.measure.measurement import Measurement
from hengliang.measure.store import Batch
from hengliang.measure.trail import SourceCell, SourceRow
from hengliang.report.ink import Ink
from hengliang.report.measured_text import lines_of, measurement_record
from hengliang.report.sheet_json import row_record
from hengliang.report.width import wrap
from hengliang.score.sheet import RowScore, State

_STATES = {
    State.NOT_REPORTED: message("not reported"),
    State.NOT_APPLICABLE: message("not applicable"),
    State.NO_POINTS: message("the form gives it no points"),
}
_SIGNS = {True: "+", False: "-", None: "·"}
_SHEETS = (".csv", ".tsv", ".txt", ".xlsx", ".xlsm", ".xls", ".et", ".ods")
Trails = Mapping[str, Sequence[SourceRow]]
"""The rows behind measurements, by metric."""


def page(measured: Measured, row: RowScore, trails: Trails, language: str, columns: int, ink: Ink) -> str:
    """The way of the number of one indicator, from its points to the cells of the files."""
    number = row.index + 1
    lines = [f"{number}  {ink.bold(row.indicator.name)}"]
    points = [points_of(row), *(step.text for step in row.steps)]
    lines += _part(message("score"), [one.say(language) for one in points], language, columns, ink)
    if row.reading is not None:
        said = [row.reading.text, *([row.reading.canonical] if row.reading.canonical else [])]
        said += [one.say(language) for one in row.assumptions]
        lines += _part(message("reading"), said, language, columns, ink)
    metrics = metrics_of(measured, number)
    if not metrics:
        nothing = message("nothing is bound to it").say(language)
        lines += _part(message("measurement"), [nothing], language, columns, ink)
    for metric in metrics:
        one = measured.measurements[metric]
        lines.append(ink.info(message("measurement").say(language)))
        lines += lines_of(one, language, columns, ink, rows=False)
        lines += _rows(one, trails.get(metric, ()), language, columns)
        lines += _batches(measured, one, trails.get(metric, ()), language, columns, ink)
    return "".join(f"{line}\n" for line in lines)


def metrics_of(measured: Measured, number: int) -> tuple[str, ...]:
    """The metrics that an indicator is bound to, by its number in the form."""
    bindings = measured.binding.indicators if measured.binding is not None else ()
    bound = next((one for one in bindings if one.number == number), None)
    if bound is None:
        return ()
    return tuple(dict.fromkeys([bound.metric, *(fact.metric for fact in bound.facts.values())]))


def points_of(row: RowScore) -> Message:
    """The points of a row, or why there are none."""
    if row.low is None or row.high is None:
        return _STATES.get(row.state, message("not reported"))
    if row.low == row.high:
        return message("{points} of {of} points", points=f"{row.low:f}", of=f"{row.weight:f}")
    return message(
        "{low} to {high} of {of} points", low=f"{row.low:f}", high=f"{row.high:f}", of=f"{row.weight:f}"
    )


def _part(title: Message, texts: list[str], language: str, columns: int, ink: Ink) -> Iterator[str]:
    yield ink.info(title.say(language))
    yield from (f"    {line}" for text in texts for line in wrap(text, columns - 4))


def _rows(one: Measurement, rows: Sequence[SourceRow], language: str, columns: int) -> Iterator[str]:
    """Each row with the cells that decided about it."""
    if one.rows is None and rows:
        said = message("it does not tell rows apart; it looked at these").say(language)
        yield from (f"      {line}" for line in wrap(said, columns - 6))
    ledgers = {row.ledger.name for row in rows}
    ledger = None
    for row in rows:
        if len(ledgers | {one.ledger.name}) > 1 and row.ledger != ledger:
            ledger = row.ledger
            yield f"      {message('rows of {ledger}', ledger=ledger.words).say(language)}"
        place = message("{file} row {row}", file=_sheet(row), row=row.row).say(language)
        reason = f"  {row.reason.say(language)}" if row.reason is not None else ""
        yield from (
            f"      {line}"
            for line in wrap(f"{_SIGNS[row.counted]} {row.name}  {place}{reason}", columns - 6)
        )
        cells = "  ".join(_cell(cell, row, language) for cell in row.cells)
        yield from (f"          {line}" for line in wrap(cells, columns - 10) if cells)


def _sheet(row: SourceRow) -> str:
    batch = row.batch
    return f"{batch.source_file}:{batch.source_sheet}" if batch.source_sheet else batch.source_file


def _cell(cell: SourceCell, row: SourceRow, language: str) -> str:
    at = _address(cell, row)
    name = cell.column.words.say(language)
    return f"{name if at is None else f'{name} {at}'}={_value(cell.value, cell.column, language)}"


def _address(cell: SourceCell, row: SourceRow) -> str | None:
    """The cell as people call it, in files whose rows and columns they see."""
    if cell.at is None or not row.batch.source_file.lower().endswith(_SHEETS):
        return None
    return f"{get_column_letter(cell.at)}{row.row}"


def _value(value: Any, column: Column, language: str) -> str:
    if value is None:
        return message("(empty)").say(language)
    if isinstance(value, bool):
        return (message("yes") if value else message("no")).say(language)
    if language != "en" and str(value) in column.codes:
        return column.codes[str(value)]
    return _plain(value)


def _plain(value: Any) -> str:
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, datetime):
        return value.isoformat(sep=" ")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list | tuple):
        return "、".join(str(each) for each in value)
    return str(value)


def _batches(
    measured: Measured, one: Measurement, rows: Sequence[SourceRow], language: str, columns: int, ink: Ink
) -> Iterator[str]:
    for batch in batches_of(measured, one, rows):
        said = message(
            "batch {id}: {rows} rows of {file}, loaded {at} by {who}; SHA-256 of the file {file_digest}, "
            "of the records {digest}",
            id=batch.id, rows=batch.rows, file=batch.source_file, at=batch.loaded_at, who=batch.loaded_by,
            file_digest=batch.source_sha256, digest=batch.content_sha256,
        )  # fmt: skip
        yield from (ink.dim(f"      {line}") for line in wrap(said.say(language), columns - 6))


def batches_of(measured: Measured, one: Measurement, rows: Sequence[SourceRow]) -> tuple[Batch, ...]:
    """The batches of the metric's own ledger and of the others that it looked at."""
    names = dict.fromkeys([one.ledger.name, *(row.ledger.name for row in rows)])
    return tuple(batch for name in names for batch in measured.batches.get(name, ()))


def as_data(measured: Measured, row: RowScore, trails: Trails, language: str) -> dict[str, Any]:
    """The same for JSON: the row of the score sheet, its measurements, their rows with cells, the batches."""
    return {
        "score": row_record(row, language),
        "reading": None if row.reading is None else row.reading.text,
        "measurements": [
            {
                **measurement_record(measured.measurements[metric], language),
                "rows": [_record(each, language) for each in trails.get(metric, ())],
                "batches": [
                    batch.model_dump(mode="json")
                    for batch in batches_of(measured, measured.measurements[metric], trails.get(metric, ()))
                ],
            }
            for metric in metrics_of(measured, row.index + 1)
        ],
    }


def _record(row: SourceRow, language: str) -> dict[str, Any]:
    return {
        "ledger": row.ledger.name,
        "name": row.name,
        "counted": row.counted,
        "reason": None if row.reason is None else row.reason.say(language),
        "batch": row.batch.id,
        "file": row.batch.source_file,
        "sheet": row.batch.source_sheet,
        "row": row.row,
        "cells": [
            {
                "column": cell.column.name,
                "cell": _address(cell, row),
                "value": None if cell.value is None else _plain(cell.value),
            }
            for cell in row.cells
        ],
    }
