"""`hengliang ledger reconcile`: two databases of a registry held against each other, row by row."""

import json
import re
import sys
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from hengliang.base.message import message
from hengliang.cli.command import language_in
from hengliang.cli.options import Json
from hengliang.cli.output import refuse_inputs, write_text, written_whole
from hengliang.cli.terminal import columns, has_colour
from hengliang.cli.usage import Usage

if TYPE_CHECKING:
    from hengliang.measure.reconcile import Sample

DIFFERENT = 1
"""The exit code when the databases differ."""
_PLACE = "a SQLite file, or postgresql://user@host/database"


def reconcile(
    ctx: typer.Context,
    source: Annotated[str, typer.Argument(metavar="SOURCE", help=f"The old database: {_PLACE}.")],
    target: Annotated[str, typer.Argument(metavar="TARGET", help=f"The new database: {_PLACE}.")],
    tables: Annotated[
        list[str] | None,
        typer.Option("--table", metavar="NAME", help="This table only; may be repeated. All if not given."),
    ] = None,
    run_no: Annotated[int, typer.Option("--run", metavar="N", min=1, help="The number of the run.")] = 1,
    on: Annotated[
        str | None, typer.Option("--on", metavar="DATE", help="The day of the run; today if not given.")
    ] = None,
    samples: Annotated[
        list[str] | None,
        typer.Option(
            "--sample",
            metavar="TABLE=FIELDS:DIFFERENT",
            help="What people compared by hand against the archives; may be repeated.",
        ),
    ] = None,
    unit_column: Annotated[
        str, typer.Option("--unit-column", metavar="NAME", help="The column of the real-estate unit codes.")
    ] = "BDCDYH",
    output: Annotated[
        Path | None,
        typer.Option("-o", "--output", metavar="FILE.csv", help="Write records of registry_migration."),
    ] = None,
    as_json: Json = False,
) -> None:
    """Holds two databases against each other: rows and checksums of every table, and the rows that differ.

    Nothing is written to them. The file of -o is loaded with `hengliang ledger load` as any other records.

    Exit codes: 0 the same, 1 they differ, 2 wrong usage or a database that cannot be read.
    """
    from hengliang.measure.databases import DatabaseError, open_database, place_said
    from hengliang.measure.reconcile import reconcile as compared
    from hengliang.measure.reconcile import write_ledger
    from hengliang.report import reconciled_text
    from hengliang.report.ink import Ink

    refuse_inputs(output, [source, target])
    day, given = _day(on), _samples(samples or [])
    try:
        with open_database(source) as old, open_database(target) as new:
            found = list(compared(old, new, tables or None, unit_column))
    except DatabaseError as error:
        raise Usage(error.said) from error
    nowhere = next((each.table for each in found if not each.in_source and not each.in_target), None)
    if nowhere is not None:
        raise Usage(message("neither database has a table {name}", name=nowhere))
    if output is not None:
        with written_whole(output) as part:
            write_ledger(part, found, run_no, day, given)
    if as_json:
        data = reconciled_text.as_data(found, place_said(source), place_said(target))
        write_text(None, [json.dumps(data, ensure_ascii=False, indent=2) + "\n"])
    else:
        ink = Ink(has_colour(sys.stdout))
        write_text(None, [reconciled_text.page(found, language_in(ctx), columns(sys.stdout), ink)])
    if not all(each.is_equal for each in found):
        raise typer.Exit(DIFFERENT)


def _day(text: str | None) -> date:
    if text is None:
        return datetime.now(timezone(timedelta(hours=8))).date()
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise Usage(message("{text} is no date; write 2024-01-31", text=text)) from error


def _samples(texts: list[str]) -> "dict[str, Sample]":
    from hengliang.measure.reconcile import Sample

    found: dict[str, Sample] = {}
    for text in texts:
        read = re.fullmatch(r"(.+)=([0-9]+):([0-9]+)", text)
        if read is None or int(read[3]) > int(read[2]):
            raise Usage(
                message("{text} is no sample; write TABLE=200:3, fields and how many differ", text=text)
            )
        found[read[1]] = Sample(int(read[2]), int(read[3]))
    return found
