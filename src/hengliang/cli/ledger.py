"""`hengliang ledger`: the ledgers that evidence records are kept in."""

import json
import sys
from pathlib import Path
from typing import Annotated

import typer

from hengliang.base.message import message
from hengliang.cli.command import Command, Group, language_in, near
from hengliang.cli.output import write_text
from hengliang.cli.terminal import columns, has_colour
from hengliang.cli.usage import Usage

DIFFERENT = 1
"""The exit code when vectors came out otherwise than expected."""

app = typer.Typer(
    cls=Group,
    help="The ledgers that evidence records are kept in: what there is, and how to test them.",
    epilog="""
hengliang ledger list  # All ledgers with their metrics.
hengliang ledger describe green_mine_check  # The columns, rules and metrics of one.
hengliang ledger test tests/measure/vectors  # Runs test vectors: what differs from what was expected.
""",
    context_settings={"help_option_names": ["-h", "--help"]},
)

Json = Annotated[bool, typer.Option("--json", help="Print JSON for programs.")]


def list_ledgers(ctx: typer.Context, as_json: Json = False) -> None:
    """Lists all ledgers: what one row is, and which metrics are computed from them."""
    from hengliang.measure.catalogue import all_ledgers
    from hengliang.report import ledger_text
    from hengliang.report.ink import Ink

    found = list(all_ledgers().values())
    if as_json:
        write_text(None, [_json([ledger_text.summary(ledger) for ledger in found])])
        return
    write_text(None, [ledger_text.table(found, language_in(ctx), Ink(has_colour(sys.stdout)))])


def describe(
    ctx: typer.Context,
    names: Annotated[
        list[str], typer.Argument(metavar="LEDGER…", help="Names of ledgers, English or Chinese.")
    ],
    as_json: Json = False,
) -> None:
    """Prints the columns, rules, checks and metrics of ledgers."""
    from hengliang.measure.catalogue import all_ledgers
    from hengliang.report import ledger_text
    from hengliang.report.ink import Ink

    known = {name: ledger for ledger in all_ledgers().values() for name in (ledger.name, ledger.zh)}
    pages: list[str] = []
    for name in names:
        ledger = known.get(name)
        if ledger is None:
            hint = near(name, list(known)) or message("see them with `hengliang ledger list`")
            raise Usage(message("there is no ledger {name}; {hint}", name=name, hint=hint))
        if as_json:
            pages.append(_json(ledger_text.descriptor(ledger)))
        else:
            ink = Ink(has_colour(sys.stdout))
            pages.append(ledger_text.page(ledger, language_in(ctx), columns(sys.stdout), ink))
    write_text(None, ["\n".join(pages)])


def test(
    ctx: typer.Context,
    folder: Annotated[
        Path, typer.Argument(metavar="DIR", help="A folder with expected.json and the CSV files it names.")
    ],
    as_json: Json = False,
) -> None:
    """Runs test vectors of ledgers and prints every metric, score and finding that differs.

    Exit codes: 0 all as expected, 1 something differs, 2 the folder cannot be run.
    """
    from hengliang.measure.catalogue import all_ledgers
    from hengliang.measure.vectors import VectorError, run_vectors
    from hengliang.report import vectors_text
    from hengliang.report.ink import Ink

    try:
        outcome = run_vectors(folder, all_ledgers())
    except VectorError as error:
        raise Usage(error.said) from error
    if as_json:
        write_text(None, [_json(vectors_text.as_data(outcome))])
    else:
        write_text(None, [vectors_text.page(outcome, language_in(ctx), Ink(has_colour(sys.stdout)))])
    if outcome.different:
        raise typer.Exit(DIFFERENT)


def _json(data: object) -> str:
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


for _name, _command in (("list", list_ledgers), ("describe", describe), ("test", test)):
    app.command(_name, cls=Command)(_command)
