"""`hengliang backup`: the whole installation in one file."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from hengliang.base.message import message
from hengliang.web.project.commands import complaining, home_option, language_of, set_up_existing

EXAMPLES = """
hengliang backup --home /srv/hengliang -o hengliang-2024-01-31.zip  # While the application runs.
"""


def run(
    ctx: typer.Context,
    output: Annotated[Path, typer.Option("-o", "--output", metavar="FILE.zip", help="The file to write.")],
    home: Annotated[Path, home_option()] = Path("hengliang-data"),
) -> None:
    """Writes the database, files, records and key of an installation to one file, with their digests."""
    with complaining(ctx):
        set_up_existing(home)
        from django.conf import settings

        from hengliang.web.project.commands import archive, versions

        database = settings.DATABASES["default"]
        manifest = archive.write(home, database, output, settings.RECORD_STORE, versions.applied())
    said = message("written: {file}, {count} files", file=str(output), count=len(manifest["files"]))
    sys.stdout.write(said.say(language_of(ctx)) + "\n")
