"""Proposed grades: by the rules found wanting, bounded where rules could not judge."""

import pytest

from hengliang.base.finding import Finding, Severity
from hengliang.base.profile import load_profile
from hengliang.review.catalogue import rule_by_code
from hengliang.review.grade import PointGrade, by_dimension, point_of, propose
from hengliang.review.rule import Rule
from tests.factories import finding

PROFILE = load_profile("national-2015")
POINTS = (
    "规范完整性",
    "明确清晰性",
    "目标相关性",
    "指标科学性",
    "绩效合理性",
    "资金匹配性",
    "实现可能性",
    "条件充分性",
)
E, W, A = Severity.ERROR, Severity.WARNING, Severity.ADVICE


def _rules(per_point: int = 8) -> dict[str, Rule]:
    return {
        f"F{at}{number}": Rule(f"F{at}{number}", "n", "甲", "a", E, (f"88:{point}",), ())
        for at, point in enumerate(POINTS)
        for number in range(per_point)
    }


RULES = _rules()


def _propose(*found: tuple[str, Severity], passed: tuple[str, ...] | None = None):
    findings = [finding(code, severity=severity) for code, severity in found]
    codes = {one.code for one in findings}
    return propose(PROFILE, RULES, findings, (), passed or tuple(RULES.keys() - codes))


def _grade_of(point: PointGrade) -> str | None:
    return point.grade.id if point.grade else None


@pytest.mark.parametrize(
    ("found", "grade"),
    [
        ([], "优"),
        ([A, A, A, A, A, A, A], "优"),
        ([W], "优"),
        ([W, W], "良"),
        ([W, W, W, W], "良"),
        ([W, W, W, W, W], "中"),
        ([E], "中"),
        ([E, E, W, W, W, W], "中"),
        ([E, E, E], "差"),
    ],
)
def test_a_point_is_graded_by_its_rules(found: list[Severity], grade: str) -> None:
    proposed = _propose(*((f"F0{number}", severity) for number, severity in enumerate(found)))
    assert _grade_of(proposed.points[0]) == grade
    assert {_grade_of(point) for point in proposed.points[1:]} == {"优"}


def test_many_places_of_one_rule_count_once() -> None:
    assert _grade_of(_propose(*[("F00", E)] * 25).points[0]) == "中"


def test_a_point_with_too_few_rules_is_not_judged() -> None:
    proposed = _propose(passed=("F00", "F01"))
    assert proposed.points[0].grade is None
    assert (proposed.best.id, proposed.worst.id) == ("优", "差")


@pytest.mark.parametrize(
    ("grades", "overall"),
    [
        ("优优优优优优优优", "优"),
        ("优优优优优优良良", "优"),
        ("优优优优优良良良", "良"),
        ("优优优优优优优中", "良"),
        ("优优优优优优中中", "良"),
        ("优优优优优中中中", "中"),
        ("优优优优优优优差", "中"),
        ("中中中中中中差差", "中"),
        ("优优优优优差差差", "差"),
        ("差差差差差差差差", "差"),
    ],
)
def test_six_in_eight(grades: str, overall: str) -> None:
    """The rule of the review table: at least six of eight points, and none that is ruled out."""
    faults = {"优": [], "良": [W, W], "中": [E], "差": [E, E, E]}
    found = [
        (f"F{at}{number}", severity)
        for at, grade in enumerate(grades)
        for number, severity in enumerate(faults[grade])
    ]
    proposed = _propose(*found)
    assert "".join(str(_grade_of(point)) for point in proposed.points) == grades
    assert proposed.best == proposed.worst
    assert proposed.best.id == overall


def test_open_points_bound_the_overall_grade() -> None:
    passed = tuple(code for code in RULES if code[1] not in "67")
    proposed = _propose(passed=passed)
    assert (proposed.best.id, proposed.worst.id) == ("优", "中")


def test_dimensions_hold_two_points_each() -> None:
    proposed = _propose()
    assert [(first.dimension, len(points)) for first, points in by_dimension(proposed.points)] == [
        ("完整性", 2),
        ("相关性", 2),
        ("适当性", 2),
        ("可行性", 2),
    ]


def test_a_basis_that_names_a_point_comes_before_the_family() -> None:
    rule = Rule("V97", "n", "甲", "a", E, ("101:价值类型", "88:资金匹配性"), ())
    assert point_of(rule, PROFILE) == "资金匹配性"
    assert point_of(Rule("V97", "n", "甲", "a", E, (), ()), PROFILE) == "指标科学性"
    assert point_of(Rule("P97", "n", "甲", "a", E, (), ()), PROFILE) is None


@pytest.mark.parametrize("rule", rule_by_code().values(), ids=lambda rule: rule.code)
def test_every_rule_on_a_declared_target_belongs_to_a_point(rule: Rule) -> None:
    if rule.code[0] not in "RP":
        assert point_of(rule, PROFILE) in POINTS


def test_the_finding_is_kept_with_its_point() -> None:
    found = finding("F00", severity=E)
    proposed = propose(PROFILE, RULES, [found], (), tuple(RULES.keys() - {"F00"}))
    kept: list[tuple[Finding, ...]] = [point.findings for point in proposed.points]
    assert kept[0] == (found,)
    assert not any(kept[1:])


def test_every_basis_of_the_profile_is_a_duty_that_rules_check() -> None:
    checked = {basis for rule in rule_by_code().values() for basis in rule.basis}
    assert PROFILE.table("review.basis").keys() <= checked
    assert set(PROFILE.table("review.basis").values()) <= set(POINTS)
    assert set(PROFILE.table("review.family").values()) <= set(POINTS)
