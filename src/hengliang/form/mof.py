"""Records in the ministry's tables (预算管理一体化): a form as rows of BGT_PERF_* and PM_*.

`to_mof` gives one JSON document, `{"complete", "tables": {name: [row]}, "notices": [...]}`; `to_files` and
`to_zip` the same as CSV files. The mapping is data (`mof.toml`, listed by `mapping`); its names must be
checked against the official volume before anything is handed to a finance system.

What must not be taken for whole is said, never hidden: a text that the source cut off keeps (or gets) its …,
a text over the column's length is not shortened, a required column without a value is null. Each of these is
a notice, and the document is `complete` only when there is none.
"""

import csv
import re
from collections.abc import Mapping, Sequence
from io import BytesIO, StringIO
from typing import Any, cast
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from hengliang.form.model import Form
from hengliang.form.mof_records import Column, all_tables, records

_TIME = re.compile(r"\d{8,17}")


def mapping() -> tuple[Column, ...]:
    """Every column of every table, with the field that fills it: the reference pages use it."""
    return tuple(column for table in all_tables() for column in table.columns)


def table_names() -> Mapping[str, tuple[str, str]]:
    """The tables with their names in English and Chinese."""
    return {table.name: (table.en, table.zh) for table in all_tables()}


def to_mof(form: Form, time: str | None = None, language: str = "zh_Hans") -> dict[str, Any]:
    """The form as one JSON document. `time`: 8 to 17 digits, year first; raises ValueError when it is not."""
    if time is not None and not _TIME.fullmatch(time):
        raise ValueError(f"{time!r} is no time of 8 to 17 digits such as 20230110093000")
    tables, notices = records(form, time)
    return {
        "complete": not notices,
        "tables": tables,
        "notices": [
            {
                "kind": notice.kind,
                "path": notice.path,
                "columns": list(notice.columns),
                "message": notice.say.say(language),
            }
            for notice in notices
        ],
    }


def to_files(document: Mapping[str, Any]) -> dict[str, bytes]:
    """What `to_mof` gave as CSV files in UTF-8: one for each table and `notices.csv`, by file name."""
    tables = cast("Mapping[str, Sequence[Mapping[str, Any]]]", document["tables"])
    heads = {table.name: [column.name for column in table.columns] for table in all_tables()}
    contents = {f"{name}.csv": _csv(rows, heads[name]) for name, rows in tables.items()}
    notices = [{**notice, "columns": " ".join(notice["columns"])} for notice in document["notices"]]
    return contents | {"notices.csv": _csv(notices, ["kind", "path", "columns", "message"])}


def to_zip(document: Mapping[str, Any]) -> bytes:
    """The CSV files in one ZIP file; the same bytes for the same document."""
    result = BytesIO()
    with ZipFile(result, "w", ZIP_DEFLATED) as archive:
        for name, content in to_files(document).items():
            entry = ZipInfo(name)
            entry.compress_type = ZIP_DEFLATED
            archive.writestr(entry, content)
    return result.getvalue()


def _csv(rows: Sequence[Mapping[str, Any]], heads: Sequence[str]) -> bytes:
    text = StringIO(newline="")
    writer = csv.DictWriter(text, list(rows[0]) if rows else heads)
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()
