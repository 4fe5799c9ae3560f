"""What is in an installation that is served for the first time: one account, or the demonstration."""

import json
import os
import secrets
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from hengliang.base.message import message
from hengliang.web.project.commands.running import Failed, Served
from hengliang.web.workflow.roles import WORDS, Role

_NOTE = "demo-accounts.json"


class Demo(NamedTuple):
    """What the demonstration is made of: a form, values and a folder of records for its year."""

    form: Path
    actuals: Path | None
    records: Path | None


def fill(home: Path, demo: Demo | None) -> None:
    """Makes the first accounts of an empty installation; another one is left as it is.

    Raises `Failed` when the demonstration was broken off half-way, and form.errors.UnreadableFile.
    """
    from hengliang.web.accounts.models import Person

    if not Person.objects.exists():
        _demonstrate(home, demo) if demo else _first_account()
    elif (home / _NOTE).is_file() and not _accounts(home):
        raise Failed(
            message(
                "{place} was broken off while the demonstration was put into it; begin with an empty folder",
                place=str(home),
            )
        )


def _demonstrate(home: Path, given: Demo) -> None:
    from django.utils import timezone

    from hengliang.web.project import demo, demo_year

    _note(home, [])
    # A year that is played has deadlines of its own.
    today = None if given.actuals else timezone.localdate()
    declaration, accounts = demo.load(given.form, secrets.token_urlsafe(9), today)
    if given.actuals is not None:
        records = demo_year.records_in(given.records) if given.records else {}
        demo_year.play(declaration, given.actuals, records)
    _note(home, accounts)


def _first_account() -> None:
    """The security administrator, whose password is shown once."""
    from hengliang.web.accounts.actions import add_organisation, add_person, give_role

    root = add_organisation(None, name="本级", code="0", kind="city")
    person, password = add_person(None, username="anquan", full_name="安全管理员", organisation=root)
    give_role(None, person, Role.SECURITY_ADMINISTRATOR, root)
    sys.stdout.write(f"{person.username}\t{password}\n")


def _note(home: Path, accounts: Sequence[tuple[str, ...]]) -> None:
    """Keeps the accounts of the demonstration, so that they can be told again; nobody else reads them."""
    with os.fdopen(os.open(home / _NOTE, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as stream:
        json.dump(accounts, stream)


def _accounts(home: Path) -> list[list[str]]:
    try:
        return json.loads((home / _NOTE).read_text(encoding="utf-8"))
    except OSError:
        return []


def front_page() -> str:
    """The page to look at first: what is published, else the front."""
    from django.urls import reverse

    from hengliang.web.publication.queries import published

    copy = published().first()
    return reverse("public-page", args=[copy.pk]) if copy else reverse("home")


def told(home: Path, now: Served, language: str) -> str:
    """What is said of a server that answers: where, with which accounts, how to stop it."""
    accounts = _accounts(home)
    lines = [now.url]
    if accounts:
        lines += [
            message("the worked example: {page}", page=now.page).say(language),
            message("to sign in: {page}", page=f"{now.url}account/sign-in/").say(language),
            *(
                f"  {username:<10}{password:<14}{WORDS[Role(role)].say(language)}  {name}"
                for username, name, password, role in accounts
            ),
        ]
    stop = f"hengliang serve --home {home} --stop"
    return "\n".join([*lines, message("to stop it: {command}", command=stop).say(language)]) + "\n"
