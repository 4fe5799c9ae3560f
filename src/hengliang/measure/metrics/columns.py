"""What a function asks of its table before it begins."""

from collections.abc import Iterable

from hengliang.base.message import message
from hengliang.measure.compute import Value, not_computable
from hengliang.measure.definition import Ledger
from hengliang.measure.records import Records
from hengliang.measure.table import Table


def lacking(table: Table, columns: Iterable[str]) -> Value | None:
    """The answer where the source lacks one of the columns; None where it has them all."""
    missing = next((name for name in columns if name not in table.columns), None)
    return (
        None
        if missing is None
        else not_computable(message("the records have no column {name}", name=missing))
    )


def no_records(name: str) -> Value:
    """The answer where another ledger is needed and was not loaded."""
    return not_computable(message("there are no records of the ledger {name}", name=name))


def word(records: Records, ledger: Ledger, name: str) -> str | None:
    """A parameter that is a word; None where it is not given."""
    value = records.parameters(ledger).get(name)
    return None if value is None else str(value)
