"""Who reports, checks, evaluates and asks for remedies: by role, state, unit and assignment."""

from collections.abc import Callable

import pytest

from hengliang.web.accounts.models import Person
from hengliang.web.accounts.policies import Refused
from hengliang.web.declarations.models import Declaration
from hengliang.web.evaluation import policies
from hengliang.web.evaluation.models import Evaluator
from hengliang.web.workflow.states import State

Named = Callable[[str], Person]
Ask = Callable[[Person, Declaration], None]


def _able(ask: Ask, declaration: Declaration) -> set[str]:
    """The people whom a policy does not refuse."""
    able = set()
    for one in Person.objects.all():
        try:
            ask(one, declaration)
        except Refused:
            continue
        able.add(one.username)
    return able


@pytest.mark.parametrize("state", State)
def test_each_act_has_its_state_and_its_people(state: State, approved: Declaration, person: Named) -> None:
    approved.state = state.value
    reporting = state in (State.APPROVED, State.MONITORED)
    unit = {"tianbao", "fuze"} if reporting else set()
    assert _able(policies.require_report, approved) == unit
    assert {one.username for one in Person.objects.all() if policies.may_report(one, approved)} == unit
    checking = {"shenhe"} if state is State.SELF_EVALUATED else set()
    assert _able(policies.require_check, approved) == checking
    assert _able(policies.require_evaluation, approved) == set()
    Evaluator.objects.create(declaration=approved, person=person("pingjia"), given_by="pifu")
    evaluating = {"pingjia"} if state is State.CHECKED else set()
    assert _able(policies.require_evaluation, approved) == evaluating
    assert _able(policies.require_office, approved) == {"zhuguan", "shenhe", "pifu"}


def test_what_is_stored_counts_and_not_what_was_loaded(approved: Declaration, person: Named) -> None:
    Declaration.objects.filter(pk=approved.pk).update(state="self_evaluated")
    assert approved.state == "approved"
    with pytest.raises(Refused, match="not yet handed in"):
        policies.hold_for_report(person("tianbao"), approved)


def test_nobody_checks_the_own_unit(approved: Declaration, person: Named) -> None:
    Person.objects.filter(username="shenhe").update(organisation=approved.organisation)
    approved.state = "self_evaluated"
    assert _able(policies.require_check, approved) == set()
    assert _able(policies.require_office, approved) == {"zhuguan", "pifu"}
