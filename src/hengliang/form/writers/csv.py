"""The form as comma separated values.

The whole form as a spreadsheet program would save it: title and labelled fields above the table. Or the
indicators alone, one row each with its levels, for analysts. UTF-8 with a byte order mark, so that Excel
shows the characters; a text that a spreadsheet would take for a formula begins with a blank, which keeps it
a text and is no part of it.
"""

from collections.abc import Iterable, Sequence

from hengliang.base.csv_file import csv_bytes
from hengliang.form.model import Form
from hengliang.form.writers.content import Cell, Look
from hengliang.form.writers.layout import layout_of
from hengliang.form.writers.tables import indicator_table


def to_bytes(form: Form, table_only: bool = False) -> bytes:
    """The form, or with `table_only` its indicators alone, as bytes."""
    return encode(_table_rows(form) if table_only else _form_rows(form))


def encode(rows: Iterable[Sequence[str]]) -> bytes:
    """Rows of texts as a file of comma separated values for spreadsheet programs."""
    # A blank guards as well as an apostrophe, and whoever reads the form again does not see it.
    return csv_bytes(rows, guard=" ")


def _form_rows(form: Form) -> Sequence[Sequence[str]]:
    layout = layout_of(form)
    rows = [[""] * len(layout.widths) for _ in range(layout.row_count)]
    for box in layout.boxes:
        rows[box.row][box.column] = _plain(box.cell)
    return rows


def _table_rows(form: Form) -> Iterable[Sequence[str]]:
    table = indicator_table(form)
    yield [column.head for column in table.columns]
    for row in table.rows:
        yield [_plain(cell) for cell in row]


def _plain(cell: Cell) -> str:
    return cell.text if cell.look is Look.MONEY else cell.shown
