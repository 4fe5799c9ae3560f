"""What all commands share: help and complaints in the reader's language, one way to stop."""

import sys
import traceback
from collections.abc import Sequence
from difflib import get_close_matches
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup

from hengliang.base.message import Message, message
from hengliang.cli.help import help_page
from hengliang.cli.terminal import columns, has_colour
from hengliang.cli.usage import Usage
from hengliang.report.ink import Ink

USAGE = 2
"""The exit code of wrong usage and unreadable input."""

# typer keeps its own copy of click or uses the installed one; both have this class above BadParameter.
_ClickException: Any = next(kind for kind in typer.BadParameter.__mro__ if kind.__name__ == "ClickException")


class Command(TyperCommand):
    """A command whose help is written in the reader's language."""

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Writes the help."""
        write_help(self, ctx, formatter)


class Group(TyperGroup):
    """A command of commands."""

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """The command that the first argument names."""
        if args and args[0] not in self.commands and not args[0].startswith("-"):
            hint = near(args[0], list(self.commands)) or message(
                "there are {names}", names=", ".join(self.commands)
            )
            raise Usage(message("there is no command {name}; {hint}", name=args[0], hint=hint))
        return super().resolve_command(ctx, args)

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Writes the help in the reader's language."""
        write_help(self, ctx, formatter)


def write_help(command: Any, ctx: Any, formatter: Any) -> None:
    """Writes the help of `command` to `formatter`, in the language that `ctx` carries."""
    ink = Ink(has_colour(sys.stdout))
    formatter.write(help_page(command, ctx, language_in(ctx), columns(sys.stdout), ink))


def language_in(ctx: Any) -> str:
    """The language that the command line is spoken in."""
    return str(ctx.find_root().obj)


def say_error(said: str, language: str) -> None:
    """One line of complaint on standard error."""
    ink = Ink(has_colour(sys.stderr))
    word = ink.paint(message("error").say(language), "error")
    sys.stderr.write(f"{word}{message(': ').say(language)}{said}\n")
    sys.stderr.flush()


def complain(error: Exception, language: str) -> int:
    """Says what stopped the command, and returns the exit code. What nobody foresaw is shown in full."""
    from hengliang.base.profile import ProfileError
    from hengliang.form.errors import UnreadableFile

    if isinstance(error, Usage):
        say_error(error.said.say(language), language)
    elif isinstance(error, UnreadableFile):
        say_unreadable(error.file, error.reason, error.remedy, language)
    elif isinstance(error, ProfileError):
        say_error(str(error), language)
    elif isinstance(error, _ClickException):
        say_error(_usage(error).say(language), language)
        context = getattr(error, "ctx", None)
        path = context.command_path if context else "hengliang"
        sys.stderr.write(
            message("`{command} --help` tells how it is used.", command=path).say(language) + "\n"
        )
    else:
        traceback.print_exception(error)
    return USAGE


def say_unreadable(file: str, reason: Message, remedy: Message, language: str) -> None:
    """One line for a file that could not be used: which, why, and what to do."""
    said = message("{file}: {reason}; {remedy}", file=file, reason=reason, remedy=remedy)
    say_error(said.say(language), language)


def near(wanted: str, known: Sequence[str]) -> Message | None:
    """Asks whether one of the known names was meant that look like `wanted`."""
    swapped = [name for name in known if sorted(name) == sorted(wanted)]
    found = [*dict.fromkeys([*swapped, *get_close_matches(wanted, known, n=3, cutoff=0.5)])][:3]
    return message("did you mean {names}?", names=", ".join(found)) if found else None


def _usage(error: Any) -> Message:
    """What was wrong with the command line, by the kind of click's complaint."""
    parameter = getattr(error, "param", None)
    name = "/".join(parameter.opts) if parameter else ""
    if parameter is not None and parameter.param_type_name == "argument":
        name = parameter.metavar or name
    if hasattr(error, "possibilities"):
        known = [option for one in error.ctx.command.params for option in one.opts]
        hint = near(error.option_name, known)
        if hint:
            return message("there is no option {option}; {hint}", option=error.option_name, hint=hint)
        return message("there is no option {option}", option=error.option_name)
    if hasattr(error, "param_type"):
        return message("{name} is missing", name=name)
    if parameter is not None:
        return message("{name}: {complaint}", name=name, complaint=error.message)
    return message("{complaint}", complaint=error.message)
