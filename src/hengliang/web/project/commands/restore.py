"""`hengliang restore`: an installation out of a backup."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from hengliang.base.message import message
from hengliang.web.project.commands import complaining, home_option, language_of, set_up

EXAMPLES = """
hengliang restore hengliang-2024-01-31.zip --home /srv/hengliang  # Into an empty folder; checks it first.
"""


def run(
    ctx: typer.Context,
    backup: Annotated[Path, typer.Argument(metavar="FILE.zip", help="A file that `hengliang backup` wrote.")],
    home: Annotated[Path, home_option()] = Path("hengliang-data"),
) -> None:
    """Checks a backup, and puts it into an empty folder (and an empty database)."""
    from hengliang.web.project.commands import archive, versions

    with complaining(ctx):
        manifest = archive.verified(backup)
        set_up(home, make=False)
        from django.conf import settings

        if (newer := versions.too_new(manifest.get("migrations", ()))) is not None:
            raise archive.BadBackup(newer)
        manifest = archive.restore(backup, home, settings.DATABASES["default"], settings.RECORD_STORE)
    said = message("restored: {count} files into {place}", count=len(manifest["files"]), place=str(home))
    sys.stdout.write(said.say(language_of(ctx)) + "\n")
