"""`hengliang migrate`: the database as this version of the program wants it."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from hengliang.base.message import message
from hengliang.web.project.commands import complaining, home_option, language_of, running, set_up, versions

EXAMPLES = """
hengliang migrate --home /srv/hengliang  # After an upgrade, before the application is started again.
"""


def run(ctx: typer.Context, home: Annotated[Path, home_option()] = Path("hengliang-data")) -> None:
    """Brings the database of an installation to this version. Make a backup first."""
    with complaining(ctx):
        if running.is_held(home):
            raise running.Failed(message("{place} is being served already", place=str(home)))
        set_up(home)
        bring_up_to_date()
    sys.stdout.write(message("the database is of this version").say(language_of(ctx)) + "\n")


def bring_up_to_date() -> None:
    """Brings the database to this version. Raises `running.Failed` when it is of a newer one."""
    from django.core.management import call_command

    if (newer := versions.too_new(versions.applied())) is not None:
        raise running.Failed(newer)
    call_command("migrate", interactive=False, verbosity=0)
