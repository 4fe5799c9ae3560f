"""`hengliang audit verify`: whether the audit log of an installation was changed."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from hengliang.base.message import message
from hengliang.web.project.commands import complaining, home_option, language_of, set_up_existing

EXAMPLES = """
hengliang audit verify --home /srv/hengliang  # Whether any entry was changed, removed or reordered.
hengliang audit verify --home /srv/hengliang --head 1204:9f86d081…  # And whether the newest ones are there.
"""


def run(
    ctx: typer.Context,
    home: Annotated[Path, home_option()] = Path("hengliang-data"),
    head: Annotated[
        str | None,
        typer.Option("--head", metavar="NUMBER:HASH", help="The newest entry as it was noted elsewhere."),
    ] = None,
) -> None:
    """Checks the hash chain of the audit log of an installation.

    Exit codes: 0 it holds, 1 it does not.
    """
    noted = None
    if head is not None:
        number, _, digest = head.partition(":")
        if not number.isdigit() or len(digest) != 64:
            raise typer.BadParameter(
                message("write it as 1204:<64 hexadecimal digits>").say(language_of(ctx))
            )
        noted = (int(number), digest)
    with complaining(ctx):
        set_up_existing(home)
        from hengliang.web.audit import queries

        found, newest = queries.verify(noted), queries.head()
    language = language_of(ctx)
    for one in found:
        said = message("entry {number}: {reason}", number=one.number, reason=one.reason)
        sys.stdout.write(said.say(language) + "\n")
    if not found:
        said = message(
            "the log holds: {count} entries, the newest {head}",
            count=newest[0] if newest else 0,
            head=f"{newest[0]}:{newest[1]}" if newest else "—",
        )
        sys.stdout.write(said.say(language) + "\n")
    raise typer.Exit(1 if found else 0)
