"""F12: document numbers that are used twice, that leave gaps or run backwards, or stand before their basis.

Parts: `number` (衡资规结〔2023〕19号), optional `date` (of the document) and `basis` (of what it rests on).
Figures: `gap`, how far two neighbours of a series may lie apart (1).
"""

import re
from collections import defaultdict
from itertools import pairwise
from typing import NamedTuple

from hengliang.base.message import message
from hengliang.measure.checks.asked import Asked, asked_rows
from hengliang.measure.definition import Check
from hengliang.measure.finding import Finding
from hengliang.measure.records import Records
from hengliang.measure.table import Table

_NUMBER = re.compile(r"(.*?)[〔［\[(（【](\d{4})[〕］\])）】](?:第)?(\d+)号?")


class _Numbered(NamedTuple):
    serial: int
    row: Asked


def document_numbers(table: Table, check: Check, records: Records) -> list[Finding]:
    """Reused numbers, numbers against the order of dates, and documents before their basis are questioned.

    A gap is a note only: the other numbers may have gone to documents of another kind.
    """
    rows = asked_rows(table, check, records)
    found = [*_reused(rows), *_early(rows)]
    series: dict[tuple[str, str], list[_Numbered]] = defaultdict(list)
    for row in rows:
        if row["number"] is not None and (parts := _NUMBER.fullmatch(_plain(row["number"]))) is not None:
            series[parts[1], parts[2]].append(_Numbered(int(parts[3]), row))
    allowed = int(check.figures.get("gap", 1))
    for numbered in series.values():
        numbered.sort(key=lambda each: (each.serial, each.row["_row"]))
        for before, after in pairwise(numbered):
            found += _step(before, after, allowed)
    return sorted(found, key=lambda finding: finding.row)


def _plain(number: object) -> str:
    return re.sub(r"\s", "", str(number))


def _reused(rows: list[Asked]) -> list[Finding]:
    first: dict[str, int] = {}
    found: list[Finding] = []
    for row in rows:
        if row["number"] is not None:
            earlier = first.setdefault(_plain(row["number"]), row["_row"])
            if earlier != row["_row"]:
                reason = message("the document number stands in another row already")
                found.append(Finding("F12", row["_row"], "audit", reason, earlier))
    return found


def _early(rows: list[Asked]) -> list[Finding]:
    reason = message("the document is dated before what it rests on")
    return [
        Finding("F12", row["_row"], "audit", reason)
        for row in rows
        if row.get("date") is not None and row.get("basis") is not None and row["date"] < row["basis"]
    ]


def _step(before: _Numbered, after: _Numbered, allowed: int) -> list[Finding]:
    """What is odd between two neighbours of one series."""
    earlier, later = before.row.get("date"), after.row.get("date")
    step = after.serial - before.serial
    if step and earlier is not None and later is not None and later < earlier:
        reason = message("a higher document number has an earlier date")
        return [Finding("F12", after.row["_row"], "audit", reason, before.row["_row"])]
    if step > allowed:
        reason = message("{count} numbers of the series are missing before this one", count=step - 1)
        return [
            Finding("F12", after.row["_row"], "note", reason, before.row["_row"], figures={"gap": step - 1})
        ]
    return []


CHECKS = {"F12": document_numbers}
