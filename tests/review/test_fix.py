"""Safe fixes are applied until nothing is left; nothing else changes."""

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings

from hengliang.base.finding import Edit, Finding, Fix, Severity
from hengliang.base.message import message
from hengliang.base.place import Spot
from hengliang.base.profile import load_profile
from hengliang.form.field import text_at
from hengliang.form.model import Form
from hengliang.form.source import Source
from hengliang.review.fix import apply_safe, fix_form
from hengliang.review.rule import Context, Outcome, Rule, proposal, safe_fix
from tests.factories import finding, form, indicator, safe
from tests.form.strategies import any_forms, printed_forms

PROFILE = load_profile("national-2015")
SAY = message("write it properly")


def _rule(code: str, find) -> Rule:
    rule = Rule(code, "fault", "问题", "fault", Severity.WARNING, ("88:规范",), ("goals",), fix="safe")

    @rule.check
    def check(context: Context) -> Iterator[Outcome]:
        yield from find(rule, context)

    return rule


def _replacing(code: str, old: str, new: str) -> Rule:
    """A rule that wants `new` for the first `old` in every goal."""

    def find(rule: Rule, context: Context) -> Iterator[Outcome]:
        for number, goal in enumerate(context.form.goals):
            if old in goal:
                path = f"goals/{number}"
                edit = Edit(path, goal, goal.replace(old, new, 1))
                yield rule.finds(path, SAY, fix=safe_fix(SAY, edit))

    return _rule(code, find)


def test_fixes_are_repeated_until_nothing_is_left() -> None:
    fixed = fix_form(form(goals=("aaa", "xa")), PROFILE, rules=[_replacing("T98", "a", "b")])
    assert fixed.form.goals == ("bbb", "xb")
    assert fixed.review.findings == ()
    assert [one.code for one in fixed.applied] == ["T98"] * 4


def test_two_fixes_for_one_field_are_both_applied_in_turn() -> None:
    rules = [_replacing("T97", "a", "1"), _replacing("T98", "b", "2")]
    assert fix_form(form(goals=("ab",)), PROFILE, rules=rules).form.goals == ("12",)


def test_rules_that_undo_each_other_come_to_an_end() -> None:
    rules = [_replacing("T97", "a", "b"), _replacing("T98", "b", "a")]
    assert fix_form(form(goals=("a",)), PROFILE, rules=rules).form.goals in (("a",), ("b",))


def test_a_proposal_is_never_applied() -> None:
    def find(rule: Rule, context: Context) -> Iterator[Outcome]:
        del context
        yield rule.finds("goals/0", SAY, fix=proposal(SAY, Edit("goals/0", "甲", "乙")))

    of = form(goals=("甲",))
    fixed = fix_form(of, PROFILE, rules=[_rule("T98", find)])
    assert fixed.form == of
    assert fixed.applied == ()
    assert len(fixed.review.findings) == 1


def test_a_fix_for_another_text_is_left_alone() -> None:
    of = form(goals=("甲",))
    assert apply_safe(of, [finding("T98", "goals/0", fix=safe("goals/0", "丙", "乙"))]) == (of, [])


def test_a_fix_is_applied_whole_or_not_at_all() -> None:
    edits = (Edit("goals/0", "甲", "乙"), Edit("goals/1", "别的", "丁"))
    of = form(goals=("甲", "丙"))
    assert apply_safe(of, [finding("T98", "goals/0", fix=Fix(True, SAY, edits))]) == (of, [])


def test_an_impossible_fix_does_not_stop_the_others() -> None:
    of = form(indicator(points="3"), goals=("甲",))
    found = [
        finding("W98", "indicators/0/points", fix=safe("indicators/0/points", "3", "many")),
        finding("T98", "goals/0", fix=safe("goals/0", "甲", "乙")),
    ]
    mended, applied = apply_safe(of, found)
    assert mended.goals == ("乙",)
    assert [one.code for one in applied] == ["T98"]


def test_unwanted_fixes_are_left_alone() -> None:
    of = form(goals=("a", "a"))

    def is_wanted(form: Form, finding: Finding) -> bool:
        del form
        return finding.spots[0].path != "goals/0"

    fixed = fix_form(of, PROFILE, rules=[_replacing("T98", "a", "b")], accept=is_wanted)
    assert fixed.form.goals == ("a", "b")


def test_a_fault_of_the_layout_is_mended_by_writing_anew() -> None:
    def find(rule: Rule, context: Context) -> Iterator[Outcome]:
        for path in context.source.joins:
            yield rule.finds((Spot(path, 0, 1),), SAY, fix=safe_fix(SAY))

    source = Source(joins={"goals/0": (2,)})
    fixed = fix_form(form(goals=("甲乙丙",)), PROFILE, source, rules=[_rule("T98", find)])
    assert [one.code for one in fixed.applied] == ["T98"]
    assert fixed.source.joins == {}
    assert fixed.review.findings == ()


def test_what_was_printed_of_a_mended_field_is_forgotten() -> None:
    source = Source(printed={"goals/0": "a", "goals/1": "c"})
    fixed = fix_form(form(goals=("a", "c")), PROFILE, source, rules=[_replacing("T98", "a", "b")])
    assert fixed.source.printed == {"goals/1": "c"}


@pytest.mark.parametrize("forms", [any_forms(), printed_forms()], ids=["any", "printed"])
def test_fixing_twice_changes_nothing_more(forms) -> None:
    @settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
    @given(forms)
    def check(of: Form) -> None:
        once = fix_form(of, PROFILE)
        twice = fix_form(once.form, PROFILE, once.source)
        assert twice.form == once.form
        assert twice.applied == ()

    check()


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(printed_forms())
def test_only_the_fields_of_applied_edits_change(of: Form) -> None:
    fixed = fix_form(of, PROFILE)
    edited = {edit.path for one in fixed.applied for edit in one.edits}
    for number in range(len(of.indicators)):
        for name in ("name", "target", "unit", "operator", "points", "criterion"):
            path = f"indicators/{number}/{name}"
            assert path in edited or text_at(of, path) == text_at(fixed.form, path)
