"""`hengliang score`: a form and its actual values become an explained score sheet."""

from pathlib import Path
from typing import Annotated

import typer

from hengliang.api import DEFAULT_PROFILE
from hengliang.base.message import message
from hengliang.cli.command import USAGE, language_in
from hengliang.cli.jobs import RecordsJob
from hengliang.cli.options import AsOf, Bindings, FormNumber, Json, StdinFormat, Timeout, Verbose, look_of
from hengliang.cli.output import refuse_inputs
from hengliang.cli.score_run import ScoreOrder, carry_out
from hengliang.cli.usage import Usage

LEFT_OUT = 1
"""The exit code when values of the file of actual values were not used."""

EXAMPLES = """
hengliang score form.xlsx --template actuals.xlsx  # A file to fill in: what each sentence asks for.
hengliang score form.xlsx --actuals actuals.xlsx  # Every row with its points and the arithmetic behind them.
hengliang score form.xlsx --store store --year 2023  # With actual values measured from records.
hengliang score self-evaluation.docx  # With the actual values that a self-evaluation itself states.
hengliang score form.xlsx --actuals actuals.xlsx --need 优  # What must be reached for the grade.
hengliang score form.xlsx --actuals actuals.csv --profile national-2015 --profile national-2021  # Compared.
hengliang score form.xlsx --actuals actuals.xlsx -o table.xlsx  # The self-evaluation table; docx and pdf.
hengliang score form.xlsx --actuals actuals.xlsx --report report.docx  # The self-evaluation report in words.
hengliang score form.xlsx --actuals actuals.json --json  # The same for programs; `hengliang schema score`.
"""


def run(
    ctx: typer.Context,
    form: Annotated[str, typer.Argument(metavar="FORM", help="A document with a form; - is standard input.")],
    actuals: Annotated[
        str | None,
        typer.Option(
            metavar="FILE",
            help="Actual values as csv, xlsx, xls or json, or a self-evaluation form; the form's own column "
            "if not given.",
        ),
    ] = None,
    store: Annotated[
        Path | None,
        typer.Option(
            "--store",
            metavar="DIR",
            help="Measure the actual values from the batches of records in this folder.",
        ),
    ] = None,
    year: Annotated[
        int | None,
        typer.Option("--year", metavar="YEAR", help="The fiscal year of the records.", min=1990, max=2100),
    ] = None,
    as_of: AsOf = None,
    bindings: Bindings = None,
    profile: Annotated[
        list[str] | None,
        typer.Option(
            metavar="NAME",
            help="The rule profile: national-2015 if not given, national-2021, hunan, or a folder. Given "
            "again, the profiles are compared.",
        ),
    ] = None,
    as_json: Json = False,
    output: Annotated[
        Path | None,
        typer.Option(
            "-o",
            "--output",
            metavar="OUT",
            help="Write the sheet to this file: json; xlsx, docx or pdf for the self-evaluation table; html "
            "for the explanation of scores.",
        ),
    ] = None,
    template: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE", help="Write an empty file of actual values, xlsx, csv or json, and stop."
        ),
    ] = None,
    layout: Annotated[
        str | None,
        typer.Option(
            metavar="NAME",
            help="The layout of a self-evaluation table, or a file with one; the profile's own if not given.",
        ),
    ] = None,
    explain: Annotated[
        Path | None,
        typer.Option(
            metavar="OUT", help="Write the explanation of scores, docx, pdf or html, to this file too."
        ),
    ] = None,
    report: Annotated[
        Path | None,
        typer.Option(
            metavar="OUT.docx",
            help="Write the report in words to this file too: that of the unit, or with --findings that of "
            "an evaluator from outside.",
        ),
    ] = None,
    findings: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help="What an evaluator from outside found, TOML: evaluator, score, findings, advice, grade.",
        ),
    ] = None,
    need: Annotated[
        str | None,
        typer.Option(
            metavar="full|N|GRADE|ROW:N",
            help="What must be reached: for full marks in each row, for N points of 100, for a grade (优), "
            "or for N points in one row.",
        ),
    ] = None,
    number: FormNumber = None,
    verbose: Verbose = False,
    stdin_format: StdinFormat = None,
    timeout: Timeout = 60.0,
) -> None:
    """Scores a form by its own scoring sentences, with a reason for every point.

    A row whose sentence or facts leave something open has an interval of points and says what must be asked.
    What was not reported is never 0. Where no sentence is printed the profile's method is used and named.

    Exit codes: 0 all is scored that was stated, 1 values of FILE were not used, 2 wrong usage or a file that
    cannot be read.
    """  # fmt: skip
    language = language_in(ctx)
    inputs = [form, *(str(file) for file in (actuals, findings) if file)]
    for out in (output, template, explain, report):
        refuse_inputs(out, inputs)
    order = ScoreOrder(
        form, actuals, tuple(dict.fromkeys(profile or [DEFAULT_PROFILE])), as_json, output, template, need,
        number,
        look_of(language, verbose, to_file=output is not None), timeout, stdin_format, layout, explain,
        _records(store, year, as_of, bindings, actuals), report, findings,
    )  # fmt: skip
    done = carry_out(order)
    if done.failed:
        raise typer.Exit(USAGE)
    if done.left_out:
        raise typer.Exit(LEFT_OUT)


def _records(
    store: Path | None, year: int | None, as_of: str | None, bindings: Path | None, actuals: str | None
) -> RecordsJob | None:
    if store is None:
        if year is not None or as_of is not None or bindings is not None:
            raise Usage(message("--year, --as-of and --bindings go with --store"))
        return None
    if year is None:
        raise Usage(message("--store needs --year"))
    if actuals is not None:
        raise Usage(message("actual values come from a file or from records, not from both"))
    return RecordsJob(store, year, as_of, bindings)
