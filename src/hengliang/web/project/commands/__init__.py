"""The commands of the web application; the terminal finds them as entry points of `hengliang.commands`."""

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import typer

from hengliang.base.message import Message, message


def home_option() -> Any:
    """The option that names the folder of the installation."""
    return typer.Option("--home", metavar="DIR", help="The folder of the installation.")


def language_of(ctx: typer.Context) -> str:
    """The language that the command line is spoken in."""
    return str(ctx.find_root().obj or "en")


@contextmanager
def complaining(ctx: typer.Context) -> Iterator[None]:
    """What stops a command for a reason that lies outside is said in one sentence, with exit code 2."""
    try:
        yield
    except Exception as error:
        said = _reason(error)
        if said is None:
            raise
        raise typer.BadParameter(said.say(language_of(ctx))) from error


def _reason(error: Exception) -> Message | None:
    """Why a command stopped: its own reason, or that of the disk, the database or the settings."""
    from django.core.exceptions import ImproperlyConfigured
    from django.db import Error

    if isinstance(reason := getattr(error, "reason", None), Message):
        return reason
    if isinstance(error, OSError):
        file, other = error.filename or "", message("{why}: {file}")
        text = _DISK.get(error.errno or 0, other).text
        return Message(text, {"file": str(file), "why": error.strerror or str(error)})
    if isinstance(error, Error):
        return message("the database cannot be used: {why}", why=str(error).strip())
    if isinstance(error, ImproperlyConfigured):
        return message("the settings are wrong: {why}", why=str(error))
    return None


_DISK = {
    errno.ENOSPC: message("the disk is full"),
    errno.EDQUOT: message("the disk is full"),
    errno.ENOENT: message("there is no {file}"),
    errno.EACCES: message("{file} may not be read or written"),
    errno.EPERM: message("{file} may not be read or written"),
    errno.EROFS: message("{file} may not be read or written"),
}


def set_up_existing(home: Path) -> None:
    """As `set_up`, for a command that needs an installation. Raises FileNotFoundError where there is none,
    and makes nothing then: a folder that was mistyped is no empty installation."""
    is_embedded = not any(os.environ.get(f"HENGLIANG_DATABASE_URL{end}") for end in ("", "_FILE"))
    needed = home / "hengliang.sqlite3" if is_embedded else home
    if not needed.exists():
        raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), str(needed))
    set_up(home)


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
