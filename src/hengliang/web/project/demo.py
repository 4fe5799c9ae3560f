"""The worked example as a running installation: organisations, one person for each role, the form of 2023."""

from pathlib import Path
from typing import NamedTuple

from django.db import transaction

from hengliang import api
from hengliang.web.accounts.actions import add_organisation, add_person, give_role
from hengliang.web.accounts.models import Organisation, Person
from hengliang.web.declarations.actions import begin, open_round
from hengliang.web.declarations.models import Declaration
from hengliang.web.workflow.roles import Role


class Account(NamedTuple):
    """An account of the demonstration with its password."""

    username: str
    full_name: str
    password: str


PEOPLE: tuple[tuple[str, str, Role, str], ...] = (
    ("tianbao", "王填报", Role.CLERK, "bureau"),
    ("fuze", "李负责", Role.UNIT_HEAD, "bureau"),
    ("zhuguan", "赵主管", Role.DEPARTMENT_REVIEWER, "city"),
    ("shenhe", "周审核", Role.FINANCE_REVIEWER, "city"),
    ("pifu", "吴批复", Role.FINANCE_APPROVER, "city"),
    ("pingjia", "郑评价", Role.EVALUATOR, "city"),
    ("shenji", "孙审计", Role.AUDITOR, "city"),
    ("xitong", "钱系统", Role.SYSTEM_ADMINISTRATOR, "city"),
    ("anquan", "冯安全", Role.SECURITY_ADMINISTRATOR, "city"),
    ("sanshen", "陈审计管理", Role.AUDIT_ADMINISTRATOR, "city"),
)
"""The people are invented; each has one role."""


@transaction.atomic
def load(form_file: Path, password: str | None = None) -> tuple[Declaration, list[Account]]:
    """Fills an empty installation with the worked example. `password` is given to all accounts; None makes
    one for each. Raises form.errors.UnreadableFile when the form cannot be read."""
    reading = api.read(form_file)
    form, source = reading.forms[0]
    province = add_organisation(None, name="湖南省", code="430000", kind="province")
    city = add_organisation(None, name="衡阳市", code="430400", kind="city", parent=province)
    finance = add_organisation(None, name="衡阳市财政局", code="430400-101", kind="department", parent=city)
    bureau = add_organisation(
        None,
        name=form.organisation or "衡阳市自然资源和规划局",
        code="430400-305",
        kind="department",
        parent=city,
    )
    places: dict[str, Organisation] = {"city": city, "bureau": bureau}
    accounts: list[Account] = []
    for username, full_name, role, place in PEOPLE:
        works = bureau if place == "bureau" else None if role is Role.EVALUATOR else finance
        person, made = add_person(
            None, username=username, full_name=full_name, organisation=works, password=password
        )
        give_role(None, person, role, places[place])
        accounts.append(Account(username, full_name, made))
    Person.objects.update(must_change_password=False)
    round_ = open_round(
        None,
        city,
        name="2023年度部门整体绩效目标",
        fiscal_year=form.fiscal_year or 2023,
        profile=api.DEFAULT_PROFILE,
    )
    return begin(None, round_, bureau, form=form, source=source, file=form_file.name), accounts
