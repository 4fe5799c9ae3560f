"""The command `hengliang`."""

import os
import sys
from collections.abc import Sequence
from importlib.metadata import entry_points
from typing import Annotated, Any

import typer

from hengliang import __version__
from hengliang.base.message import message
from hengliang.cli import (
    audit,
    criteria,
    export,
    keys,
    ledger,
    measure,
    publish,
    read,
    review,
    rule,
    schema,
    score,
    trace,
    verify,
)
from hengliang.cli.command import USAGE, Command, Group, complain
from hengliang.cli.language import OPTION, language_named, language_of, take_language
from hengliang.cli.terminal import prepare_streams
from hengliang.cli.usage import Usage


class Root(Group):
    """The command of commands. It finds the language first, so that help and complaints are said in it."""

    def main(self, args: Sequence[str] | None = None, prog_name: str | None = None, **extra: Any) -> Any:  # pyright: ignore[reportIncompatibleMethodOverride]
        """Runs the command line and ends the program with its exit code."""
        del prog_name, extra
        prepare_streams()
        wanted, rest = take_language(sys.argv[1:] if args is None else args)
        language = language_of(os.environ)
        try:
            if wanted is not None:
                language = language_named(wanted) or _no_language(wanted)
            if rest[:2] == ["audit", "verify"]:
                # The audit log of an installation; every other audit is of published self-evaluations.
                rest = ["audit-verify", *rest[2:]]
            code = super().main(rest, "hengliang", standalone_mode=False, obj=language)
        except typer.Abort:
            code = 130
        except Exception as error:
            code = complain(error, language)
        sys.exit(code if isinstance(code, int) else 0)


def _no_language(name: str) -> str:
    raise Usage(message("--lang is zh or en, not {name}", name=name))


app = typer.Typer(
    cls=Root,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="""
hengliang read form.xlsx  # What is in a form, and how it was read.
hengliang review form.xlsx  # Everything that is wrong with a form, cell by cell.
hengliang review forms/ --format csv -o findings.csv  # All forms of a folder in one table.
hengliang score form.xlsx --actuals actuals.xlsx  # The points of every row, with the arithmetic behind them.
hengliang audit published/  # Which scores of published self-evaluations do not follow from their rows.
hengliang rule V06  # What a rule checks, why, and what to write instead.
""",
)


@app.callback(invoke_without_command=True)
def hengliang(
    ctx: typer.Context,
    version: Annotated[bool, typer.Option("--version", help="Show the version and stop.")] = False,
    lang: Annotated[
        str | None,
        typer.Option(
            OPTION,
            metavar="zh|en",
            help="The language of all that is said, wherever it stands on the line; "
            "HENGLIANG_LANG or the locale if not given.",
        ),
    ] = None,
) -> None:
    """Reads performance-target forms and tells what is in them and what is wrong with them.

    Exit codes: 0 nothing that is an error, 1 findings that are errors, 2 wrong usage or a file that cannot
    be read.
    """
    # `Root.main` has taken it from the line; it stands here for the help.
    del lang
    if version:
        typer.echo(f"hengliang {__version__}")
        raise typer.Exit
    if ctx.invoked_subcommand is None:
        typer.echo(ctx.get_help())
        raise typer.Exit(USAGE)


for _name, _module in (
    ("read", read),
    ("review", review),
    ("score", score),
    ("measure", measure),
    ("trace", trace),
    ("publish", publish),
    ("verify", verify),
    ("keys", keys),
    ("audit", audit),
    ("criteria", criteria),
    ("rule", rule),
    ("export", export),
    ("schema", schema),
):
    app.command(_name, cls=Command, epilog=_module.EXAMPLES)(_module.run)


app.add_typer(ledger.app, name="ledger")

# Commands of the other face, which the terminal does not import: each entry point of the group names a module
# with `run` and `EXAMPLES`. What they need is imported when they run.
for _entry in entry_points(group="hengliang.commands"):
    _found = _entry.load()
    app.command(_entry.name, cls=Command, epilog=_found.EXAMPLES)(_found.run)


def run() -> None:
    """The entry point of the program."""
    app()
