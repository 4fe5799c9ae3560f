"""`hengliang export`: a form in another format."""

from pathlib import Path
from typing import Annotated

import typer

from hengliang.api import FORMATS
from hengliang.base.message import message
from hengliang.cli.command import USAGE, language_in
from hengliang.cli.files import Named
from hengliang.cli.gather import checked, pool_for, read_files
from hengliang.cli.jobs import ExportJob
from hengliang.cli.options import StdinFormat, Timeout
from hengliang.cli.output import refuse_inputs, write_text
from hengliang.cli.usage import Usage, one_of

EXAMPLES = """
hengliang export form.txt --as xlsx -o form.xlsx  # A workbook in the official layout.
hengliang export form.pdf --as json -o form.json  # The exchange JSON.
hengliang export form.docx --as mof -o records.json  # Records as the ministry's data standard names them.
"""


def run(
    ctx: typer.Context,
    file: Annotated[str, typer.Argument(metavar="FILE", help="A document; - is standard input.")],
    form_as: Annotated[
        str,
        typer.Option(
            "--as",
            metavar="json|xlsx|docx|csv|md|mof",
            help="The format; mof are records with the column names of the ministry's data standard.",
        ),
    ],
    output: Annotated[Path, typer.Option("-o", "--output", metavar="OUT", help="The file to write.")],
    profile: Annotated[
        str, typer.Option(metavar="NAME", help="The rule profile, for the lists that a workbook offers.")
    ] = "national-2015",
    number: Annotated[
        int | None,
        typer.Option(
            "--form", metavar="N", min=1, help="Which form, where the document holds several; the first is 1."
        ),
    ] = None,
    stdin_format: StdinFormat = None,
    timeout: Timeout = 60.0,
) -> None:
    """Writes the form of a document in another format."""
    language = language_in(ctx)
    wanted = one_of(FORMATS, form_as, "--as")
    refuse_inputs(output, [file])
    with pool_for(1, timeout) as pool:
        readings, failures = read_files(pool, [Named(file)], timeout, stdin_format, language)
        for _, done in readings:
            index = _which(done.keys, number)
            job = ExportJob(file, done.reading, index, wanted, output, profile)
            answer = checked(next(pool.each("export", [job])), file, failures, language)
            if answer is not None:
                said = message("written: {file}", file=str(output))
                write_text(None, [said.say(language), "\n"])
    if failures:
        raise typer.Exit(USAGE)


def _which(keys: tuple[object, ...], number: int | None) -> int:
    if not keys:
        raise Usage(message("there is no declaration, monitoring or self-evaluation form in it"))
    if number is None and len(keys) > 1:
        raise Usage(message("there are {count} forms in it: say which with --form", count=len(keys)))
    if number is not None and number > len(keys):
        raise Usage(message("there are only {count} forms in it", count=len(keys)))
    return (number or 1) - 1
