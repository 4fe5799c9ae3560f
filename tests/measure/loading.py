"""Small ledgers and tables for tests of checks."""

from collections.abc import Mapping, Sequence

import duckdb

from hengliang.measure.checks.catalogue import shared_check
from hengliang.measure.definition import Check, Column, Ledger, Said
from hengliang.measure.finding import Finding
from hengliang.measure.period import fiscal_year
from hengliang.measure.records import Records
from hengliang.measure.table import Table, table_of


def table(name: str, types: Mapping[str, str], rows: Sequence[Sequence[str | None]], **more: object) -> Table:
    """A table of a ledger with these columns; its key is the first of them unless said."""
    columns = tuple(Column(name=column, type=kind, zh=column, en=column) for column, kind in types.items())  # type: ignore[arg-type]
    given = {"key": (columns[0].name,), **more}
    ledger = Ledger.model_validate(
        {
            "name": name,
            "zh": name,
            "en": name,
            "row": Said(zh="一行", en="one row"),
            "columns": columns,
            **given,
        }
    )
    return table_of(duckdb.connect(), ledger, tuple(types), rows)[0]


def run(check: Check, asked: Table, *others: Table, year: int = 2023) -> list[Finding]:
    """What a check over several rows finds in a table."""
    records = Records({each.name: each for each in (asked, *others)}, fiscal_year(year))
    return shared_check(check.code)(asked, check, records)
