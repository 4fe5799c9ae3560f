"""`hengliang check`: whether an installation is whole and safely set up."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from hengliang.base.message import Message, message
from hengliang.web.project.commands import complaining, home_option, language_of, set_up_existing, versions

if TYPE_CHECKING:
    from hengliang.measure.store import StoreError

EXAMPLES = """
hengliang check --home /srv/hengliang  # Database, files, records, audit log, settings.
"""


def run(ctx: typer.Context, home: Annotated[Path, home_option()] = Path("hengliang-data")) -> None:
    """Checks an installation: database version, files, batches, audit log, settings for the outside.

    Exit codes: 0 all is well, 1 something is wrong.
    """
    with complaining(ctx):
        set_up_existing(home)
        wrong = _problems()
    language = language_of(ctx)
    for one in wrong:
        sys.stdout.write(one.say(language) + "\n")
    if not wrong:
        sys.stdout.write(message("all is well").say(language) + "\n")
    raise typer.Exit(1 if wrong else 0)


def _problems() -> list[Message]:
    from django.conf import settings

    from hengliang.measure.store import Store
    from hengliang.web.accounts.models import Organisation
    from hengliang.web.audit import queries as audit
    from hengliang.web.evidence import damage
    from hengliang.web.files import queries as files

    if (newer := versions.too_new(versions.applied())) is not None:
        return [newer]
    if versions.is_behind():
        return [message("the database is of another version; run `hengliang migrate`")]
    found = [
        message("entry {number}: {reason}", number=one.number, reason=one.reason) for one in audit.verify()
    ]
    found += [
        message("file {digest} ({name}) is lost or damaged", digest=digest, name=name)
        for digest, name in files.damaged()
    ]
    for folder in sorted(Path(settings.RECORD_STORE).glob("*")):
        found += [_damaged(folder.name, fault) for fault in Store(folder).faults()]
    for organisation in Organisation.objects.order_by("pk"):
        told = [_damaged(organisation.code, fault) for fault in damage.lost(organisation)]
        found += [one for one in told if one not in found]
    if settings.ALLOWED_HOSTS != ["localhost", "127.0.0.1", "[::1]"] and not settings.BEHIND_TLS:
        found.append(message("others can reach it without TLS: set HENGLIANG_TLS=1 behind a TLS server"))
    return found


def _damaged(code: str, fault: "StoreError") -> Message:
    return message("the records of {code} are damaged: {why}", code=code, why=fault.said)
