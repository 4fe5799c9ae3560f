"""`hengliang measure`: the actual values of a form, from records."""

import json
import pickle
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from hengliang.base.message import message
from hengliang.cli.command import USAGE, language_in
from hengliang.cli.export import which_form
from hengliang.cli.files import Named
from hengliang.cli.gather import pool_for, read_files
from hengliang.cli.jobs import RecordsJob
from hengliang.cli.options import AsOf, Bindings, FormNumber, Json
from hengliang.cli.output import refuse_inputs, write_text, written_whole
from hengliang.cli.terminal import columns, has_colour
from hengliang.cli.usage import Usage

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
hengliang measure form.xlsx --store store --year 2023 -o values.xlsx  # A workbook: values, rows, parameters.
hengliang measure form.xlsx --year 2023 --propose -o bindings.toml  # Proposals, to be confirmed in the file.
"""


def run(
    ctx: typer.Context,
    form: Annotated[str, typer.Argument(metavar="FORM", help="A document with a form.")],
    store: Annotated[
        Path | None, typer.Option("--store", metavar="DIR", help="The folder of the batches.")
    ] = None,
    year: Annotated[
        int | None,
        typer.Option("--year", metavar="YEAR", help="The fiscal year.", min=1990, max=2100),
    ] = None,
    as_of: AsOf = None,
    bindings: Bindings = None,
    rows: Annotated[
        bool, typer.Option("--rows", help="Tell of every row whether it counted, and why not.")
    ] = False,
    propose: Annotated[
        bool,
        typer.Option("--propose", help="Write a binding file with proposals for a person to confirm."),
    ] = False,
    as_json: Json = False,
    output: Annotated[
        Path | None,
        typer.Option(
            "-o", "--output", metavar="FILE", help="Write to this file; a workbook if it ends in .xlsx."
        ),
    ] = None,
    number: FormNumber = None,
) -> None:
    """Computes the actual values of a form from records, each with its batches and the rows that counted.

    Nothing is bound silently: indicators without a binding get proposals, and --propose writes them to a
    binding file in which a person confirms them.

    Exit codes: 0 every bound indicator has a value, 1 some have none, 2 wrong usage or a file that cannot be
    read.
    """
    from hengliang.report import measured_text
    from hengliang.report.ink import Ink

    language = language_in(ctx)
    refuse_inputs(output, [form, *([str(bindings)] if bindings else [])])
    if propose:
        write_text(output, [_proposed(form_in(form, number, language), year, bindings, language)])
        return
    if store is None or year is None:
        raise Usage(message("{name} is missing", name="--store" if store is None else "--year"))
    measured = measure_file(form, number, RecordsJob(store, year, as_of, bindings), language)
    if output is not None and output.suffix.lower() == ".xlsx":
        from hengliang.report import measured_xlsx

        with written_whole(output) as part:
            part.write_bytes(measured_xlsx.to_bytes(measured, language))
        text = ""
    elif as_json:
        text = json.dumps(measured_text.as_data(measured, language), ensure_ascii=False, indent=2) + "\n"
    else:
        ink = Ink(has_colour(sys.stdout) and output is None)
        text = measured_text.page(measured, language, columns(sys.stdout), ink, rows)
    if text:
        write_text(output, [text])
    if any(one.value.shown is None for one in measured.measurements.values()):
        raise typer.Exit(NOT_MEASURED)


def _proposed(form: "Form", year: int | None, bindings: Path | None, language: str) -> str:
    """A binding file with proposals. Raises Usage."""
    from hengliang.cli.measuring import binding_for
    from hengliang.measure.binding import unbound
    from hengliang.measure.catalogue import all_ledgers
    from hengliang.measure.propose import Proposer
    from hengliang.report.proposed_binding import binding_text

    known = binding_for(form, bindings)
    asked = year or form.fiscal_year or (known.fiscal_year if known is not None else None)
    if asked is None:
        raise Usage(message("{name} is missing", name="--year"))
    proposer = Proposer(all_ledgers())
    proposed = {index: proposer.of(form.indicators[index]) for index in unbound(form, known)}
    return binding_text(form, asked, known, proposed, language)


def measure_file(form: str, number: int | None, records: RecordsJob, language: str) -> "Measured":
    """What is measured for the form in a file. Raises Usage."""
    from hengliang.cli.measuring import measured_form

    return measured_form(form_in(form, number, language), records)


def form_in(file: str, number: int | None, language: str) -> "Form":
    """The form in a file; which, where it holds several. Raises Usage."""
    with pool_for(1, 60) as pool:
        readings, _ = read_files(pool, [Named(file)], 60, None, language)
        for _, done in readings:
            reading: Reading = pickle.loads(done.reading)
            return reading.forms[which_form(done.keys, number)].form
    raise typer.Exit(USAGE)
