"""Batches of records at rest: Parquet with a manifest, partitioned by ledger, year and organisation.

A batch is immutable. It is written beside the store's batches under a name that no reader looks at, flushed
to the disk, and then renamed: a load that is killed leaves nothing half visible, and one that was
acknowledged is there. Corrections are new batches whose rows name the records they supersede.

    STORE/ledger=green_mine_check/year=2023/organisation=430400/batch=<id>/records.parquet
                                                                          /manifest.json
"""

import hashlib
import os
import shutil
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any
from uuid import uuid4

from pydantic import BaseModel, ConfigDict, ValidationError

from hengliang.measure.table import Table, quoted

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
    unknown_headings: tuple[str, ...] = ()
    findings: Mapping[str, int] = {}


class StoreError(ValueError):
    """A store that is not what it should be; says which file, and why."""


class Store:
    """The batches in a folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def batches(self, ledger: str | None = None, year: int | None = None) -> list[Batch]:
        """The batches, in the order in which they were loaded. Raises StoreError for a broken manifest."""
        found = [self._read(path) for path in self._places(ledger, year)]
        return sorted(found, key=lambda batch: (batch.loaded_at, batch.id))

    def place(self, batch: Batch) -> Path:
        """The folder of a batch."""
        return self._partition(batch) / f"batch={batch.id}"

    def loaded_before(self, source_sha256: str, ledger: str, year: int, organisation: str) -> Batch | None:
        """The batch that the same file was loaded as, None when it was not."""
        return next(
            (
                batch
                for batch in self.batches(ledger, year)
                if (batch.source_sha256, batch.organisation) == (source_sha256, organisation)
            ),
            None,
        )

    def write(self, table: Table, about: Mapping[str, Any]) -> Batch:
        """Writes the rows of a table as a batch, whole or not at all. Raises OSError.

        `about` are the fields of `Batch` that the table does not give.
        """
        self.folder.mkdir(parents=True, exist_ok=True)
        part = self.folder / f".part-{uuid4().hex}"
        part.mkdir()
        try:
            _to_parquet(table, part / RECORDS)
            counts = _counts(table)
            digest = _content_digest(part / RECORDS)
            batch = Batch(
                id=digest[:16], ledger=table.ledger.name, ledger_version=table.ledger.version,
                content_sha256=digest,
                columns=table.columns, **counts, **about,
            )  # fmt: skip
            (part / MANIFEST).write_text(batch.model_dump_json(indent=2) + "\n", encoding="utf-8")
            for name in (RECORDS, MANIFEST):
                _flush(part / name)
            place = self.place(batch)
            place.parent.mkdir(parents=True, exist_ok=True)
            _flush(part)
            part.rename(place)
            _flush(place.parent)
        except BaseException:
            shutil.rmtree(part, ignore_errors=True)
            raise
        return batch

    def records(self, batches: Sequence[Batch]) -> str:
        """SQL for the rows of batches, each with its `_batch` and the `_row` of its source."""
        # The folders are named like columns of some ledgers: what stands in the file counts.
        return " union all by name ".join(
            f"select '{batch.id}' as _batch, * "
            f"from read_parquet({_text(self.place(batch) / RECORDS)}, hive_partitioning = false)"
            for batch in batches
        )

    def sweep(self) -> int:
        """Removes what killed loads left behind; returns how many."""
        left = list(self.folder.glob(".part-*"))
        for part in left:
            shutil.rmtree(part, ignore_errors=True)
        return len(left)

    def _partition(self, batch: Batch) -> Path:
        return (
            self.folder
            / f"ledger={batch.ledger}"
            / f"year={batch.year}"
            / f"organisation={batch.organisation}"
        )

    def _places(self, ledger: str | None, year: int | None) -> Iterator[Path]:
        pattern = f"ledger={ledger or '*'}/year={year or '*'}/organisation=*/batch=*"
        return (path for path in sorted(self.folder.glob(pattern)) if (path / MANIFEST).is_file())

    def _read(self, place: Path) -> Batch:
        try:
            return Batch.model_validate_json((place / MANIFEST).read_text(encoding="utf-8"))
        except (OSError, ValidationError, UnicodeDecodeError) as error:
            raise StoreError(f"{place / MANIFEST}: {error}") from error


def _to_parquet(table: Table, path: Path) -> None:
    table.connection.execute(
        f"copy (select * from {quoted(table.name)} order by _row) to {_text(path)} "
        "(format parquet, compression zstd)"
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


def _text(path: Path) -> str:
    return "'" + str(path).replace("'", "''") + "'"
