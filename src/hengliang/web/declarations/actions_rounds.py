"""Writes of rounds: opened, closed, opened again."""

from datetime import date
from typing import Any

from django.db import IntegrityError, transaction

from hengliang.base.message import message
from hengliang.web.accounts.models import Organisation, Person
from hengliang.web.accounts.policies import Refused, require
from hengliang.web.audit.actions import record
from hengliang.web.declarations.models import Round
from hengliang.web.workflow.roles import Permission


@transaction.atomic
def open_round(
    actor: Person | None,
    organisation: Organisation,
    *,
    name: str,
    fiscal_year: int,
    profile: str,
    **deadlines: Any,
) -> Round:
    """A new round for all organisations below `organisation`. Raises `Refused`."""
    if actor is not None:
        require(actor, Permission.MANAGE_ROUNDS, organisation)
    try:
        with transaction.atomic():
            made = Round.objects.create(
                organisation=organisation, name=name, fiscal_year=fiscal_year, profile=profile, **deadlines
            )
    except IntegrityError as error:
        if not _is_there(organisation, fiscal_year, name):
            raise
        raise Refused(message("There is a round of this name for the year already.")) from error
    record(
        actor,
        "round.open",
        f"round:{made.pk}",
        name,
        organisation.code,
        fiscal_year=fiscal_year,
        profile=profile,
    )
    return made


def _is_there(organisation: Organisation, fiscal_year: int, name: str) -> bool:
    return Round.objects.filter(organisation=organisation, fiscal_year=fiscal_year, name=name).exists()


@transaction.atomic
def set_deadlines(actor: Person, round_: Round, **deadlines: date | None) -> None:
    """Puts the deadlines of a round (`models.DEADLINES`) on other days; those concerned are reminded anew."""
    require(actor, Permission.MANAGE_ROUNDS, round_.organisation)
    Round.objects.filter(pk=round_.pk).update(**deadlines)
    days = {name: day.isoformat() if day else None for name, day in deadlines.items()}
    place = round_.organisation.code
    record(actor, "round.deadlines", f"round:{round_.pk}", round_.name, place, deadlines=days)


@transaction.atomic
def set_round_open(actor: Person, round_: Round, is_open: bool) -> None:
    """Closes a round for new forms, or opens it again."""
    require(actor, Permission.MANAGE_ROUNDS, round_.organisation)
    Round.objects.filter(pk=round_.pk).update(open=is_open)
    event = "round.reopen" if is_open else "round.close"
    record(actor, event, f"round:{round_.pk}", round_.name, round_.organisation.code)
