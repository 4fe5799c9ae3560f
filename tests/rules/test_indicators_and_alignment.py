"""Indicators and alignment: the worked example row by row, other offices, fixes, and any form at all."""

import json
import random
from collections import defaultdict
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hengliang.base.finding import Finding, NotApplicable, Undecidable
from hengliang.base.profile import load_profile, profile_names
from hengliang.form.field import text_at, with_texts
from hengliang.form.model import Form
from hengliang.form.read import read_document
from hengliang.review.catalogue import selected
from hengliang.review.fix import real_edits
from hengliang.review.rule import Context, Outcome, Rule
from tests.rules.cases import Case, all_cases

HERE = Path(__file__).parent
RULES = selected(("I", "G"))
BY_CODE = {rule.code: rule for rule in RULES}
EXAMPLE = read_document(HERE.parents[1] / "examples" / "hengyang-2023.txt").forms[0].form
COUNTER_EXAMPLE = Form.model_validate_json((HERE / "counter_example.json").read_text(encoding="utf-8"))
OFFICES = json.loads((HERE / "offices.json").read_text(encoding="utf-8"))

ROWS = """
I04 | I02 I04 I23 G03 | I07 G03 | I04 I07 I08 I11 G03 | I04 I05 I11 I22 G03 | I02 I12 G03
| I02 I06 I07 I12 I22 G03 | I06 I08 I09 | I04 I08 I09 | I04 I05 I08 I13 | I01 I04 I07 I13 G03
| I02 I07 I13 I22 I23 G03 | I04 I05 I14 I16 G03 | I15 I16 | I04 I15 I16 | I15 I16 G03 | I04 I15
| I04 I06 I15 G03 | I04 I17 | I04 I15 I17 I18 | I01 I04 I15 I18 G03 | I04 I15 I19 | I04 I15 I19
| I08 I09 I20 I21 | I08 I09 I21
"""
UNMEASURED = [
    "全面实现土地等项目拿地即开工",
    "抓紧实施一批地质找矿项目",
    "扎实推进“田长制”",
    "确保新建矿山100%达到绿色矿山标准",
    "推进县市区铁塔监测工作",
    "实行“一地一码”",
    "推动衡阳国土空间总体规划",
    "村庄规划落地实施",
    "有序推进储备土地",
    "平台公司土地入市",
    "保障中低收入群众保障性住房刚需",
    "打造一批低容积率、大平层、商业公寓、第四代建筑等精品高端住宅",
]


def outcomes(form: Form, profile: str = "national-2015", rules: tuple[Rule, ...] = RULES) -> list[Outcome]:
    context = Context(form, load_profile(profile))
    return [outcome for rule in rules for outcome in rule.run(context)]


def findings(form: Form, profile: str = "national-2015") -> list[Finding]:
    return [outcome for outcome in outcomes(form, profile) if isinstance(outcome, Finding)]


def by_row(found: list[Finding]) -> dict[int, set[str]]:
    rows: dict[int, set[str]] = defaultdict(set)
    for finding in found:
        path = finding.spots[0].path
        if path.startswith("indicators/"):
            rows[int(path.split("/")[1])].add(finding.code)
    return rows


@pytest.mark.parametrize("profile", profile_names())
def test_rows_of_the_worked_example(profile: str) -> None:
    expected = {index: set(codes.split()) for index, codes in enumerate(ROWS.split("|"))}
    if profile == "national-2021":
        for index in (9, 10, 11):
            expected[index].add("I03")
    assert by_row(findings(EXAMPLE, profile)) == expected


def test_the_worked_example_as_a_whole() -> None:
    found = [finding for finding in findings(EXAMPLE) if not finding.spots[0].path.startswith("indicators/")]
    assert [finding.observed for finding in found if finding.code == "G01"] == UNMEASURED
    assert [(finding.code, finding.spots[0].path) for finding in found if finding.code != "G01"] == [
        ("G02", "goals/0"),
        ("G02", "goals/0"),
        ("G02", "goals/2"),
        ("G02", "goals/3"),
        ("G04", "duties/3"),
        ("G05", "goals/1"),
        ("G06", "goals/4"),
        ("G07", "goals/4"),
    ]


def test_what_the_worked_example_leaves_open() -> None:
    open_ones = [outcome for outcome in outcomes(EXAMPLE) if isinstance(outcome, Undecidable)]
    cut_names = [index for index, row in enumerate(EXAMPLE.indicators) if "name" in row.truncated]
    assert [(one.code, one.spots[0].path) for one in open_ones] == [
        *(("I04", f"indicators/{index}/name") for index in cut_names),
        ("G01", "goals/5"),
    ]


@pytest.mark.parametrize("profile", profile_names())
def test_counter_example_is_silent(profile: str) -> None:
    allowed = {"I03"} if profile == "national-2021" else set[str]()
    assert {finding.code for finding in findings(COUNTER_EXAMPLE, profile)} == allowed


@pytest.mark.parametrize("office", OFFICES, ids=lambda office: office["form"]["organisation"])
def test_other_offices_get_what_a_reviewer_would_say(office: dict[str, object]) -> None:
    found = findings(Form.model_validate(office["form"]))
    told = [[finding.code, finding.spots[0].path, finding.observed] for finding in found]
    assert told == office["expected"]


FAILING = [case for case in all_cases() if case.code in BY_CODE and case.outcome == "fails"]


@pytest.mark.parametrize("case", FAILING, ids=str)
def test_a_fix_fits_its_form_and_leaves_nothing_to_mend(case: Case) -> None:
    form, rule = case.context.form, BY_CODE[case.code]
    offered = [
        outcome.fix
        for outcome in rule.run(case.context)
        if isinstance(outcome, Finding) and outcome.fix and real_edits(outcome.fix)
    ]
    for fix in offered:
        assert all(text_at(form, edit.path) == edit.old for edit in fix.edits)
        form = with_texts(form, {edit.path: edit.new for edit in fix.edits})
    again = Context(form, case.context.profile, case.context.source, case.context.previous)
    left = [outcome for outcome in rule.run(again) if isinstance(outcome, Finding) and outcome.fix]
    assert not [finding for finding in left if finding.fix and finding.fix.safe]


def test_rows_in_another_order_get_the_same_findings() -> None:
    order = list(range(len(EXAMPLE.indicators)))
    random.Random(7).shuffle(order)
    shuffled = EXAMPLE.model_copy(update={"indicators": tuple(EXAMPLE.indicators[index] for index in order)})
    rows = by_row(findings(shuffled))
    assert {order[place]: codes for place, codes in rows.items()} == by_row(findings(EXAMPLE))


PIECES = """确保 新建 矿山 学生 满意度 资金 经费 、 和 及时 率 100% 1.2万亩 培训 “ ” （ ） … 2023年 公路 合格
造林 面积 达到 标准 等部门 监测 成本 预算 环境 。 ， 地质灾害 完成 数量 规划 🙂"""
TEXTS = st.lists(st.sampled_from([*PIECES.split(), "\n"]), max_size=8).map("".join)
ROW = st.fixed_dictionaries(
    {
        "name": TEXTS,
        "level1": st.sampled_from(["产出指标", "效益指标", "满意度指标", "成本指标", None]),
        "level2": st.sampled_from(
            ["数量指标", "质量指标", "时效指标", "成本指标", "经济效益指标", "生态效益指标", None]
        ),
        "operator": st.sampled_from(["≥", "≤", "=", "定性", None]),
        "target": st.sampled_from(["100", "1.2", "好", "12月底", None]),
        "unit": st.sampled_from(["%", "万亩", "人", "万元", "月", "？", None]),
        "explanation": st.none() | TEXTS,
        "criterion": st.none() | TEXTS,
        "truncated": st.sampled_from([(), ("name",), ("name", "explanation")]),
    }
)


@given(st.lists(ROW, max_size=6), st.lists(TEXTS, max_size=3), st.lists(TEXTS, max_size=3))
def test_any_form_is_judged_and_every_spot_lies_in_its_text(
    rows: list[dict[str, object]], goals: list[str], duties: list[str]
) -> None:
    data = {
        "kind": "department",
        "purpose": "declaration",
        "indicators": rows,
        "goals": goals,
        "duties": duties,
    }
    form = Form.model_validate(data)
    for outcome in outcomes(form):
        if isinstance(outcome, NotApplicable):
            continue
        assert outcome.spots
        for spot in outcome.spots:
            if spot.start is not None and spot.end is not None:
                text = text_at(form, spot.path)
                assert text is not None
                assert 0 <= spot.start < spot.end <= len(text)
