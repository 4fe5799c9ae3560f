"""Writes of monitoring: plans by month, and what was measured by month."""

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from django.db import transaction

from hengliang.base.message import message
from hengliang.score.phased import MONTHS, Shares
from hengliang.web.accounts.models import Person
from hengliang.web.accounts.policies import Refused
from hengliang.web.declarations.models import Declaration
from hengliang.web.evaluation import policies
from hengliang.web.evaluation.actions import noted
from hengliang.web.evaluation.models import Plan, Series
from hengliang.web.evaluation.scoring import form_in_force
from hengliang.web.jobs.actions import ask
from hengliang.web.jobs.models import Job


class Planned(NamedTuple):
    """The plan of one indicator: its shares, and whether its values add up; None leaves that to the unit."""

    shares: Shares
    adds_up: bool | None


@transaction.atomic
def plan(actor: Person, declaration: Declaration, plans: Mapping[int, Planned | None]) -> None:
    """Plans indicators by their numbers; None takes a plan away. The others keep theirs."""
    declaration = policies.hold_for_report(actor, declaration)
    count = len(form_in_force(declaration).indicators)
    for number, one in sorted(plans.items()):
        if not 1 <= number <= count:
            raise Refused(message("there is no indicator {number}", number=number))
        if one is None:
            Plan.objects.filter(declaration=declaration, number=number).delete()
            continue
        shares = [str(share * 100) for share in one.shares]
        Plan.objects.update_or_create(
            declaration=declaration, number=number, defaults={"shares": shares, "adds_up": one.adds_up}
        )
    noted(actor, "evaluation.plan", declaration, numbers=sorted(plans))


def ask_series(actor: Person, declaration: Declaration, today: date) -> Job:
    """Asks for what was reached by the end of each month that is over. Raises `Refused`."""
    policies.require_report(actor, declaration)
    year = declaration.round.fiscal_year
    until = MONTHS if today.year > year else today.month - 1 if today.year == year else 0
    if not until:
        raise Refused(message("No month of the year is over."))
    given = {"declaration": declaration.pk, "until": until}
    return ask(actor, "evaluation.series", given, f"declaration:{declaration.pk}", str(declaration))


@transaction.atomic
def keep_series(actor: Person, declaration: Declaration, values: dict[str, dict[str, str]]) -> Series:
    """Keeps what was measured by month."""
    policies.hold_for_report(actor, declaration)
    made = Series.objects.create(
        declaration=declaration, version=declaration.approved, values=values, by=actor.username
    )
    noted(actor, "evaluation.series", declaration, series=made.pk, values=len(values))
    return made
