"""`load`: a file of records is checked row by row and stored as an immutable batch.

Text becomes typed columns in the engine; series of readings pass through it without being held. Memory is
bounded: beyond it the engine works on the disk.
"""

from collections import Counter
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb

from hengliang.base.message import Message, message
from hengliang.measure.check import check, unreadable_cell
from hengliang.measure.definition import Ledger
from hengliang.measure.finding import Finding
from hengliang.measure.geometry import GeometryError
from hengliang.measure.load.coordinates import with_points, without_parts
from hengliang.measure.load.correct import Correction, correction
from hengliang.measure.load.headings import LoadError, Matched, match_headings
from hengliang.measure.load.open import open_source
from hengliang.measure.load.prepare import prepare
from hengliang.measure.load.remarks import remember
from hengliang.measure.load.source import Source
from hengliang.measure.load.streamed import StreamedTable, streamed
from hengliang.measure.load.systems import System, read_system
from hengliang.measure.memory import VARIABLE, MemorySettingError, limits, memory, reporting
from hengliang.measure.period import Period
from hengliang.measure.records import Records
from hengliang.measure.store import RECORDS, Batch, Store, is_organisation
from hengliang.measure.table import Table, Unreadable, fill_raw, quoted, typed, unreadable_cells
from hengliang.measure.type_words import TYPE_WORDS

_MOST_UNREADABLE = 100_000
"""So many cells of one column that cannot be read are no slips: it is another column."""


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
    notes: tuple[Message, ...] = ()
    """What was converted or guessed."""


@dataclass(frozen=True, slots=True)
class Loading:
    """Who loads what for whom, when. The core reads no clock: `loaded_at` is given, ISO 8601 with offset."""

    year: int
    organisation: str
    loaded_by: str
    loaded_at: str


@dataclass(frozen=True, slots=True)
class Manner:
    """How a file is read.

    `layer` names the sheet, layer or file of several; `crs` the coordinate system, over what file and rows
    say; `complete` says whether required columns may be missing: True refuses such a file, False takes it,
    None refuses it where headings mean nothing here, which may be those columns, or where no column of the
    key is there; `corrects` is the id of the batch whose place the file takes; `watch` is told of each stage.
    """

    layer: str | None = None
    crs: str | None = None
    complete: bool | None = None
    corrects: str | None = None
    watch: Callable[[Message, duckdb.DuckDBPyConnection], None] = lambda _stage, _connection: None


def load(
    path: Path,
    ledger: Ledger,
    store: Store | None,
    loading: Loading,
    period: Period,
    mapping: Mapping[str, str] | None = None,
    manner: Manner = Manner(),
) -> Loaded:
    """Checks the file at `path` and stores it; with `store` None it is checked only.

    A file that was loaded before is not stored again, unless it corrects what was read of it.
    Raises UnreadableFile, LoadError, StoreError, OSError.
    """
    if store is not None and not is_organisation(loading.organisation):
        raise LoadError(
            message(
                "“{text}” is no code of an organisation: letters, digits, - and _",
                text=loading.organisation[:60],
            )
        )
    _check_memory()
    declared = _system(manner.crs)
    corrected = correction(store, ledger, loading.year, loading.organisation, manner.corrects)
    with (
        open_source(path, ledger, without_parts(mapping), manner.layer) as opened,
        store.part() if store is not None else _scratch() as part,
        _engine(part) as connection,
    ):
        source = with_points(opened, ledger, mapping)
        matched = match_headings(source.headings, ledger, without_parts(mapping))
        if _is_refused(ledger, matched, manner.complete):
            raise incomplete(source, matched)
        before = _before(store, source, ledger, loading) if store is not None and corrected is None else None
        if before is not None:
            return Loaded(None, (), (), matched, before.rows, source.first_row, source.sheet, before)
        run = _Run(connection, ledger, source, matched, part, manner)
        table, unreadable = run.table()
        earlier = [unreadable_cell(each) for each in unreadable]
        prepared = (
            prepare(table, declared, _system(source.crs)) if not isinstance(table, StreamedTable) else None
        )
        if prepared is not None:
            earlier += prepared.findings
        manner.watch(message("checking"), connection)
        found = check(table, (), Records({ledger.name: table}, period), earlier)
        notes = (*source.notes, *(prepared.notes if prepared else ()))
        loaded = Loaded(
            None,
            found.findings,
            found.skipped,
            matched,
            table.count(),
            source.first_row,
            source.sheet,
            notes=notes,
        )
        if store is None:
            return loaded
        manner.watch(message("writing"), connection)
        about = _about(source, matched, loaded, loading)
        return _stored(store, part, table, corrected, earlier, about, loaded)


@contextmanager
def _scratch() -> Generator[Path]:
    with TemporaryDirectory(prefix="hengliang-") as folder:
        yield Path(folder)


@contextmanager
def _engine(part: Path) -> Generator[duckdb.DuckDBPyConnection]:
    try:
        with duckdb.connect(config=limits(part / "engine")) as connection:
            yield reporting(connection)
    except (duckdb.OutOfMemoryException, duckdb.IOException) as error:
        raise LoadError(message("the records cannot be worked on: {why}", why=str(error)[:300])) from error


def _check_memory() -> None:
    try:
        memory()
    except MemorySettingError as error:
        raise LoadError(
            message(
                "the setting {name} is an amount such as 512MB or 8GB, not “{text}”",
                name=VARIABLE, text=error.text[:60],
            )
        ) from error  # fmt: skip


def _system(text: str | None) -> System | None:
    try:
        return None if text is None else read_system(text)
    except GeometryError as error:
        raise LoadError(error.reason) from error


def _before(store: Store, source: Source, ledger: Ledger, loading: Loading) -> Batch | None:
    return store.loaded_before(source.sha256, ledger.name, loading.year, loading.organisation, source.sheet)


def _is_refused(ledger: Ledger, matched: Matched, complete: bool | None) -> bool:
    """Whether a file lacks columns that it must have."""
    if complete is not None or not matched.absent:
        return complete is True and bool(matched.absent)
    return bool(matched.unknown) or not {*ledger.key} & {*matched.names}


def incomplete(source: Source, matched: Matched) -> LoadError:
    """That a file lacks required columns: which, where, and what to do."""
    return LoadError(
        message(
            "{file}{sheet} lacks the required columns {columns}; headings that mean nothing here: {unknown}. "
            'Say what headings mean in a mapping (--mapping FILE, with lines like "heading" = "{first}"), '
            "or take what there is with --incomplete",
            file=source.file,
            sheet="" if source.sheet is None else message(", sheet {sheet},", sheet=source.sheet),
            columns=_listed(matched),
            unknown=tuple(matched.unknown) or message("none"),
            first=matched.absent[0].name,
        )
    )


def _listed(matched: Matched) -> tuple[Message, ...]:
    """Columns by name, in the words of the reader and as programs call them."""
    return tuple(
        message("{words} ({name})", words=column.words, name=column.name) for column in matched.absent
    )


@dataclass(frozen=True, slots=True)
class _Run:
    """From a source to a typed table."""

    connection: duckdb.DuckDBPyConnection
    ledger: Ledger
    source: Source
    matched: Matched
    part: Path
    manner: Manner

    def table(self) -> tuple[Table, list[Unreadable]]:
        """The typed rows: streamed where the ledger is a series of plain readings, held otherwise."""
        self.manner.watch(message("reading the records"), self.connection)
        names = self.matched.names
        has_shapes = any(self.ledger.column(name).type == "geometry" for name in names)
        raw = self._scanned()
        if raw is not None:
            try:
                if self.ledger.is_series and not has_shapes:
                    return self._streamed(raw)
                self.connection.execute(f"create or replace temp view raw as {raw}")
                return typed(self.connection, self.ledger, "raw", names, trimmed=True)
            except (duckdb.OutOfMemoryException, duckdb.InterruptException):
                raise
            except duckdb.Error:
                # Rows of another width, quotation marks in wrong places: read one by one.
                (self.part / RECORDS).unlink(missing_ok=True)
        fill_raw(self.connection, "raw_rows", names, self._cells())
        if self.ledger.is_series and not has_shapes:
            return self._streamed("select * from raw_rows")
        return typed(self.connection, self.ledger, "raw_rows", names, trimmed=True)

    def _kept(self) -> list[int]:
        return [at for at, column in enumerate(self.matched.columns) if column is not None]

    def _cells(self) -> Iterator[list[str | None]]:
        kept = self._kept()
        return ([row[at] for at in kept] for row in self.source.rows)

    def _scanned(self) -> str | None:
        """SQL for the rows of text, numbered; rows without any text are left out, and keep their number."""
        if self.source.scan is None:
            return None
        cells = {f"c{at + 1}": name for at, name in zip(self._kept(), self.matched.names, strict=True)}
        listed = ", ".join(f"{cell} as {quoted(name)}" for cell, name in cells.items())
        return (
            f"select _row, {listed} from (select row_number() over () as _row, {', '.join(cells)} "
            f"from ({self.source.scan})) where coalesce({', '.join(cells)}) is not null"
        )

    def _streamed(self, raw: str) -> tuple[Table, list[Unreadable]]:
        table = streamed(self.connection, self.ledger, self.matched.names, raw, self.part / RECORDS)
        count = self.connection.sql(
            f"select count(*) from {quoted(table.name)} where _unread is not null"
        ).fetchall()[0][0]
        if count > _MOST_UNREADABLE:
            raise self._other_column(int(count), table)
        return table, unreadable_cells(table)

    def _other_column(self, count: int, table: Table) -> LoadError:
        first = self.connection.sql(
            f"select cell.col, cell.txt from (select unnest(_unread) as cell from {quoted(table.name)} "
            "where _unread is not null limit 100) where cell is not null limit 1"
        ).fetchall()[0]
        column = self.ledger.column(first[0])
        return LoadError(
            message(
                "{count} rows have cells that cannot be read, such as “{text}” as {type} in the column "
                "{column}; is that another column?",
                count=count, text=str(first[1])[:60], type=TYPE_WORDS[column.type], column=column.words,
            )
        )  # fmt: skip


def _about(source: Source, matched: Matched, loaded: Loaded, loading: Loading) -> dict[str, object]:
    return {
        "year": loading.year,
        "organisation": loading.organisation,
        "loaded_at": loading.loaded_at,
        "loaded_by": loading.loaded_by,
        "source_file": source.file,
        "source_sha256": source.sha256,
        "source_sheet": source.sheet,
        "first_row": source.first_row,
        "places": {
            column.name: source.first_column + at
            for at, column in enumerate(matched.columns)
            if column is not None
        },
        "unknown_headings": matched.unknown,
        "findings": dict(sorted(Counter(finding.code for finding in loaded.findings).items())),
        "notes": tuple(str(note) for note in loaded.notes),
    }


def _stored(
    store: Store,
    part: Path,
    table: Table,
    corrected: Correction | None,
    earlier: Sequence[Finding],
    about: dict[str, object],
    loaded: Loaded,
) -> Loaded:
    more = ""
    if isinstance(table, StreamedTable):
        if table.marked:
            table.moved(part / "rows.parquet")
    else:
        about["remarks"] = remember(table, earlier)
        if corrected is not None:
            more = corrected.apply(table)
            about["corrects"] = corrected.batch.id
    batch = store.write(part, table, about, more)
    if batch.loaded_at != about["loaded_at"] or batch.source_sha256 != about["source_sha256"]:
        return replace(loaded, before=batch)
    return replace(loaded, batch=batch)
