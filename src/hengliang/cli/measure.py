"""`hengliang measure`: the actual values of a form, from records."""

import json
import pickle
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from hengliang.cli.command import USAGE, language_in
from hengliang.cli.export import which_form
from hengliang.cli.files import Named
from hengliang.cli.gather import pool_for, read_files
from hengliang.cli.jobs import RecordsJob
from hengliang.cli.options import AsOf, Bindings
from hengliang.cli.output import refuse_inputs, write_text
from hengliang.cli.terminal import columns, has_colour

if TYPE_CHECKING:
    from hengliang.form.model import Form
    from hengliang.form.source import Reading
    from hengliang.measure.form import Measured

NOT_MEASURED = 1
"""The exit code when a bound indicator has no value."""

EXAMPLES = """
hengliang measure form.xlsx --store store --year 2023  # The value of every bound indicator.
hengliang measure form.xlsx --store store --year 2023 --as-of 2024-01-31 --rows  # As frozen, row by row.
hengliang measure form.xlsx --store store --year 2023 --bindings bindings.toml --json  # For programs.
"""


def run(
    ctx: typer.Context,
    form: Annotated[str, typer.Argument(metavar="FORM", help="A document with a form.")],
    store: Annotated[Path, typer.Option("--store", metavar="DIR", help="The folder of the batches.")],
    year: Annotated[int, typer.Option("--year", metavar="YEAR", help="The fiscal year.", min=1990, max=2100)],
    as_of: AsOf = None,
    bindings: Bindings = None,
    rows: Annotated[
        bool, typer.Option("--rows", help="Tell of every row whether it counted, and why not.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON for programs.")] = False,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", metavar="FILE", help="Write to this file.")
    ] = None,
    number: Annotated[
        int | None,
        typer.Option(
            "--form", metavar="N", min=1, help="Which form, where the document holds several; the first is 1."
        ),
    ] = None,
) -> None:
    """Computes the actual values of a form from records, each with its batches and the rows that counted.

    Nothing is bound silently: indicators without a binding get proposals.

    Exit codes: 0 every bound indicator has a value, 1 some have none, 2 wrong usage or a file that cannot be
    read.
    """
    from hengliang.report import measured_text
    from hengliang.report.ink import Ink

    language = language_in(ctx)
    refuse_inputs(output, [form])
    measured = measure_file(form, number, RecordsJob(store, year, as_of, bindings), language)
    if as_json:
        text = json.dumps(measured_text.as_data(measured, language), ensure_ascii=False, indent=2) + "\n"
    else:
        ink = Ink(has_colour(sys.stdout) and output is None)
        text = measured_text.page(measured, language, columns(sys.stdout), ink, rows)
    write_text(output, [text])
    if any(one.value.shown is None for one in measured.measurements.values()):
        raise typer.Exit(NOT_MEASURED)


def measure_file(form: str, number: int | None, records: RecordsJob, language: str) -> "Measured":
    """What is measured for the form in a file. Raises Usage."""
    from hengliang.cli.measuring import measured_form

    return measured_form(_form(form, number, language), records)


def _form(file: str, number: int | None, language: str) -> "Form":
    with pool_for(1, 60) as pool:
        readings, _ = read_files(pool, [Named(file)], 60, None, language)
        for _, done in readings:
            reading: Reading = pickle.loads(done.reading)
            return reading.forms[which_form(done.keys, number)].form
    raise typer.Exit(USAGE)
