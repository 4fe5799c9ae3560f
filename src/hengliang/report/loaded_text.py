"""What came of loading a file of records, for a terminal and for programs."""

from collections.abc import Sequence
from typing import Any

from hengliang.base.message import Message, message
from hengliang.measure.finding import Finding, Severity
from hengliang.measure.load.run import Loaded
from hengliang.measure.store import Batch
from hengliang.report.ink import Ink
from hengliang.report.width import wrap

_STYLES: dict[Severity, str] = {"blocking": "error", "audit": "warning", "note": "advice"}
_WORDS: dict[Severity, Message] = {
    "blocking": message("blocked"),
    "audit": message("questioned"),
    "note": message("remark"),
}
_MOST = 200
"""Findings that a terminal shows; the workbook of errors and the JSON have all."""


def page(loaded: Loaded, language: str, columns: int, ink: Ink) -> str:
    """The findings row by row, what was left out, and what was stored."""
    lines = [
        line
        for finding in loaded.findings[:_MOST]
        for line in _lines(finding, loaded.first_row, language, columns, ink)
    ]
    if len(loaded.findings) > _MOST:
        lines.append(ink.dim(message("and {count} more", count=len(loaded.findings) - _MOST).say(language)))
    if loaded.matched.unknown:
        said = message(
            "columns that the ledger does not have, left out: {names}",
            names=tuple(loaded.matched.unknown),
        )
        lines += wrap(said.say(language), columns)
    if loaded.matched.absent:
        names = tuple(column.words for column in loaded.matched.absent)
        said = message(
            "required columns that the file does not have: {names}; what asks for them is not computed",
            names=names,
        )
        lines += wrap(said.say(language), columns)
    for note in loaded.notes:
        lines += wrap(note.say(language), columns)
    if loaded.skipped:
        said = message(
            "checks that could not be run, since columns are missing: {codes}",
            codes=" ".join(dict.fromkeys(loaded.skipped)),
        )
        lines += wrap(said.say(language), columns)
    lines.append(ink.bold(_result(loaded).say(language)))
    return "".join(f"{line}\n" for line in lines)


def _lines(finding: Finding, first_row: int, language: str, columns: int, ink: Ink) -> list[str]:
    row = message("row {row}", row=first_row + finding.row - 1).say(language)
    word = ink.paint(_WORDS[finding.severity].say(language), _STYLES[finding.severity])
    other = ""
    if finding.with_row is not None:
        other = message(" (see row {row})", row=first_row + finding.with_row - 1).say(language)
    figures = "".join(f"; {name} = {value}" for name, value in finding.figures.items())
    first, *rest = wrap(f"{finding.reason.say(language)}{other}{figures}", max(20, columns - 24))
    return [f"{row}  {ink.bold(finding.code)} {word}  {first}", *(f"      {line}" for line in rest)]


def _result(loaded: Loaded) -> Message:
    blocked = len({finding.row for finding in loaded.findings if finding.severity == "blocking"})
    if loaded.before is not None:
        return message(
            "the same file was loaded before, as batch {batch}: nothing was stored", batch=loaded.before.id
        )
    if loaded.batch is None:
        return message(
            "{rows} rows checked, {blocked} blocked; nothing was stored", rows=loaded.rows, blocked=blocked
        )
    return message(
        "{rows} rows stored as batch {batch}, {blocked} of them blocked",
        rows=loaded.rows, batch=loaded.batch.id, blocked=blocked,
    )  # fmt: skip


def batches(found: Sequence[Batch], language: str, ink: Ink) -> str:
    """One line for each batch."""
    if not found:
        return message("there are no batches").say(language) + "\n"
    return "".join(f"{ink.bold(batch.id)}  {_about(batch).say(language)}\n" for batch in found)


def _about(batch: Batch) -> Message:
    return message(
        "{ledger} {year} {organisation}: {rows} rows, {blocked} blocked, {questioned} questioned; "
        "{file}, loaded {at} by {who}",
        ledger=batch.ledger, year=batch.year, organisation=batch.organisation, rows=batch.rows,
        blocked=batch.blocked, questioned=batch.questioned, file=batch.source_file, at=batch.loaded_at,
        who=batch.loaded_by,
    )  # fmt: skip


def as_data(loaded: Loaded, language: str) -> dict[str, Any]:
    """The same for JSON."""
    return {
        "batch": loaded.batch.model_dump(mode="json") if loaded.batch else None,
        "loaded_before": loaded.before.id if loaded.before else None,
        "rows": loaded.rows,
        "unknown_headings": list(loaded.matched.unknown),
        "absent_columns": [column.name for column in loaded.matched.absent],
        "notes": [note.say(language) for note in loaded.notes],
        "checks_not_run": list(dict.fromkeys(loaded.skipped)),
        "findings": [
            {
                "row": loaded.first_row + finding.row - 1,
                "code": finding.code,
                "severity": finding.severity,
                "column": finding.column,
                "message": finding.reason.say(language),
                "with_row": None if finding.with_row is None else loaded.first_row + finding.with_row - 1,
                "figures": {name: f"{value}" for name, value in finding.figures.items()},
            }
            for finding in loaded.findings
        ],
    }
