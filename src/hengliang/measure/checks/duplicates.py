"""Q08, the second live row with one key, and F15, the same payload delivered again as new work."""

from typing import cast

from hengliang.base.message import message
from hengliang.measure.checks.asked import asked_rows
from hengliang.measure.definition import Check
from hengliang.measure.finding import Finding
from hengliang.measure.records import Records
from hengliang.measure.table import Table, quoted


def same_key(table: Table, check: Check, records: Records) -> list[Finding]:
    """Q08: every row but the one accepted first; then recorded first, then the first of the source.

    Runs in the engine, in slices of the keys, so that series of any length stay within memory.
    """
    del records
    key = ", ".join(quoted(name) for name in check.columns.values())
    first = [name for name in (table.ledger.accepted_on, "recorded_at") if name and name in table.columns]
    order = ", ".join([*(f"{quoted(name)} nulls last" for name in first), "_row"])
    live = " and ".join([f"{quoted(name)} is not null" for name in check.columns.values()] + _live(table))
    name = quoted(table.name)
    slices = table.connection.sql(f"select count(*) // {_SLICE} + 1 from {name}").fetchall()[0][0]
    reason = message("a row with the same key was accepted first")
    found: list[Finding] = []
    for at in range(slices):
        part = live if slices == 1 else f"{live} and hash({key}) % {slices} = {at}"
        # One number for a key is compared several times as fast as the key.
        table.connection.execute(
            f"create or replace temp table _twice as select hash({key}) as h from {name} where {part} "
            "group by h having count(*) > 1"
        )
        if not table.connection.sql("select 1 from _twice limit 1").fetchall():
            continue
        rows = table.connection.sql(
            f"select _row, first_value(_row) over (partition by {key} order by {order}) as first "
            f"from (select * from {name} where {part} and hash({key}) in (select h from _twice)) "
            "qualify _row <> first order by _row"
        ).fetchall()
        found += [Finding("Q08", int(row), "blocking", reason, int(stays)) for row, stays in rows]
    return found


_SLICE = 50_000_000
"""Rows whose keys are compared at once."""


def _live(table: Table) -> list[str]:
    """Conditions for rows that are neither void nor superseded by another row."""
    conditions = ["void_reason is null"] if table.has(["void_reason"]) else []
    if table.has(["record_id", "supersedes"]):
        name = quoted(table.name)
        conditions.append(
            f"not exists (select 1 from {name} later where later.supersedes = {name}.record_id)"
        )
    return conditions


def delivered_again(table: Table, check: Check, records: Records) -> list[Finding]:
    """F15: `payload`, or `count` and `checksum`, equal to those of an earlier delivery.

    Optional `when`: the date that decides which came first; otherwise the order of the source.
    """
    rows = asked_rows(table, check, records)
    rows.sort(key=lambda row: (row.get("when") is None, row.get("when"), row["_row"]))
    seen: dict[tuple[object, ...], int] = {}
    found: list[Finding] = []
    for row in rows:
        marks = [("payload", _whole(row.get("payload"))), ("sum", row.get("count"), row.get("checksum"))]
        given = [mark for mark in marks if None not in mark]
        first = min((seen[mark] for mark in given if mark in seen), default=None)
        for mark in given:
            seen.setdefault(mark, row["_row"])
        if first is not None:
            reason = message("the same payload was delivered before as other work")
            found.append(Finding("F15", row["_row"], "audit", reason, first))
    return sorted(found, key=lambda finding: finding.row)


def _whole(payload: object) -> object:
    """A payload of several files is the same when all of them are."""
    return tuple(sorted(map(str, cast("list[object]", payload)))) if isinstance(payload, list) else payload


CHECKS = {"Q08": same_key, "F15": delivered_again}
