"""`hengliang migrate`: the database as this version of the program wants it."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from hengliang.base.message import message
from hengliang.web.project.commands import home_option, language_of, set_up

EXAMPLES = """
hengliang migrate --home /srv/hengliang  # After an upgrade, before the application is started again.
"""


def run(ctx: typer.Context, home: Annotated[Path, home_option()] = Path("hengliang-data")) -> None:
    """Brings the database of an installation to this version. Make a backup first."""
    set_up(home)
    from django.core.management import call_command

    call_command("migrate", interactive=False, verbosity=0)
    sys.stdout.write(message("the database is of this version").say(language_of(ctx)) + "\n")
