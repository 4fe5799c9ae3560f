"""`hengliang read`: what is in a document."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Annotated

import typer

from hengliang.base.message import message
from hengliang.cli.command import USAGE, language_in
from hengliang.cli.files import Named, named_files
from hengliang.cli.gather import checked, pool_for, read_files
from hengliang.cli.jobs import Described, DescribeJob, ReadDone
from hengliang.cli.options import Files, Jobs, StdinFormat, Timeout, Verbose, look_of, workers_for
from hengliang.cli.output import new_name, write_text
from hengliang.cli.usage import Usage

EXAMPLES = """
hengliang read form.xlsx  # The form in short, and every cell that was not understood.
hengliang read form.pdf --json  # The same as JSON, with the place of every field.
hengliang read forms/ -o json/  # One JSON file for each document of a folder.
cat form.txt | hengliang read -  # A form from standard input.
"""


def run(
    ctx: typer.Context,
    files: Files,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print one JSON object: forms, what was not understood, coverage.")
    ] = False,
    output: Annotated[
        Path | None,
        typer.Option(
            "-o",
            "--output",
            metavar="DIR",
            help="Write the JSON of each document into a file of this folder.",
        ),
    ] = None,
    verbose: Verbose = False,
    stdin_format: StdinFormat = None,
    jobs: Jobs = None,
    timeout: Timeout = 60.0,
) -> None:
    """Reads documents and tells what is in them: the form, its indicators, and whatever was not understood.

    Reads text, Excel, Word, PDF, web pages, CSV and Markdown in any encoding in use, and the JSON that it
    writes itself.
    """
    language = language_in(ctx)
    named = named_files(files)
    if not named:
        raise Usage(message("there is nothing to read in {names}", names=" ".join(files)))
    if output is not None and output.exists() and not output.is_dir():
        raise Usage(message("{file} is no folder", file=str(output)))
    look = look_of(language, verbose)
    with pool_for(workers_for(jobs, len(named)), timeout) as pool:
        readings, failures = read_files(pool, named, timeout, stdin_format, language)
        wanted = [
            DescribeJob(file.name, done.reading, look, as_json or output is not None)
            for file, done in readings
        ]
        told: list[tuple[Named, ReadDone, Described]] = []
        for (file, done), answer in zip(readings, pool.each("describe", wanted), strict=True):
            described = checked(answer, file.name, failures, language)
            if described is None:
                continue
            if as_json or output is not None:
                told.append((file, done, described))
            else:
                write_text(None, [described.whole])
    if output is not None:
        _write_each(output, told, language)
    elif as_json:
        write_text(None, _one_object([described for _, _, described in told]))
    if failures:
        raise typer.Exit(USAGE)


def _write_each(folder: Path, told: Sequence[tuple[Named, ReadDone, Described]], language: str) -> None:
    taken: set[Path] = set()
    for file, done, described in told:
        out = new_name(folder / f"{Path(file.name).stem or 'input'}.json", taken)
        taken.add(out)
        write_text(out, [described.whole, "\n"])
        said = message(
            "{file}: {count} forms, written to {out}", file=file.name, count=len(done.keys), out=str(out)
        )
        write_text(None, [said.say(language), "\n"])


def _one_object(told: Sequence[Described]) -> Iterator[str]:
    """The exchange JSON of all documents as one object, put together from the parts of each."""
    if len(told) == 1:
        yield told[0].whole + "\n"
        return
    used = sum(one.used for one in told)
    left = [text for one in told for text in one.not_understood]
    lists = {
        "documents": [one.document for one in told],
        "forms": [text for one in told for text in one.forms],
        "not_understood": left,
    }
    yield "{\n"
    for name, texts in lists.items():
        yield f' "{name}": [' + ",\n".join(texts) + "],\n"
    coverage = round(used / (used + len(left)), 4) if used + len(left) else 0.0
    yield f' "coverage": {coverage}\n}}\n'
