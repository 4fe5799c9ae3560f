"""Options that several commands share."""

import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from hengliang.cli.jobs import Look
from hengliang.cli.terminal import columns, has_colour

Files = Annotated[
    list[str],
    typer.Argument(
        metavar="FILE|DIR…", help="Documents, or folders to search for them; - is standard input."
    ),
]
FormNumber = Annotated[
    int | None,
    typer.Option(
        "--form", metavar="N", min=1, help="Which form, where the document holds several; the first is 1."
    ),
]
Profile = Annotated[
    str,
    typer.Option(
        "--profile",
        metavar="NAME",
        help="The rule profile: national-2015 if not given, national-2021, hunan, or a folder.",
    ),
]
StoreFolder = Annotated[Path, typer.Option("--store", metavar="DIR", help="The folder of the batches.")]
Year = Annotated[int, typer.Option("--year", metavar="YEAR", help="The fiscal year.", min=1990, max=2100)]
AsOf = Annotated[
    str | None,
    typer.Option("--as-of", metavar="DATE", help="What was recorded until this day; all of it if not given."),
]
Bindings = Annotated[
    Path | None,
    typer.Option(
        "--bindings",
        metavar="FILE",
        help="Which metric measures which indicator, TOML; the shipped one if not given.",
    ),
]
Json = Annotated[bool, typer.Option("--json", help="Print JSON for programs.")]
Verbose = Annotated[bool, typer.Option("-v", "--verbose", help="Show everything, not only the first places.")]
StdinFormat = Annotated[
    str | None,
    typer.Option(
        "--stdin-format",
        metavar="ENDING",
        help="What standard input is when its content does not tell: txt, csv, md or json.",
    ),
]
Jobs = Annotated[
    int | None,
    typer.Option(
        "-j", "--jobs", metavar="N", min=1, help="How many files at once; as many as there are cores."
    ),
]
Timeout = Annotated[
    float,
    typer.Option(
        "--timeout", metavar="SECONDS", min=0.1, help="The time for one file, 60 seconds if not given."
    ),
]


def look_of(language: str, verbose: bool = False, quiet: bool = False, to_file: bool = False) -> Look:
    """How results are dressed for standard output, or for a file."""
    colour = not to_file and has_colour(sys.stdout)
    return Look(language, columns(sys.stdout), colour, verbose, quiet)


def workers_for(jobs: int | None, files: int) -> int:
    """How many processes to start."""
    return max(1, min(jobs or os.cpu_count() or 1, files))
