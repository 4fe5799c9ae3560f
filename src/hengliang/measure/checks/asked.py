"""What a check over several rows asks of its ledger: the rows, by the parts that columns play."""

from collections.abc import Iterator, Mapping
from typing import Any

import narwhals as nw

from hengliang.measure.definition import Check
from hengliang.measure.engines import fetched
from hengliang.measure.records import Records
from hengliang.measure.table import Table

Asked = dict[str, Any]
"""One row: its number under `_row`, and the value of each part. A part that the source lacks is absent."""
_AT_ONCE = 20_000


def asked_frame(table: Table, check: Check, records: Records) -> nw.LazyFrame[Any]:
    """The rows that a check looks at, as a frame."""
    if check.where is None:
        return table.frame
    holds = check.where.build(records.period, records.parameters(table.ledger))
    return table.frame.filter(holds.fill_null(False))


def asked_rows(table: Table, check: Check, records: Records) -> list[Asked]:
    """The rows that a check looks at, in the order of the source."""
    return _rows(table, check, asked_frame(table, check, records))


def asked_pieces(
    table: Table, check: Check, records: Records, more: Mapping[str, str] | None = None
) -> Iterator[list[Asked]]:
    """The same, some thousand rows at a time, for checks that need not see all rows together; with `more`
    columns of the table, by the parts that they play."""
    frame = asked_frame(table, check, records)
    last = fetched(table.frame.select(nw.col("_row").max()))[0][0] or 0
    for start in range(1, int(last) + 1, _AT_ONCE):
        some = frame.filter(nw.col("_row").is_between(start, start + _AT_ONCE - 1))
        if piece := _rows(table, check, some, more):
            yield piece


def _rows(
    table: Table, check: Check, frame: nw.LazyFrame[Any], more: Mapping[str, str] | None = None
) -> list[Asked]:
    parts = {**parts_of(table, check), **(more or {})}
    asked = frame.select("_row", **{part: nw.col(name) for part, name in parts.items()})
    return [
        _placed(table, dict(zip(("_row", *parts), row, strict=True))) for row in fetched(asked.sort("_row"))
    ]


def _placed(table: Table, row: Asked) -> Asked:
    """The row with the system in which its geometry is now, whatever it came in."""
    return row if table.srid is None or "srid" not in row else {**row, "srid": table.srid}


def parts_of(table: Table, check: Check) -> dict[str, str]:
    """The parts of a check whose columns the source has."""
    given = {part: name for part, name in check.optional.items() if name in table.columns}
    return {**check.columns, **given, **({"key": check.key} if check.key else {})}


def rows_there(check: Check, records: Records) -> list[Asked]:
    """The rows of the other ledger of a check that have a key, in the order of their source."""
    other = records.table(check.ledger or "")
    if other is None:
        return []
    parts = {part: name for part, name in check.there.items() if name in other.columns}
    parts.setdefault("key", other.ledger.key[0])
    if parts["key"] not in other.columns:
        return []
    frame = other.frame.select("_row", **{part: nw.col(name) for part, name in parts.items()})
    rows = [
        _placed(other, dict(zip(("_row", *parts), row, strict=True))) for row in fetched(frame.sort("_row"))
    ]
    return [row for row in rows if row["key"] is not None]


def other_rows(check: Check, records: Records) -> dict[Any, Asked]:
    """The rows of the other ledger of a check, by their keys; the last one of a key."""
    return {row["key"]: row for row in rows_there(check, records)}
