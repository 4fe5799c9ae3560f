"""Values, scoring standards and weights: what must stay silent, fixes that hold, and rows in any order."""

import random
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hengliang.base.finding import Finding, NotApplicable
from hengliang.base.profile import load_profile, profile_names
from hengliang.form.field import text_at, with_texts
from hengliang.form.model import Form
from hengliang.form.read import read_document
from hengliang.review.catalogue import selected
from hengliang.review.fix import fix_form, real_edits
from hengliang.review.rule import Context, Rule
from tests.rules.cases import Case, all_cases

RULES = selected(("V", "S", "W"))
BY_CODE = {rule.code: rule for rule in RULES}
CASES = [case for case in all_cases() if case.code in BY_CODE]
COUNTER_EXAMPLE = Form.model_validate_json(
    (Path(__file__).parent / "counter_example.json").read_text(encoding="utf-8")
)
EXAMPLE = read_document(Path(__file__).parents[2] / "examples" / "hengyang-2023.txt").forms[0].form


def _findings(rule: Rule, context: Context) -> list[Finding]:
    return [outcome for outcome in rule.run(context) if isinstance(outcome, Finding)]


@pytest.mark.parametrize("profile", profile_names())
@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_counter_example_is_silent(rule: Rule, profile: str) -> None:
    outcomes = list(rule.run(Context(COUNTER_EXAMPLE, load_profile(profile))))
    assert [outcome for outcome in outcomes if not isinstance(outcome, NotApplicable)] == []


def test_counter_example_is_judged() -> None:
    context = Context(COUNTER_EXAMPLE, load_profile("national-2015"))
    not_judged = {outcome.code for rule in RULES for outcome in rule.run(context)}
    assert not_judged <= {"S12", "W09", "W12"}


FIXED = [case for case in CASES if case.outcome == "fails"]


@pytest.mark.parametrize("case", FIXED, ids=str)
def test_fix_mends_its_finding_and_nothing_is_left_of_it(case: Case) -> None:
    rule, context = BY_CODE[case.code], case.context
    form = context.form
    offered = [finding for finding in _findings(rule, context) if finding.fix and real_edits(finding.fix)]
    for finding in offered:
        assert finding.fix is not None
        assert all(text_at(form, edit.path) == edit.old for edit in finding.fix.edits)
        form = with_texts(form, {edit.path: edit.new for edit in finding.fix.edits})
    mended = Context(form, context.profile, context.source, context.previous)
    left = {finding.spots[0].path for finding in _findings(rule, mended)}
    # A bare type change may leave a rule with more to say of the same cell only where it offered no mend.
    assert left.isdisjoint({finding.spots[0].path for finding in offered})
    assert {path: text_at(form, path) for path in case.fixed} == case.fixed


@pytest.mark.parametrize("code", sorted(BY_CODE))
def test_a_rule_that_offers_fixes_shows_one(code: str) -> None:
    rule = BY_CODE[code]
    fixes = [
        finding.fix
        for case in FIXED
        if case.code == code
        for finding in _findings(rule, case.context)
        if finding.fix
    ]
    kinds = {"safe" if fix.safe else "proposal" for fix in fixes}
    assert rule.fix in kinds if rule.fix != "none" else not kinds


@pytest.mark.parametrize("profile", profile_names())
@pytest.mark.parametrize("form", [EXAMPLE, COUNTER_EXAMPLE], ids=["example", "counter-example"])
def test_safe_fixes_twice_change_nothing_the_second_time(form: Form, profile: str) -> None:
    first = fix_form(form, load_profile(profile), rules=RULES)
    again = fix_form(first.form, load_profile(profile), rules=RULES)
    assert again.form == first.form
    assert again.applied == ()


def test_safe_fixes_keep_every_promise() -> None:
    mended = fix_form(EXAMPLE, load_profile("hunan"), rules=RULES).form
    for before, after in zip(EXAMPLE.indicators, mended.indicators, strict=True):
        assert (before.name, before.target, before.points) == (after.name, after.target, after.points)
        assert after.points_in == "column"
        assert (after.criterion or "").startswith((before.criterion or "").rstrip("。"))


@given(st.randoms(use_true_random=False))
def test_order_of_rows_changes_nothing(shuffler: random.Random) -> None:
    rows = list(enumerate(EXAMPLE.indicators))
    shuffler.shuffle(rows)
    profile = load_profile("national-2015")
    shuffled = EXAMPLE.model_copy(update={"indicators": tuple(row for _, row in rows)})
    was = [index for index, _ in rows]

    def said(form: Form, places: list[int]) -> set[tuple[str, str]]:
        found: set[tuple[str, str]] = set()
        context = Context(form, profile)
        for rule in RULES:
            for finding in _findings(rule, context):
                head, _, rest = finding.spots[0].path.partition("/")
                index, _, field = rest.partition("/")
                found.add((rule.code, f"{head}/{places[int(index)]}/{field}" if rest else head))
        return found

    assert said(shuffled, was) == said(EXAMPLE, list(range(len(rows))))


CELLS = {
    "level1": ["产出指标", "效益指标", "满意度指标", "成本指标", "决策", None],
    "level2": ["数量指标", "质量指标", "时效指标", "成本指标", "经济效益指标", "满意度指标", "其他", None],
    "name": [
        "核查矿山",
        "满意度",
        "安全事故",
        "预算执行率",
        "年度计划完成率",
        "其中：新建",
        "造林面积（亩）",
        "监…",
        "",
    ],
    "operator": ["≥", ">", "=", "<", "≤", "定性", None],
    "target": [
        "100",
        "0",
        "-5",
        "1,200",
        "50-60",
        "12月底前",
        "2024-06-30",
        "有效推进",
        "是",
        "",
        "9" * 70,
        None,
    ],
    "unit": ["%", "家", "月", "年", "万元", "元", "亩", "公顷", "万元/处", "圪塔", "", None],
    "explanation": ["核查60家", "2023年年底完成", "合格数÷总数×100%", "2024年6月底前…", "", None],
    "criterion": [
        "每少1家扣0.1分",
        "未达到90%每降低1%扣1分",
        "每超过1个月…",
        "完成得满分",
        "未完成不得分",
        "每超1家加1分",
        "扣0…",
        "显著计6分，一般计3分",
        "每0家扣0分",
        "得0分",
        "酌情扣分",
        "",
        None,
    ],
    "points": [
        Decimal(0),
        Decimal("-1"),
        Decimal("0.3"),
        Decimal("2.355"),
        Decimal(10),
        Decimal("1E+3"),
        None,
    ],
    "points_in": ["column", "remark", None],
    "remark": ["3分", "调整", "", None],
    "truncated": [(), ("name", "explanation", "criterion", "target")],
}


@given(
    st.lists(
        st.fixed_dictionaries({key: st.sampled_from(cells) for key, cells in CELLS.items()}), max_size=7
    ),
    st.sampled_from(["declaration", "self_evaluation", "monitoring"]),
    st.sampled_from([None, 2023]),
    st.sampled_from([None, {"rows": [{"name": "年度资金总额", "points": "10"}]}]),
    st.sampled_from(profile_names()),
)
def test_any_form_gets_an_answer(
    rows: list[Any], purpose: str, year: int | None, money: Any, name: str
) -> None:
    fields = {"kind": "project", "purpose": purpose, "fiscal_year": year, "money": money, "indicators": rows}
    form = Form.model_validate({**fields, "goals": ["完成绿色矿山核查60家。"]})
    context = Context(form, load_profile(name))
    for rule in RULES:
        for outcome in rule.run(context):
            if isinstance(outcome, Finding):
                assert outcome.message.say("zh_Hans")
                for spot in outcome.spots:
                    text = text_at(form, spot.path)
                    assert spot.start is None or (
                        text is not None and 0 <= spot.start < (spot.end or 0) <= len(text)
                    )
                for edit in outcome.fix.edits if outcome.fix else ():
                    assert text_at(form, edit.path) == edit.old
                    with_texts(form, {edit.path: edit.new})
