"""Files of synthetic records: CSV with a note above the headings, named and marked 合成数据."""

import csv
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, cast

from hengliang.measure.definition import Ledger
from hengliang.measure.synthetic.city import Row
from hengliang.measure.synthetic.filling import SOURCE

FIRST_ROW = 3
"""The line of a file on which the first record stands, under the note and the headings."""


def file_name(ledger: str) -> str:
    """The name of the file of a ledger."""
    return f"{ledger}-{SOURCE}.csv"


def note(ledger: Ledger, size: str, year: int, seed: int) -> str:
    """What stands above the headings."""
    return f"{SOURCE}：{ledger.zh}；规模 {size}；年度 {year}；种子 {seed}；全部内容均为虚构 (synthetic)"


def write_rows(path: Path, ledger: Ledger, said: str, rows: Iterable[Row]) -> None:
    """Writes the file of a ledger, headings in Chinese."""
    names = [column.name for column in ledger.columns]
    with path.open("w", encoding="utf-8", newline="") as stream:
        lines = csv.writer(stream, lineterminator="\n")
        lines.writerow([said])
        lines.writerow([column.zh for column in ledger.columns])
        lines.writerows([[text(row.get(name)) for name in names] for row in rows])


def text(value: Any) -> str:
    """A value as it stands in a file."""
    match value:
        case None:
            return ""
        case bool():
            return "是" if value else "否"
        case datetime():
            return f"{value:%Y-%m-%dT%H:%M:%S}+08:00"
        case date():
            return value.isoformat()
        case Decimal():
            return f"{value:f}"
        case list() | tuple():
            return ";".join(str(each) for each in cast("Sequence[object]", value))
        case _:
            return str(value)
