"""`hengliang export`: a form in another format."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from hengliang.api import FORMATS, Format, export
from hengliang.base.message import message
from hengliang.base.number import read_number
from hengliang.cli.command import USAGE, language_in
from hengliang.cli.files import Named
from hengliang.cli.gather import checked, pool_for, read_files
from hengliang.cli.jobs import ExportDone, ExportJob, MonitoringOrder
from hengliang.cli.options import FormNumber, StdinFormat, Timeout
from hengliang.cli.output import refuse_inputs, write_text, written_whole
from hengliang.cli.usage import Usage, one_of

LEFT_OUT = 1
"""The exit code when values of the file of actual values were not used."""

EXAMPLES = """
hengliang export form.txt --as xlsx -o form.xlsx  # A workbook in the official layout.
hengliang export form.pdf --as json -o form.json  # The exchange JSON.
hengliang export form.docx --as mof -o records.json  # Records as the ministry's data standard names them.
hengliang export form.xlsx --monitoring 7 --actuals july.csv --as xlsx -o table.xlsx  # January to July.
hengliang export --blank project --as xlsx -o blank.xlsx  # An empty declaration form to fill in.
"""


def run(
    ctx: typer.Context,
    form_as: Annotated[
        str,
        typer.Option(
            "--as",
            metavar="json|xlsx|docx|csv|md|mof|mof-zip",
            help="The format; mof are records with the column names of the ministry's data standard as JSON, "
            "mof-zip as CSV files in a ZIP file.",
        ),
    ],
    output: Annotated[
        str,
        typer.Option(
            "-o", "--output", metavar="OUT", help="The file to write, or the folder to write it into."
        ),
    ],
    file: Annotated[
        str | None, typer.Argument(metavar="FILE", help="A document; - is standard input.")
    ] = None,
    blank: Annotated[
        str | None,
        typer.Option(
            metavar="department|project",
            help="Instead of a document: an empty form to fill in, with the level words of the profile.",
        ),
    ] = None,
    purpose: Annotated[
        str,
        typer.Option(metavar="declaration|monitoring|self_evaluation", help="What the empty form is for."),
    ] = "declaration",
    profile: Annotated[
        str, typer.Option(metavar="NAME", help="The rule profile, for the lists that a workbook offers.")
    ] = "national-2015",
    monitoring: Annotated[
        int | None,
        typer.Option(
            metavar="MONTH",
            min=1,
            max=12,
            help="Write the monitoring table of the form instead: what was reached from January to this "
            "month.",
        ),
    ] = None,
    actuals: Annotated[
        str | None,
        typer.Option(
            metavar="ACTUALS", help="With --monitoring: a file of actual values, as `score` takes it."
        ),
    ] = None,
    spent: Annotated[
        str | None,
        typer.Option(metavar="AMOUNT", help="With --monitoring: what was spent by then, in 万元."),
    ] = None,
    number: FormNumber = None,
    stdin_format: StdinFormat = None,
    timeout: Timeout = 60.0,
) -> None:
    """Writes the form of a document in another format, its monitoring table, or an empty form.

    Exit codes: 0 written, 1 values of ACTUALS were not used, 2 wrong usage or a file that cannot be read.
    """
    language = language_in(ctx)
    order = _monitoring(monitoring, actuals, spent, timeout)
    if blank is not None:
        if order is not None:
            raise Usage(message("--monitoring needs a document with a form"))
        out = _write_blank(blank, purpose, form_as, output, profile, file)
        write_text(None, [message("written: {file}", file=str(out)).say(language), "\n"])
        return
    wanted = one_of(FORMATS, form_as, "--as")
    if file is None:
        raise Usage(message("say which document, or with --blank which empty form"))
    out = _target(output, file, wanted)
    refuse_inputs(out, [file, *([actuals] if actuals else [])])
    left_out = 0
    with pool_for(1, timeout) as pool:
        readings, failures = read_files(pool, [Named(file)], timeout, stdin_format, language)
        for _, done in readings:
            index = which_form(done.keys, number)
            job = ExportJob(file, done.reading, index, wanted, out, profile, order)
            answer = checked(next(pool.each("export", [job])), file, failures, language)
            if answer is not None:
                _tell(answer, out, language)
                left_out = answer.left_out
    if failures:
        raise typer.Exit(USAGE)
    if left_out:
        raise typer.Exit(LEFT_OUT)


def _tell(done: ExportDone, out: Path, language: str) -> None:
    write_text(None, [message("written: {file}", file=str(out)).say(language), "\n"])
    if done.left_out:
        said = message(
            "{count} rows of actual values were not used: `hengliang score` tells which", count=done.left_out
        )
        sys.stderr.write(said.say(language) + "\n")
    if done.notices:
        notices = message(
            "the records are not complete: {count} fields are cut off, missing or too long; "
            "the file lists them as notices",
            count=done.notices,
        )
        sys.stderr.write(notices.say(language) + "\n")


def _monitoring(
    month: int | None, actuals: str | None, spent: str | None, seconds: float
) -> MonitoringOrder | None:
    """The monitoring table that was asked for. Raises Usage."""
    if month is None:
        if actuals is not None or spent is not None:
            raise Usage(message("--actuals and --spent go with --monitoring"))
        return None
    amount = None if spent is None else read_number(spent)
    if spent is not None and (amount is None or amount < 0):
        raise Usage(message("--spent is an amount of money, not {text}", text=spent))
    return MonitoringOrder(month, actuals, amount, seconds)


_BLANK_FORMATS: tuple[Format, ...] = ("xlsx", "docx", "csv", "md")


def _write_blank(kind: str, purpose: str, form_as: str, output: str, profile: str, file: str | None) -> Path:
    """Write an empty form; gives the file. Raises Usage where the command does not fit."""
    from hengliang.base.profile import load_profile
    from hengliang.form.model import Kind, Purpose
    from hengliang.form.writers.blank import blank_form

    if file is not None:
        raise Usage(message("an empty form needs no document: leave {file} out", file=file))
    wanted = one_of(_BLANK_FORMATS, form_as, "--as")
    which = one_of(tuple(Kind), kind, "--blank"), one_of(tuple(Purpose), purpose, "--purpose")
    form = blank_form(*which, load_profile(profile))
    out = _target(output, "-".join(which), wanted)
    with written_whole(out) as made:
        export(form, made, wanted, profile)
    return out


_ENDINGS = {"mof": "mof.json", "mof-zip": "mof.zip"}


def _target(output: str, file: str, wanted: Format) -> Path:
    """The file to write; in a folder it is called as the document is."""
    out = Path(output)
    if not output.endswith(("/", "\\")) and not out.is_dir():
        return out
    name = Path(file).stem if file != "-" else "form"
    return out / f"{name}.{_ENDINGS.get(wanted, wanted)}"


def which_form(keys: tuple[object, ...], number: int | None) -> int:
    """The place of the form that is meant, from 0. Raises Usage where that is not clear."""
    if not keys:
        raise Usage(message("there is no declaration, monitoring or self-evaluation form in it"))
    if number is None and len(keys) > 1:
        raise Usage(message("there are {count} forms in it: say which with --form", count=len(keys)))
    if number is not None and number > len(keys):
        raise Usage(message("there are only {count} forms in it", count=len(keys)))
    return (number or 1) - 1
