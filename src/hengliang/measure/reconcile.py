"""Reconciliation of two real databases (数据迁移核对): every row of every table, by its contents.

Each row becomes a canonical text and its SHA-256. The checksum of a table does not depend on the order of its
rows: the sum of their digests, so that a row which stands twice is not the same as one which stands once.
Rows are matched by their digests, in an engine on disk, so that tables may be larger than memory. What comes
out are rows of the ledger `registry_migration`; nothing in them is typed by a person but the sample that was
compared by hand.
"""

import csv
import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone
from decimal import Decimal
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from unicodedata import normalize

import duckdb

from hengliang.measure.codes.catalogue import wrong_code
from hengliang.measure.databases import Database, named

HEADINGS = (
    "run_no", "table_name", "source_rows", "target_rows", "source_checksum", "target_checksum",
    "matched_rows", "missing_rows", "extra_rows", "null_key_rows", "orphan_rows", "sample_n",
    "sample_mismatch", "unit_code_valid_pct", "reconciled_on",
)  # fmt: skip
"""Columns of the ledger that a reconciliation fills, in the order in which they are written."""


@dataclass(frozen=True, slots=True)
class Sample:
    """What people compared by hand against the archives: fields looked at, fields that differ."""

    fields: int = 0
    different: int = 0


@dataclass(frozen=True, slots=True)
class Reconciled:
    """One table. Missing rows stand in the source only, extra rows in the target only."""

    table: str
    source_rows: int
    target_rows: int
    source_checksum: str
    target_checksum: str
    matched: int
    null_key_rows: int
    """Rows of the target without a value in a column of the key."""
    orphan_rows: int
    """Rows of the target that refer to a row which is not there."""
    units: int
    """Real-estate unit codes in the target, and how many of them are well formed."""
    valid_units: int
    in_source: bool = True
    in_target: bool = True
    missing_rows: tuple[str, ...] = ()
    """The first of the missing rows and of the extra ones, by their keys, or all that they say."""
    extra_rows: tuple[str, ...] = ()

    @property
    def is_equal(self) -> bool:
        """Whether both databases have the table with the same rows."""
        return self.in_source and self.in_target and not (self.missing or self.extra)

    @property
    def missing(self) -> int:
        """Rows of the source that the target does not have."""
        return self.source_rows - self.matched

    @property
    def extra(self) -> int:
        """Rows of the target that the source does not have."""
        return self.target_rows - self.matched


def reconcile(
    source: Database, target: Database, tables: Sequence[str] | None = None, unit_column: str = "BDCDYH"
) -> Iterator[Reconciled]:
    """Each of the tables, or every one that either database has. Raises DatabaseError.

    The columns of the source are compared; one that the target lacks is blank there. `unit_column` holds the
    unit code (不动产单元号).
    """
    here, there = ({name.upper(): name for name in side.tables()} for side in (source, target))
    asked = {name.upper(): name for name in tables} if tables is not None else {**there, **here}
    for key in sorted(asked):
        yield _table(asked[key], source, here.get(key), target, there.get(key), unit_column)


def _table(
    table: str, source: Database, here: str | None, target: Database, there: str | None, unit_column: str
) -> Reconciled:
    columns = _columns(source, here) or _columns(target, there)
    units = _Units(unit_column.upper())
    keys = [*(source.key(here) if here else ()), *(target.key(there) if there else ())]
    by = [name for name in dict.fromkeys(key.upper() for key in keys) if name in columns] or columns
    with (
        TemporaryDirectory(prefix="hengliang-") as spill,
        duckdb.connect(config={"temp_directory": spill}) as engine,
    ):
        engine.execute("create table digests (is_source boolean, digest blob)")
        one = _digest(engine, source, here, columns, None)
        other = _digest(engine, target, there, columns, units)
        ((matched,),) = engine.sql(
            "select coalesce(sum(least(here, there)), 0) from (select "
            "count(*) filter (is_source) as here, count(*) filter (not is_source) as there "
            "from digests group by digest)"
        ).fetchall()
        missing = _rest(engine, source, here, columns, by, is_source=True)
        extra = _rest(engine, target, there, columns, by, is_source=False)
    return Reconciled(
        table=table,
        source_rows=one[0],
        target_rows=other[0],
        source_checksum=one[1],
        target_checksum=other[1],
        matched=int(matched),
        null_key_rows=_null_keys(source, here, target, there),
        orphan_rows=_orphans(source, here, target, there),
        units=units.seen,
        valid_units=units.valid,
        in_source=here is not None,
        in_target=there is not None,
        missing_rows=missing,
        extra_rows=extra,
    )


def _rest(
    engine: duckdb.DuckDBPyConnection,
    side: Database,
    table: str | None,
    columns: list[str],
    by: list[str],
    *,
    is_source: bool,
) -> tuple[str, ...]:
    """The first rows of one side that the other one has not, or not so often, by the columns `by`."""
    left = engine.execute(
        "select digest, count(*) filter (is_source = $1) - count(*) filter (is_source <> $1) as n "
        "from digests group by digest having n > 0 order by digest limit $2",
        [is_source, _SHOWN],
    ).fetchall()
    wanted = {bytes(digest): int(count) for digest, count in left}
    found: list[str] = []
    if table is None or not wanted:
        return ()
    own = {name.upper(): name for name in side.columns(table)}
    known = [name for name in columns if name in own]
    for row in side.rows(table, [own[name] for name in known]):
        cells = dict(zip(known, row, strict=True))
        digest = hashlib.sha256(canonical([cells.get(name) for name in columns])).digest()
        if wanted.get(digest):
            wanted[digest] -= 1
            found.append("/".join("" if cells.get(n) is None else canonical_text(cells[n]) for n in by))
            if len(found) == _SHOWN:
                break
    return tuple(found)


def _columns(side: Database, table: str | None) -> list[str]:
    """The columns of a table in capital letters, in the order of their names."""
    return sorted(name.upper() for name in side.columns(table)) if table is not None else []


@dataclass(slots=True)
class _Units:
    column: str
    seen: int = 0
    valid: int = 0

    def look(self, value: object) -> None:
        """Counts a unit code."""
        if value is not None:
            self.seen += 1
            self.valid += wrong_code("unit", str(value).strip()) is None


def _digest(
    engine: duckdb.DuckDBPyConnection,
    side: Database,
    table: str | None,
    columns: list[str],
    units: _Units | None,
) -> tuple[int, str]:
    """How many rows a table has, and its checksum; the digests of its rows go into the engine."""
    total = count = 0
    if table is None:
        return 0, f"{0:064x}"
    own = {name.upper(): name for name in side.columns(table)}
    known = [name for name in columns if name in own]
    unit = known.index(units.column) if units is not None and units.column in known else None
    rows = side.rows(table, [own[name] for name in known])
    while part := list(islice(rows, _AT_ONCE)):
        digests: list[bytes] = []
        for row in part:
            if units is not None and unit is not None:
                units.look(row[unit])
            cells = dict(zip(known, row, strict=True))
            digest = hashlib.sha256(canonical([cells.get(name) for name in columns])).digest()
            total = (total + int.from_bytes(digest)) % _MODULUS
            digests.append(digest)
        count += len(part)
        engine.execute("insert into digests select $1, unnest($2::blob[])", [units is None, digests])
    return count, f"{total:064x}"


_AT_ONCE = 10_000
_SHOWN = 10
"""Rows of a table that differ and are named."""
_MODULUS = 1 << 256


def canonical(row: Sequence[object]) -> bytes:
    """A row in one way of writing, whatever the database: each value with its length before it."""
    parts: list[bytes] = []
    for value in row:
        if value is None:
            parts.append(b"-;")
        else:
            text = canonical_text(value).encode("utf-8", "surrogateescape")
            parts.append(b"%d:%b;" % (len(text), text))
    return b"".join(parts)


_BEIJING = timezone(timedelta(hours=8))


def canonical_text(value: object) -> str:
    """A value as text, whatever type it is kept as.

    Numbers without trailing zeros, true as 1, texts composed and without blanks at the end, dates as
    ISO 8601, instants with an offset in the time of Beijing, bytes in hexadecimal.
    """
    match value:
        case bool():
            return str(int(value))
        case int():
            return str(value)
        case float():
            return _number(Decimal(repr(value)))
        case Decimal():
            return _number(value)
        case datetime():
            local = value if value.tzinfo is None else value.astimezone(_BEIJING).replace(tzinfo=None)
            return local.isoformat(" ")
        case date() | time():
            return value.isoformat()
        case bytes():
            return value.hex()
        case _:
            return normalize("NFC", str(value)).rstrip(" ")


def _number(value: Decimal) -> str:
    if not value.is_finite():
        return str(value).lower()
    text = f"{value:f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text in ("-0", "") else text


def _null_keys(source: Database, here: str | None, target: Database, there: str | None) -> int:
    """Rows of the target without a value in the key, as the target declares it, or else the source."""
    if there is None:
        return 0
    own = {name.upper(): name for name in target.columns(there)}
    key = list(target.key(there)) or (list(source.key(here)) if here is not None else [])
    known = [own[name.upper()] for name in key if name.upper() in own]
    if not known:
        return 0
    blank = " or ".join(f"{named(name)} is null" for name in known)
    return target.count(f"select count(*) from {named(there)} where {blank}")


def _orphans(source: Database, here: str | None, target: Database, there: str | None) -> int:
    """Rows of the target that refer to nothing, by the references of either database."""
    if there is None:
        return 0
    tables = {name.upper(): name for name in target.tables()}
    own = {name.upper(): name for name in target.columns(there)}
    declared = [*target.references(there), *(source.references(here) if here is not None else ())]
    conditions: dict[str, None] = {}
    for each in declared:
        parent = tables.get(each.table.upper())
        if parent is None or not {name.upper() for name in each.columns} <= own.keys():
            continue
        above = {name.upper(): name for name in target.columns(parent)}
        if not {name.upper() for name in each.there} <= above.keys():
            continue
        pairs = [
            (own[one.upper()], above[other.upper()])
            for one, other in zip(each.columns, each.there, strict=True)
        ]
        given = " and ".join(f"child.{named(one)} is not null" for one, _ in pairs)
        equal = " and ".join(f"parent.{named(other)} = child.{named(one)}" for one, other in pairs)
        conditions[f"({given} and not exists (select 1 from {named(parent)} parent where {equal}))"] = None
    if not conditions:
        return 0
    return target.count(f"select count(*) from {named(there)} child where {' or '.join(conditions)}")


def ledger_row(
    found: Reconciled, run_no: int, reconciled_on: date, sample: Sample | None = None
) -> tuple[str, ...]:
    """A row of `registry_migration`, in the order of HEADINGS. Without a sample, no field was compared."""
    compared = sample or Sample()
    units = "" if not found.units else _share(found.valid_units, found.units)
    return tuple(
        str(value)
        for value in (
            run_no, found.table, found.source_rows, found.target_rows, found.source_checksum,
            found.target_checksum, found.matched, found.missing, found.extra, found.null_key_rows,
            found.orphan_rows, compared.fields, compared.different, units, reconciled_on.isoformat(),
        )
    )  # fmt: skip


def _share(part: int, whole: int) -> str:
    """In percent, rounded down to the fourth place: 100 only where all of them are."""
    return f"{Decimal(part * 1_000_000 // whole).scaleb(-4):f}"


def write_ledger(
    path: Path,
    found: Sequence[Reconciled],
    run_no: int,
    reconciled_on: date,
    samples: Mapping[str, Sample] | None = None,
) -> None:
    """Writes the rows as a CSV file that the ledger can load. Raises OSError."""
    given = {name.upper(): sample for name, sample in (samples or {}).items()}
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(HEADINGS)
        writer.writerows(
            ledger_row(each, run_no, reconciled_on, given.get(each.table.upper())) for each in found
        )
