"""Corrections: a file that takes the place of a batch. Nothing is overwritten.

Each row names the record that it replaces (`supersedes`), found by the key of the ledger; a record whose key
is not in the file any more is voided, with a row that says so. The old batch stays, and as of an earlier day
it is what counts.
"""

from dataclasses import dataclass

from hengliang.base.message import message
from hengliang.measure.definition import Ledger
from hengliang.measure.load.headings import LoadError
from hengliang.measure.store import Batch, Store
from hengliang.measure.table import Table, literal, quoted

VOID_REASON = "不在更正文件中 / not in the file that corrects"


@dataclass(frozen=True, slots=True)
class Correction:
    """The batch that is corrected, and its records."""

    batch: Batch
    store: Store

    def apply(self, table: Table) -> str:
        """Writes what each row replaces; returns SQL for the rows that void the rest."""
        ledger, name = table.ledger, quoted(table.name)
        if "supersedes" not in table.columns:
            table.connection.execute(f"alter table {name} add column supersedes varchar")
            table.columns = (*table.columns, "supersedes")
        key = [part for part in ledger.key if part in table.columns and part in self.batch.columns]
        voided = "and void_reason is null" if "void_reason" in self.batch.columns else ""
        table.connection.execute(
            f"create or replace temp table _corrected as select record_id, {_key(key)} as key "
            f"from ({self.store.records([self.batch], ledger)}) where true {voided}"
        )
        table.connection.execute(
            f"update {name} set supersedes = c.record_id from (select key, min(record_id) as record_id "
            "from _corrected group by key having count(*) = 1) c "
            f"where {_key(key)} = c.key and supersedes is null"
        )
        if "void_reason" not in table.columns:
            table.columns = (*table.columns, "void_reason")
        return (
            f"select (select max(_row) from {name}) + row_number() over () as _row, record_id as supersedes, "
            f"{literal(VOID_REASON)} as void_reason from _corrected "
            f"where record_id not in (select supersedes from {name} where supersedes is not null)"
        )


def correction(
    store: Store | None, ledger: Ledger, year: int, organisation: str, batch: str | None
) -> Correction | None:
    """The correction that is asked for. Raises LoadError when it cannot be made."""
    if batch is None or store is None:
        return None
    found = store.batch(batch)
    if found is None or (found.ledger, found.year, found.organisation) != (ledger.name, year, organisation):
        raise LoadError(
            message("the store has no batch {batch} of this ledger, year and organisation", batch=batch)
        )
    if ledger.is_series or not any(column.name == "supersedes" for column in ledger.columns):
        raise LoadError(
            message("records of {ledger} cannot be corrected: they have no number", ledger=ledger.words)
        )
    return Correction(found, store)


def _key(names: list[str]) -> str:
    """The key of a row as one text; null where a part is missing."""
    return " || chr(31) || ".join(f"cast({quoted(name)} as varchar)" for name in names)
