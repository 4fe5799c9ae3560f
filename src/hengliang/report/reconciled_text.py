"""A reconciliation of two databases for a terminal and for programs."""

from collections.abc import Iterator, Sequence
from typing import Any

from hengliang.base.message import Message, message
from hengliang.measure.reconcile import Reconciled
from hengliang.report.ink import Ink
from hengliang.report.width import visible, wrap


def page(found: Sequence[Reconciled], language: str, columns: int, ink: Ink) -> str:
    """Every table with its rows and whether they agree, then how many tables do."""
    lines: list[str] = []
    for each in found:
        sign = ink.good("✓") if each.is_equal else ink.paint("✗", "error")
        lines.append(f"{sign} {ink.bold(visible(each.table))}  {_rows(each).say(language)}")
        for said in _differences(each):
            lines += [f"    {line}" for line in wrap(said.say(language), columns - 4)]
    equal = sum(each.is_equal for each in found)
    total = message(
        "{equal} of {tables} tables are the same; {matched} of {rows} rows of the source are in the target",
        equal=equal,
        tables=len(found),
        matched=sum(each.matched for each in found),
        rows=sum(each.source_rows for each in found),
    )
    lines += wrap(total.say(language), columns)
    return "".join(f"{line}\n" for line in lines)


def _rows(each: Reconciled) -> Message:
    if each.is_equal:
        return message(
            "{rows} rows, checksum {checksum}", rows=each.source_rows, checksum=each.source_checksum[:16]
        )
    return message("{source} rows in the source, {target} in the target", source=each.source_rows,
                   target=each.target_rows)  # fmt: skip


def _differences(each: Reconciled) -> Iterator[Message]:
    if not each.in_source:
        yield message("the source has no such table")
    if not each.in_target:
        yield message("the target has no such table")
    for count, names, said in (
        (each.missing, each.missing_rows, message("missing in the target")),
        (each.extra, each.extra_rows, message("only in the target")),
    ):
        if count and each.in_source and each.in_target:
            more = "…" if count > len(names) else ""
            shown = visible("、".join(names)) + more
            yield message("{count} rows {where}: {rows}", count=count, where=said, rows=shown)
    if each.null_key_rows:
        yield message("{count} rows of the target have no key", count=each.null_key_rows)
    if each.orphan_rows:
        yield message("{count} rows of the target refer to rows that are not there", count=each.orphan_rows)
    if each.units != each.valid_units:
        wrong = each.units - each.valid_units
        yield message("{count} of {all} unit codes are malformed", count=wrong, all=each.units)


def as_data(found: Sequence[Reconciled], source: str, target: str) -> dict[str, Any]:
    """The same for JSON."""
    return {
        "source": source,
        "target": target,
        "equal": all(each.is_equal for each in found),
        "tables": [
            {
                "table": each.table,
                "equal": each.is_equal,
                "in_source": each.in_source,
                "in_target": each.in_target,
                "source_rows": each.source_rows,
                "target_rows": each.target_rows,
                "source_checksum": each.source_checksum,
                "target_checksum": each.target_checksum,
                "matched": each.matched,
                "missing": each.missing,
                "missing_rows": list(each.missing_rows),
                "extra": each.extra,
                "extra_rows": list(each.extra_rows),
                "null_key_rows": each.null_key_rows,
                "orphan_rows": each.orphan_rows,
                "unit_codes": each.units,
                "valid_unit_codes": each.valid_units,
            }
            for each in found
        ],
    }
