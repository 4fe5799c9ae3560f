"""The worked example as a running installation: organisations, one person for each role, the form of 2023."""

import tomllib
from datetime import date, timedelta
from pathlib import Path
from typing import NamedTuple

from django.db import transaction

from hengliang import api
from hengliang.web.accounts.actions import add_organisation, add_person, give_role
from hengliang.web.accounts.models import Organisation, Person
from hengliang.web.declarations.actions import begin
from hengliang.web.declarations.actions_rounds import open_round
from hengliang.web.declarations.models import Declaration
from hengliang.web.library.actions import plant
from hengliang.web.workflow.roles import Role

_PLACES = tomllib.loads((Path(__file__).parent / "demo.toml").read_text("utf-8"))


class Account(NamedTuple):
    """An account of the demonstration with its password."""

    username: str
    full_name: str
    password: str
    role: str


def round_name(year: int) -> str:
    """How the round of a year is called."""
    return _PLACES["round"]["name"].format(year=year)


def near_deadlines(today: date) -> dict[str, date]:
    """The deadlines of a round that is open, by the fields of a round."""
    return {name: today + timedelta(days) for name, days in _PLACES["round"]["days"].items()}


def past_deadlines(year: int) -> dict[str, date]:
    """The deadlines of the round of a year that is over."""
    return {name: date(year + after, *day) for name, (after, *day) in _PLACES["round"]["kept"].items()}


@transaction.atomic
def load(
    form_file: Path, password: str | None = None, today: date | None = None
) -> tuple[Declaration, list[Account]]:
    """Fills an empty installation with the worked example. `password` is given to all accounts; None makes
    one for each. The round has deadlines near `today`, or none. Raises form.errors.UnreadableFile when the
    form cannot be read."""
    reading = api.read(form_file)
    form, source = reading.forms[0]
    year = form.fiscal_year or 2023
    places: dict[str, Organisation] = {}
    for name, one in _PLACES["organisations"].items():
        called = (form.organisation if name == _PLACES["unit"] else None) or one["name"]
        above = places.get(one.get("parent", ""))
        places[name] = add_organisation(None, name=called, code=one["code"], kind=one["kind"], parent=above)
    accounts: list[Account] = []
    for one in _PLACES["people"]:
        person, made = add_person(
            None,
            username=one["account"],
            full_name=one["name"],
            organisation=places.get(one.get("works_in", "")),
            password=password,
        )
        give_role(None, person, Role(one["role"]), places[one["reach"]])
        accounts.append(Account(one["account"], one["name"], made, one["role"]))
    Person.objects.update(must_change_password=False)
    round_ = open_round(
        None,
        places[_PLACES["round"]["place"]],
        name=round_name(year),
        fiscal_year=year,
        profile=api.DEFAULT_PROFILE,
        **(near_deadlines(today) if today else {}),
    )
    plant(None)
    unit = places[_PLACES["unit"]]
    return begin(None, round_, unit, form=form, source=source, file=form_file.name), accounts
