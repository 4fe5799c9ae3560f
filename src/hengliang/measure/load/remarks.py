"""What only the load could find, kept with the row: cells that could not be read, doubtful positions.

The original is gone from the typed columns, so that checking again would not find it. A row keeps such
findings in `_remarks`, as JSON, and `live` puts them back.
"""

import json
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from hengliang.base.message import Message, Words
from hengliang.measure.finding import Finding
from hengliang.measure.table import Table, quoted


def remember(table: Table, findings: Sequence[Finding]) -> int:
    """Writes findings into the column `_remarks` of their rows; returns how many rows have any."""
    by_row: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for finding in findings:
        by_row[finding.row].append(_written(finding))
    if not by_row:
        return 0
    table.connection.execute(
        "create or replace temp table _remembered as "
        "select unnest($1::bigint[]) as _row, unnest($2::varchar[]) as _remarks",
        [[*by_row], [json.dumps(each, ensure_ascii=False) for each in by_row.values()]],
    )
    name = quoted(table.name)
    table.connection.execute(f"alter table {name} add column _remarks varchar")
    table.connection.execute(
        f"update {name} set _remarks = r._remarks from _remembered r where {name}._row = r._row"
    )
    return len(by_row)


def recalled(table: Table) -> list[Finding]:
    """The findings that the rows of a table keep."""
    rows = table.connection.sql(
        f"select _row, _remarks from {quoted(table.name)} where _remarks is not null order by _row"
    ).fetchall()
    return [_read(int(row), each) for row, text in rows for each in json.loads(text)]


def _written(finding: Finding) -> dict[str, Any]:
    reason = finding.reason
    said: Any = [reason.zh, reason.en] if isinstance(reason, Words) else reason.text
    values = {} if isinstance(reason, Words) else {name: _value(each) for name, each in reason.values.items()}
    figures = {name: str(each) for name, each in finding.figures.items()}
    return {
        "code": finding.code, "severity": finding.severity, "column": finding.column, "said": said,
        "values": values, "figures": figures,
    }  # fmt: skip


def _value(value: object) -> str | list[str]:
    return [value.zh, value.en] if isinstance(value, Words) else str(value)


def _read(row: int, each: dict[str, Any]) -> Finding:
    said = each["said"]
    values = {
        name: Words(*value) if isinstance(value, list) else value for name, value in each["values"].items()
    }
    reason = Words(*said) if isinstance(said, list) else Message(said, values)
    return Finding(
        each["code"], row, each["severity"], reason, column=each["column"], figures=each["figures"]
    )
