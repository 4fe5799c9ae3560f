"""Who may move a form, edit it, ask about it and give an opinion on it: by role, state, unit and hand."""

from collections.abc import Callable

import pytest

from hengliang.web.accounts.models import Person
from hengliang.web.accounts.policies import Refused
from hengliang.web.declarations import policies
from hengliang.web.declarations.models import Change, Declaration, Opinion, Step, Version
from hengliang.web.workflow.moves import MOVES
from hengliang.web.workflow.states import EDITABLE, State

Named = Callable[[str], Person]
MAY = {
    "prepare": {"tianbao", "fuze"},
    "take_back": {"tianbao", "fuze"},
    "submit": {"fuze"},
    "return_by_department": {"zhuguan"},
    "approve_by_department": {"zhuguan"},
    "return_by_finance": {"shenhe"},
    "reject": {"pifu"},
    "reopen": {"pifu"},
    "approve": {"pifu"},
    "adjust": {"fuze"},
    "give_up_adjustment": {"fuze"},
    "submit_adjustment": {"fuze"},
    "return_adjustment": {"shenhe"},
    "refuse_adjustment": {"pifu"},
    "approve_adjustment": {"pifu"},
    "monitor": {"fuze"},
    "self_evaluate": {"fuze"},
    "return_self_evaluation": {"shenhe"},
    "check": {"shenhe"},
    "evaluate": set(),
    "publish": {"pifu"},
}
"""The people of the example who may make each move; the evaluation was given to nobody yet."""


def _in(declaration: Declaration, state: State) -> Declaration:
    declaration.state = state.value
    return declaration


@pytest.mark.parametrize("name", MOVES)
def test_each_move_is_for_its_roles_in_its_states(name: str, example: Declaration) -> None:
    move = MOVES[name]
    people = list(Person.objects.all())
    for state in State:
        able = {
            one.username
            for one in people
            if policies.why_not(one, _in(example, state), move, wrote=False) is None
        }
        assert able == (MAY[name] if state in move.sources else set()), state


@pytest.mark.parametrize("name", [name for name, move in MOVES.items() if move.side == "other" and MAY[name]])
def test_nobody_decides_on_the_form_of_their_unit_or_of_their_hand(
    name: str, example: Declaration, person: Named
) -> None:
    move = MOVES[name]
    declaration = _in(example, min(move.sources))
    (who,) = MAY[name]
    assert policies.why_not(person(who), declaration, move) is None
    Change.objects.create(declaration=example, counter=1, row="form", key="*", person=who)
    assert "You wrote" in str(policies.why_not(person(who), declaration, move))
    Change.objects.all().delete()
    Person.objects.filter(username=who).update(organisation=example.organisation)
    assert "their own unit" in str(policies.why_not(person(who), declaration, move))


def test_handing_a_form_in_counts_as_writing_and_deciding_on_it_does_not(
    example: Declaration, person: Named
) -> None:
    def step(move: str, who: str) -> None:
        Step.objects.create(
            declaration=example, move=move, source="x", target="y", person=who, person_name=""
        )

    step("approve_by_department", "zhuguan")
    assert not policies.wrote_in(person("zhuguan"), example)
    step("submit", "fuze")
    assert policies.wrote_in(person("fuze"), example)
    assert policies.written_by(person("tianbao"), [example]) == frozenset()


@pytest.mark.parametrize("state", State)
def test_only_the_unit_edits_and_only_while_the_form_is_open(
    state: State, example: Declaration, person: Named
) -> None:
    declaration = _in(example, state)
    able = {one.username for one in Person.objects.all() if policies.may_edit(one, declaration)}
    assert able == ({"tianbao", "fuze"} if state in EDITABLE else set())
    with pytest.raises(Refused, match="Only the declaring unit"):
        policies.require_edit(person("shenhe"), declaration)
    if state not in EDITABLE:
        with pytest.raises(Refused, match="locked"):
            policies.require_edit(person("tianbao"), declaration)


@pytest.mark.parametrize("state", State)
def test_findings_are_set_aside_by_the_unit_while_it_writes_and_by_reviewers_while_they_review(
    state: State, example: Declaration
) -> None:
    declaration = _in(example, state)
    able = {one.username for one in Person.objects.all() if policies.may_set_aside(one, declaration)}
    reviewed = {State.SUBMITTED, State.DEPARTMENT_APPROVED, State.ADJUSTMENT_SUBMITTED}
    reviewers = {"zhuguan", "shenhe", "pifu"}
    assert able == ({"tianbao", "fuze"} if state in EDITABLE else reviewers if state in reviewed else set())


@pytest.mark.parametrize("state", State)
def test_an_opinion_is_written_by_whose_turn_it_is(state: State, example: Declaration, person: Named) -> None:
    declaration = _in(example, state)
    turn = {State.SUBMITTED: {"zhuguan": "department"}, State.DEPARTMENT_APPROVED: {"shenhe": "finance"}}
    sides = {one.username: policies.opinion_side(one, declaration) for one in Person.objects.all()}
    assert {who: side for who, side in sides.items() if side} == turn.get(state, {})
    for who in turn.get(state, {}):
        Change.objects.create(declaration=example, counter=1, row="form", key="*", person=who)
        assert policies.opinion_side(person(who), declaration) is None
        Change.objects.all().delete()
        Person.objects.filter(username=who).update(organisation=example.organisation)
        assert policies.opinion_side(person(who), declaration) is None


def test_reviewers_of_other_units_ask_and_the_unit_answers(example: Declaration, person: Named) -> None:
    def able(check: Callable[[Person, Declaration], bool]) -> set[str]:
        return {one.username for one in Person.objects.all() if check(one, example)}

    assert able(policies.may_ask) == {"zhuguan", "shenhe", "pifu"}
    assert able(policies.may_answer) == {"zhuguan", "shenhe", "pifu", "tianbao", "fuze"}
    Person.objects.filter(username="shenhe").update(organisation=example.organisation)
    assert able(policies.may_ask) == {"zhuguan", "pifu"}


@pytest.mark.parametrize(
    ("grade", "good", "bad"),
    [("优", True, False), ("良", True, False), ("中", False, False), ("差", False, True), ("", False, False)],
)
def test_what_the_grade_of_finance_allows(
    grade: str, good: bool, bad: bool, approved: Declaration, person: Named
) -> None:
    version = Version.objects.get(declaration=approved)

    def opinion(of: Version, side: str, given: str) -> None:
        Opinion.objects.create(version=of, side=side, grade=given, author=person("shenhe"))

    def holds(need: str) -> bool:
        return policies.NEEDS[need](approved) is None  # type: ignore[index]

    opinion(version, "department", "优")
    assert not holds("good_opinion")
    opinion(version, "finance", grade)
    assert (holds("good_opinion"), holds("bad_opinion")) == (good, bad)
    # An opinion on an older version says nothing of the newest.
    Version.objects.create(
        declaration=approved,
        number=2,
        content=version.content,
        digest="x",
        made_by="fuze",
    )
    assert (holds("good_opinion"), holds("bad_opinion")) == (False, False)


def test_a_need_that_nothing_answers_is_unmet(approved: Declaration, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(policies.NEEDS, "copy")
    assert len(policies.unmet(approved, MOVES["publish"])) == 1
