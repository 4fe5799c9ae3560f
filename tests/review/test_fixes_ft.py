"""Fixes of the rules on completeness and wording: each mends what it was offered for, once is enough."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hengliang.base.finding import Finding
from hengliang.base.profile import load_profile
from hengliang.form.field import text_at, with_texts
from hengliang.form.model import Form, Indicator, Kind, Purpose
from hengliang.form.source import Source
from hengliang.review.catalogue import rule_by_code
from hengliang.review.rule import Context, Rule
from tests.rules.cases import Case, all_cases

PROFILE = load_profile("national-2015")
CASES = [case for case in all_cases() if case.code[0] in "FT" and case.outcome == "fails"]


def _findings(rule: Rule, form: Form, context: Context) -> list[Finding]:
    again = Context(form, context.profile, Source(printed=context.source.printed), context.previous)
    return [outcome for outcome in rule.run(again) if isinstance(outcome, Finding)]


def _applied(form: Form, findings: list[Finding]) -> Form:
    """`form` with every fix whose old text still stands."""
    for finding in findings:
        edits = finding.fix.edits if finding.fix else ()
        if all(text_at(form, edit.path) == edit.old for edit in edits):
            form = with_texts(form, {edit.path: edit.new for edit in edits})
    return form


@pytest.mark.parametrize("case", CASES, ids=str)
def test_fix_mends_its_finding_and_is_applied_once(case: Case) -> None:
    rule = rule_by_code()[case.code]
    findings = [outcome for outcome in rule.run(case.context) if isinstance(outcome, Finding)]
    fixable = [finding for finding in findings if finding.fix and finding.fix.edits]
    mended = _applied(case.context.form, fixable)
    left = {spot.path for finding in _findings(rule, mended, case.context) for spot in finding.spots}
    for finding in fixable:
        assert left.isdisjoint(edit.path for edit in finding.fix.edits)  # type: ignore[union-attr]
    assert _applied(mended, fixable) == mended
    for path, text in case.fixed.items():
        assert text_at(mended, path) == text


@pytest.mark.parametrize("case", CASES, ids=str)
def test_offered_fixes_are_of_the_kind_that_the_rule_states(case: Case) -> None:
    rule = rule_by_code()[case.code]
    kinds = {"safe" if outcome.fix.safe else "proposal" for outcome in rule.run(case.context)
             if isinstance(outcome, Finding) and outcome.fix}  # fmt: skip
    assert kinds <= {rule.fix}


PIECES = st.sampled_from(
    [*"。，；、：？！,;:()（）19９：“”… A", "500", "目标", "核查", "矿山", "年度", "2023年", "2023", "上年度",
     "图班", "指标植", "物", "拔款"]
)  # fmt: skip
TEXTS = st.lists(PIECES, min_size=1, max_size=12).map("".join)


def _form(text: str) -> Form:
    return Form(
        kind=Kind.DEPARTMENT,
        purpose=Purpose.DECLARATION,
        fiscal_year=2023,
        goals=(text,),
        indicators=(Indicator(name=text, explanation=text), Indicator(name="绿色矿山核查数量")),
    )


@pytest.mark.parametrize("code", ["T01", "T02", "T04", "T05", "T08"])
@given(text=TEXTS)
def test_any_text_is_mended_at_once(code: str, text: str) -> None:
    rule = rule_by_code()[code]
    context = Context(_form(text), PROFILE)
    findings = [outcome for outcome in rule.run(context) if isinstance(outcome, Finding)]
    mended = _applied(context.form, findings)
    assert [finding for finding in _findings(rule, mended, context) if finding.fix] == []
    assert _applied(mended, findings) == mended


MARKS = st.lists(
    st.tuples(st.integers(1, 14), st.sampled_from(["{}、", "（{}）", "{}.", "目标{}："])), max_size=8
).map(lambda marks: tuple(pattern.format(number) for number, pattern in marks))


@given(marks=MARKS)
def test_any_numbering_is_mended_at_once(marks: tuple[str, ...]) -> None:
    rule = rule_by_code()["F16"]
    form = Form(
        kind=Kind.DEPARTMENT, purpose=Purpose.DECLARATION, goals=("甲。",) * len(marks), goal_marks=marks
    )
    context = Context(form, PROFILE)
    mended = _applied(form, _findings(rule, form, context))
    assert _findings(rule, mended, context) == []
