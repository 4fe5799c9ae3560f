"""The commands of the web application; the terminal finds them as entry points of `hengliang.commands`."""

import os
from pathlib import Path
from typing import Any

import typer

from hengliang.base.message import Message


def home_option() -> Any:
    """The option that names the folder of the installation."""
    return typer.Option("--home", metavar="DIR", help="The folder of the installation.")


def language_of(ctx: typer.Context) -> str:
    """The language that the command line is spoken in."""
    return str(ctx.find_root().obj or "en")


def complaint(error: Exception, ctx: typer.Context) -> typer.BadParameter:
    """What stopped a command, as the terminal says it: without a traceback, with exit code 2."""
    reason = getattr(error, "reason", None)
    return typer.BadParameter(reason.say(language_of(ctx)) if isinstance(reason, Message) else str(error))


def set_up(home: Path | None = None, make: bool = True) -> None:
    """Makes Django ready in this process, for the installation in `home` (else `HENGLIANG_HOME`).

    With `make` False the folder must not get a key of its own: it comes out of a backup.
    """
    if home is not None:
        os.environ["HENGLIANG_HOME"] = str(home.absolute())
    if not make:
        os.environ.setdefault("HENGLIANG_SECRET_KEY", "restoring")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hengliang.web.project.settings")
    try:
        import django
    except ImportError as error:
        raise typer.BadParameter(
            "the web application is not installed: pip install 'hengliang[web]'"
        ) from error
    django.setup()
