"""`load`: a file of records is checked row by row and stored as an immutable batch."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb

from hengliang.measure.check import check
from hengliang.measure.definition import Ledger
from hengliang.measure.finding import Finding
from hengliang.measure.load.headings import Matched, match_headings
from hengliang.measure.load.source import Source, open_source
from hengliang.measure.period import Period
from hengliang.measure.records import Records
from hengliang.measure.store import Batch, Store
from hengliang.measure.table import Table, table_of


@dataclass(frozen=True, slots=True)
class Loaded:
    """What came of a load: `batch` is None when nothing was stored, `before` the batch of the same file."""

    batch: Batch | None
    findings: tuple[Finding, ...]
    skipped: tuple[str, ...]
    matched: Matched
    rows: int
    first_row: int
    sheet: str | None = None
    before: Batch | None = None


@dataclass(frozen=True, slots=True)
class Loading:
    """Who loads what for whom, when. The core reads no clock: `loaded_at` is given, ISO 8601 with offset."""

    year: int
    organisation: str
    loaded_by: str
    loaded_at: str


def load(
    path: Path,
    ledger: Ledger,
    store: Store | None,
    loading: Loading,
    period: Period,
    mapping: Mapping[str, str] | None = None,
) -> Loaded:
    """Checks the file at `path` and stores it; with `store` None it is checked only.

    A file that was loaded before is not stored again. Raises UnreadableFile, HeadingError, OSError.
    """
    with duckdb.connect() as connection, open_source(path, ledger, mapping) as source:
        matched = match_headings(source.headings, ledger, mapping)
        before = (
            store.loaded_before(source.sha256, ledger.name, loading.year, loading.organisation)
            if store
            else None
        )
        table, findings, skipped = _checked(connection, ledger, source, matched, period)
        rows = table.count()
        if store is None or before is not None:
            return Loaded(None, findings, skipped, matched, rows, source.first_row, source.sheet, before)
        batch = store.write(table, _about(source, matched, findings, loading))
        return Loaded(batch, findings, skipped, matched, rows, source.first_row, source.sheet)


def _checked(
    connection: duckdb.DuckDBPyConnection, ledger: Ledger, source: Source, matched: Matched, period: Period
) -> tuple[Table, tuple[Finding, ...], tuple[str, ...]]:
    kept = [at for at, column in enumerate(matched.columns) if column is not None]
    rows = ([row[at] for at in kept] for row in source.rows)
    table, unreadable = table_of(connection, ledger, matched.names, rows)
    found = check(table, unreadable, Records({ledger.name: table}, period))
    return table, found.findings, found.skipped


def _about(
    source: Source, matched: Matched, findings: Sequence[Finding], loading: Loading
) -> dict[str, object]:
    return {
        "year": loading.year,
        "organisation": loading.organisation,
        "loaded_at": loading.loaded_at,
        "loaded_by": loading.loaded_by,
        "source_file": source.file,
        "source_sha256": source.sha256,
        "source_sheet": source.sheet,
        "first_row": source.first_row,
        "unknown_headings": matched.unknown,
        "findings": dict(sorted(Counter(finding.code for finding in findings).items())),
    }
