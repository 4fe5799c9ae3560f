"""Workbooks, and tables in other office files: as the readers of forms see them."""

from pathlib import Path

from hengliang.form.containers.limits import MB, Limits
from hengliang.form.containers.open import open_document
from hengliang.form.document import Table
from hengliang.measure.load.headings import heading_row
from hengliang.measure.load.source import LOOKED_AT, Asked, Source, digest_of, no_headings

_LIMITS = Limits(
    part_bytes=400 * MB, unpacked_bytes=800 * MB, rows=1_048_576, cells=8_000_000, area=12_000_000
)
"""Records fill more rows than a form does: 200,000 rows of forty columns."""


def sheet_source(path: Path, asked: Asked) -> Source:
    """The first table with the headings of the ledger, or that of the sheet called `layer`."""
    for block in open_document(path, _LIMITS).blocks:
        if not isinstance(block, Table) or (asked.layer is not None and block.origin.sheet != asked.layer):
            continue
        rows = [[cell.text.strip() if cell else "" for cell in row] for row in block.rows]
        at = heading_row(rows[:LOOKED_AT], asked.ledger, asked.mapping)
        if at is not None:
            return Source(
                path.name, digest_of(path), tuple(rows[at]),
                iter([[cell or None for cell in row] for row in rows[at + 1 :]]),
                block.first_row + at + 1, block.origin.sheet, first_column=block.first_column,
            )  # fmt: skip
    raise no_headings(path, asked.ledger)
