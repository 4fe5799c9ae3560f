"""What each move needs, whether it asks for a reason, and who is told of it."""

from hengliang.web.workflow.moves import MOVES
from hengliang.web.workflow.roles import Role

NEEDS = {
    "submit": ("no_errors",),
    "reject": ("bad_opinion",),
    "approve": ("good_opinion",),
    "submit_adjustment": ("no_errors",),
    "monitor": ("stage",),
    "self_evaluate": ("self_evaluation",),
    "check": ("check",),
    "evaluate": ("evaluation",),
    "publish": ("copy",),
}
REASONED = {
    "return_by_department", "return_by_finance", "reject", "reopen", "adjust", "return_adjustment",
    "refuse_adjustment", "return_self_evaluation",
}  # fmt: skip
QUIET = {"take_back", "give_up_adjustment"}
"""Moves by which a unit takes back what was its own: nobody else has to know."""


def test_what_must_hold_before_a_move() -> None:
    assert {name: move.needs for name, move in MOVES.items() if move.needs} == NEEDS


def test_whatever_goes_back_or_is_changed_has_a_reason() -> None:
    assert {name for name, move in MOVES.items() if move.reason} == REASONED


def test_whoever_acts_next_or_is_decided_on_is_told() -> None:
    assert {name for name, move in MOVES.items() if not move.told} == QUIET
    for name, move in MOVES.items():
        if move.side == "other":
            assert Role.UNIT_HEAD in move.told, name
        if move.reason and move.side == "other":
            assert Role.CLERK in move.told, name
    assert Role.DEPARTMENT_REVIEWER in MOVES["submit"].told
    assert Role.FINANCE_REVIEWER in MOVES["approve_by_department"].told
    assert Role.FINANCE_APPROVER in MOVES["submit_adjustment"].told
