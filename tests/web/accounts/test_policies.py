"""How far a role reaches: its own organisation, all below it, or only what was given by name."""

from collections.abc import Callable

import pytest

from hengliang.web.accounts.actions import add_organisation, give_role
from hengliang.web.accounts.models import Organisation, Person
from hengliang.web.accounts.policies import belongs_to, may, permissions_of, reach
from hengliang.web.declarations.models import Declaration
from hengliang.web.workflow.roles import PERMISSIONS, Permission, Role

Named = Callable[[str], Person]


@pytest.fixture
def office(example: Declaration) -> Organisation:
    """An office below the bureau of the example."""
    return add_organisation(
        None, name="下属所", code="430400-305-01", kind="unit", parent=example.organisation
    )


def _reached(who: Person, permission: Permission) -> set[str]:
    found = Organisation.objects.filter(reach(who, permission, "path"))
    return set(found.values_list("code", flat=True))


def test_the_unit_side_reaches_its_own_form_and_none_below(
    example: Declaration, office: Organisation, person: Named
) -> None:
    for name in ("tianbao", "fuze"):
        who = person(name)
        assert may(who, Permission.EDIT, example.organisation)
        assert not may(who, Permission.EDIT, office)
        assert not may(who, Permission.VIEW, Organisation.objects.get(code="430400"))
        assert _reached(who, Permission.VIEW) == {"430400-305"}


def test_reviewers_reach_all_below_theirs_and_nothing_above(office: Organisation, person: Named) -> None:
    below = {"430400", "430400-101", "430400-305", "430400-305-01"}
    for name, permission in (("zhuguan", Permission.REVIEW_DEPARTMENT), ("pifu", Permission.APPROVE)):
        who = person(name)
        assert _reached(who, permission) == _reached(who, Permission.VIEW) == below
        for code in below:
            assert may(who, permission, Organisation.objects.get(code=code))
        assert not may(who, permission, Organisation.objects.get(code="430000"))
        assert _reached(who, Permission.EDIT) == set()


def test_an_evaluator_reaches_no_organisation(example: Declaration, person: Named) -> None:
    evaluator = person("pingjia")
    assert may(evaluator, Permission.EVALUATE)
    for permission in PERMISSIONS[Role.EVALUATOR]:
        assert not may(evaluator, permission, example.organisation)
        assert _reached(evaluator, permission) == set()


def test_a_closed_organisation_gives_no_permission(example: Declaration, person: Named) -> None:
    Organisation.objects.filter(pk=example.organisation.pk).update(active=False)
    clerk = person("tianbao")
    assert permissions_of(clerk) == frozenset()
    assert not may(clerk, Permission.EDIT, example.organisation)


def test_who_belongs_to_a_unit(example: Declaration, office: Organisation, person: Named) -> None:
    bureau = example.organisation
    clerk, reviewer = person("tianbao"), person("shenhe")
    assert belongs_to(clerk, bureau)
    assert not belongs_to(reviewer, bureau)
    # Who works there, without a role in it.
    Person.objects.filter(pk=reviewer.pk).update(organisation=bureau)
    assert belongs_to(person("shenhe"), bureau)
    # Who fills in for it, and works elsewhere; a reviewer's role for it is none of the unit's.
    Person.objects.filter(pk=clerk.pk).update(organisation=office)
    assert belongs_to(person("tianbao"), bureau)
    give_role(None, person("pifu"), Role.FINANCE_REVIEWER, bureau)
    assert not belongs_to(person("pifu"), bureau)
