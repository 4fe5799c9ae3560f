"""Batches of records at rest: Parquet with a manifest, partitioned by ledger, year and organisation.

A batch is immutable. It is written beside the store's batches under a name that no reader looks at, flushed
to the disk, and then renamed: a load that is killed leaves nothing half visible, and one that was
acknowledged is there. Corrections are new batches whose rows name the records they supersede.

    STORE/ledger=green_mine_check/year=2023/organisation=430400/batch=<id>/records.parquet
                                                                          /manifest.json

A batch holds what the file says. What the load knows beside it (who, when, from which file) stands in the
manifest, and fills the columns that the file leaves blank whenever the rows are read (`Store.records`).
"""

import hashlib
import os
import re
from collections.abc import Collection, Generator, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import duckdb
from pydantic import BaseModel, ConfigDict, ValidationError

from hengliang.base.message import Message, message
from hengliang.measure.definition import Ledger
from hengliang.measure.parts import new_part, sweep
from hengliang.measure.table import Table, literal, quoted

RECORDS, MANIFEST = "records.parquet", "manifest.json"


class Batch(BaseModel):
    """What the manifest says of one batch. `id` is the beginning of the digest of its records."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    ledger: str
    ledger_version: int
    year: int
    organisation: str
    rows: int
    blocked: int
    questioned: int
    content_sha256: str
    source_file: str
    source_sha256: str
    source_sheet: str | None
    first_row: int
    loaded_at: str
    loaded_by: str
    columns: tuple[str, ...] = ()
    places: Mapping[str, int] = {}
    """Where columns stood in the file, counted from 1; empty in batches of before this was kept."""
    unknown_headings: tuple[str, ...] = ()
    findings: Mapping[str, int] = {}
    srid: int | None = None
    """The EPSG number of all geometry in the records; without it each row's own."""
    remarks: int = 0
    """Rows with findings that only the load could make: cells that could not be read, positions."""
    corrects: str | None = None
    """The batch whose records these take the place of."""
    notes: tuple[str, ...] = ()
    """What was converted or guessed."""


class StoreError(ValueError):
    """A store that is not what it should be: `said` tells which file of it, and why; `file` is its path."""

    def __init__(self, said: Message, file: Path | None = None) -> None:
        super().__init__(said.say("en"))
        self.said, self.file = said, file


class Store:
    """The batches in a folder; with `only`, those with these ids."""

    def __init__(self, folder: Path, only: Collection[str] | None = None) -> None:
        self.folder = folder
        self._only = only

    def batches(self, ledger: str | None = None, year: int | None = None) -> list[Batch]:
        """The batches, in the order in which they were loaded. Raises StoreError for a broken manifest."""
        found = [self._read(path) for path in self._places(ledger, year)]
        return sorted(found, key=lambda batch: (batch.loaded_at, batch.id))

    def place(self, batch: Batch) -> Path:
        """The folder of a batch."""
        return self._place(batch.ledger, batch.year, batch.organisation, batch.id)

    def held(self, ledger: str, year: int, organisation: str, name: str) -> Batch:
        """A batch that was loaded. Raises StoreError when it is lost or its manifest is broken."""
        return self._read(self._place(ledger, year, organisation, name))

    def prove(self, batch: Batch) -> None:
        """Reads the records of a batch whole. Raises StoreError when they are not those that were loaded."""
        path = self.place(batch) / RECORDS
        try:
            digest = _content_digest(path)
        except OSError as error:
            raise self._fault(path, error) from error
        if digest != batch.content_sha256:
            file = str(path.relative_to(self.folder))
            raise StoreError(message("{file} does not hold what was loaded", file=file), path)

    def faults(self) -> Iterator[StoreError]:
        """All that is wrong with the batches; each is read whole."""
        for place in self._places(None, None):
            try:
                self.prove(self._read(place))
            except StoreError as error:
                yield error

    @contextmanager
    def blamed(self) -> Generator[None]:
        """Raises StoreError in place of what the engine says, where it fails over a damaged batch."""
        try:
            yield
        except duckdb.InterruptException:
            raise
        except duckdb.Error as error:
            for fault in self.faults():
                raise fault from error
            raise

    def loaded_before(
        self, source_sha256: str, ledger: str, year: int, organisation: str, sheet: str | None = None
    ) -> Batch | None:
        """The batch that the same file (of several sheets, the same) was loaded as, None when it was not."""
        same = (source_sha256, organisation, sheet)
        return next(
            (
                batch
                for batch in self.batches(ledger, year)
                if (batch.source_sha256, batch.organisation, batch.source_sheet) == same
            ),
            None,
        )

    def batch(self, name: str) -> Batch | None:
        """The batch whose id begins so; None when there is none, or several."""
        found = [batch for batch in self.batches() if name and batch.id.startswith(name)]
        return found[0] if len(found) == 1 else None

    @contextmanager
    def part(self) -> Generator[Path]:
        """A folder in the store that no reader looks at, gone when it is left. What killed loads left behind
        is removed first."""
        self.folder.mkdir(parents=True, exist_ok=True)
        self.sweep()
        with new_part(self.folder) as part:
            yield part

    def write(self, part: Path, table: Table, about: Mapping[str, Any], more: str = "") -> Batch:
        """Writes the rows of a table as a batch, whole or not at all. Raises OSError, StoreError.

        `part` is a folder of this store; records that stand in it already are taken as they are. `about` are
        the fields of `Batch` that the table does not give; `more` is SQL for further rows. The same records
        are not stored twice: their batch is given then.
        """
        if not is_organisation(str(about["organisation"])):
            name = str(about["organisation"])
            raise StoreError(message("{name} is no code of an organisation", name=name))
        records = part / RECORDS
        if not records.exists():
            _to_parquet(table, records, more)
        digest = _content_digest(records)
        batch = Batch(
            id=digest[:16], ledger=table.ledger.name, ledger_version=table.ledger.version,
            content_sha256=digest, columns=table.columns, srid=table.srid, **_counts(table), **about,
        )  # fmt: skip
        place = self.place(batch)
        if (place / MANIFEST).is_file():
            return self._read(place)
        whole = part / "batch"
        whole.mkdir()
        records.rename(whole / RECORDS)
        (whole / MANIFEST).write_text(batch.model_dump_json(indent=2) + "\n", encoding="utf-8")
        for path in (whole / RECORDS, whole / MANIFEST, whole):
            _flush(path)
        place.parent.mkdir(parents=True, exist_ok=True)
        whole.rename(place)
        for folder in (place.parent, *(up for up in place.parent.parents if up.is_relative_to(self.folder))):
            _flush(folder)
        return batch

    def records(self, batches: Sequence[Batch], ledger: Ledger | None = None) -> str:
        """SQL for the rows of batches, each with its `_batch` and the `_row` of its source.

        With `ledger`, the columns that the load fills are there, whether the file had them or not.
        """
        # The folders are named like columns of some ledgers: what stands in the file counts.
        return " union all by name ".join(
            f"select {literal(batch.id)} as _batch, {_filled(batch, ledger)} "
            f"from read_parquet({literal(str(self.place(batch) / RECORDS))}, hive_partitioning = false)"
            for batch in batches
        )

    def sweep(self) -> int:
        """Removes what killed loads left behind; returns how many. What is being written stays."""
        return sweep(self.folder)

    def _place(self, ledger: str, year: int, organisation: str, name: str) -> Path:
        partition = self.folder / f"ledger={ledger}" / f"year={year}" / f"organisation={organisation}"
        return partition / f"batch={name}"

    def _places(self, ledger: str | None, year: int | None) -> Iterator[Path]:
        pattern = f"ledger={ledger or '*'}/year={year or '*'}/organisation=*/batch=*"
        found = (path for path in sorted(self.folder.glob(pattern)) if path.is_dir())
        return (
            path for path in found if self._only is None or path.name.removeprefix("batch=") in self._only
        )

    def _read(self, place: Path) -> Batch:
        path = place / MANIFEST
        try:
            return Batch.model_validate_json(path.read_text(encoding="utf-8"))
        except (OSError, ValidationError, UnicodeDecodeError) as error:
            raise self._fault(path, error) from error

    def _fault(self, path: Path, error: Exception) -> StoreError:
        """A file of the store that cannot be read, named by its place in it."""
        file = str(path.relative_to(self.folder))
        match error:
            case FileNotFoundError():
                said = message("{file} is lost", file=file)
            case OSError():
                said = message("{file} cannot be read: {why}", file=file, why=error.strerror or str(error))
            case _:
                said = message("{file} is no manifest of a batch", file=file)
        return StoreError(said, path)


_BEIJING = timezone(timedelta(hours=8))


def is_organisation(text: str) -> bool:
    """Whether a text can name a folder of the store: letters, digits, - and _."""
    return re.fullmatch(r"[\w-]{1,64}", text) is not None


def _filled(batch: Batch, ledger: Ledger | None) -> str:
    """The columns of a batch, with what its manifest knows where the file left it blank."""
    columns = [column.name for column in ledger.columns if column.filled] if ledger else []
    values = filled_values(batch)
    known = {name: values[name] for name in columns if name in values}
    replaced = [
        f"coalesce({quoted(name)}, {value}) as {quoted(name)}"
        for name, value in known.items()
        if name in batch.columns
    ]
    added = [f"{value} as {quoted(name)}" for name, value in known.items() if name not in batch.columns]
    return ", ".join([f"* replace ({', '.join(replaced)})" if replaced else "*", *added])


def filled_values(batch: Batch) -> dict[str, str]:
    """SQL for the values of the columns that every record has (group A) and the load knows.

    The number of a record is made of the batch and the row: it never changes.
    """
    loaded = datetime.fromisoformat(batch.loaded_at).astimezone(_BEIJING).replace(tzinfo=None)
    values = {
        "recorded_at": f"timestamp {literal(loaded.isoformat(sep=' ', timespec='seconds'))}",
        "record_id": f"cast(cast(md5({literal(batch.content_sha256)} || ':' || _row) as uuid) as varchar)",
        "fiscal_year": f"{batch.year}::bigint",
        "source_system": literal(batch.source_file),
        "recorded_by": literal(batch.loaded_by),
    }
    if re.fullmatch(r"\d{6}", batch.organisation):
        values["region_code"] = literal(batch.organisation)
    return values


def _to_parquet(table: Table, path: Path, more: str) -> None:
    """The rows of a table in their order, and `more` behind them."""
    rows = f"select * from {quoted(table.name)}"
    if more:
        rows = f"{rows} union all by name {more}"
    table.connection.execute(
        f"copy ({rows} order by _row) to {literal(str(path))} (format parquet, compression zstd)"
    )


def _counts(table: Table) -> dict[str, int]:
    counted = table.connection.sql(
        f"select count(*), count(_blocked), count(_questioned) from {quoted(table.name)}"
    ).fetchall()
    rows, blocked, questioned = counted[0]
    return {"rows": int(rows), "blocked": int(blocked), "questioned": int(questioned)}


def _content_digest(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as stream:
        while piece := stream.read(1 << 20):
            digest.update(piece)
    return digest.hexdigest()


def _flush(path: Path) -> None:
    """Makes the disk hold what was written; folders cannot be flushed on every system."""
    try:
        descriptor = os.open(path, os.O_RDONLY)
    except PermissionError:
        return
    try:
        os.fsync(descriptor)
    except OSError:
        if path.is_file():
            raise
    finally:
        os.close(descriptor)
