"""Measurements as they are shown to readers who may not see persons in the records behind them."""

from typing import Any

from hengliang.base.message import message
from hengliang.measure.catalogue import all_ledgers


def result_without(result: dict[str, Any], language: str) -> dict[str, Any]:
    """A whole result of measuring (report.measured_text), its rows without names of persons."""
    return result | {"measurements": [without(one, language) for one in result["measurements"]]}


def without(measurement: dict[str, Any], language: str) -> dict[str, Any]:
    """One measurement; rows that are called by a personal column are called by their row of the file."""
    rows = measurement["rows"]
    if rows is None:
        return measurement
    return measurement | {"rows": [_row(row, measurement["ledger"], language) for row in rows]}


def _row(row: dict[str, Any], ledger: str, language: str) -> dict[str, Any]:
    found = all_ledgers().get(row.get("ledger") or ledger)
    if found is not None and not any(
        column.personal and column.name in found.named_by for column in found.columns
    ):
        return row
    return row | {"name": message("row {row}", row=row["source_row"]).say(language)}
