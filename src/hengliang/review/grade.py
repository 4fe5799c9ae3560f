"""A proposed grade for each of the eight review points (审核要点) and for the whole form.

It rests on what rules can check, no more: a point that too few rules could decide stays without a grade,
and the overall grade is then bounded by the worst and the best that the open points allow. People decide.
Source: 财预〔2015〕88号, articles 24 and 25 and the review tables; the limits are in `review.toml` of the
profile.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any, NamedTuple, cast

from hengliang.base.finding import Finding, Severity, Undecidable
from hengliang.base.profile import Profile
from hengliang.review.rule import Rule


class Point(NamedTuple):
    """One review point: 规范完整性 … 条件充分性, with its dimension and question, in Chinese and English."""

    id: str
    en: str
    dimension: str
    dimension_en: str
    question: str
    question_en: str


class Grade(NamedTuple):
    """优, 良, 中 or 差: how many rules with errors and warnings it bears, and what it leads to."""

    id: str
    en: str
    consequence: str
    consequence_en: str
    errors: int | None = None
    warnings: int | None = None


class PointGrade(NamedTuple):
    """The proposal for one point. `grade` is None where too few rules could be decided.

    `errors` and `warnings` count rules with findings, not places; `decided` the rules that passed or found
    something.
    """

    point: Point
    grade: Grade | None
    findings: tuple[Finding, ...]
    undecidable: tuple[Undecidable, ...]
    decided: int
    errors: int
    warnings: int


class OverallRule(NamedTuple):
    """So many points with this grade or a better one, and none of the others named, give this grade."""

    grade: Grade
    at_least: int
    none_of: tuple[Grade, ...]


class Proposed(NamedTuple):
    """The proposal for a form. `best` and `worst` are equal when all points have a grade."""

    points: tuple[PointGrade, ...]
    best: Grade
    worst: Grade
    grades: tuple[Grade, ...]
    """All grades there are, the best first."""
    overall: tuple[OverallRule, ...]
    """By which the overall grade was found: the first that holds, else the last of `grades`."""
    needed: int
    """How many rules must be decided for a point to have a grade."""


def propose(
    profile: Profile,
    rules: Mapping[str, Rule],
    findings: Sequence[Finding],
    undecidable: Sequence[Undecidable],
    passed: Sequence[str],
) -> Proposed:
    """The proposed grades for a form's findings; `rules` are the rules by code."""
    grades = tuple(Grade(**table) for table in _tables(profile, "review.grades"))
    overall = _overall_rules(profile, grades)
    needed = int(profile.number("review.judged.rules"))
    of_rule = {code: point_of(rule, profile) for code, rule in rules.items()}
    points = tuple(
        _grade_point(
            point,
            grades,
            needed,
            [finding for finding in findings if of_rule.get(finding.code) == point.id],
            [one for one in undecidable if of_rule.get(one.code) == point.id],
            [code for code in passed if of_rule.get(code) == point.id],
        )
        for point in _points(profile)
    )
    best = _overall([one.grade or grades[0] for one in points], grades, overall)
    worst = _overall([one.grade or grades[-1] for one in points], grades, overall)
    return Proposed(points, best, worst, grades, overall, needed)


def point_of(rule: Rule, profile: Profile) -> str | None:
    """The review point that a rule belongs to: by its bases, then by its family; None for none."""
    names = {point.id for point in _points(profile)}
    by_basis = profile.table("review.basis")
    for basis in rule.basis:
        duty = basis.partition(":")[2]
        if duty in names:
            return duty
        if basis in by_basis:
            return str(by_basis[basis])
    family = profile.table("review.family").get(rule.code[0])
    return None if family is None else str(family)


def by_dimension(points: Sequence[PointGrade]) -> Iterator[tuple[Point, list[PointGrade]]]:
    """The points of each dimension, with one of them to name it."""
    for _, group in groupby(points, key=lambda one: one.point.dimension):
        together = list(group)
        yield together[0].point, together


def _grade_point(
    point: Point,
    grades: Sequence[Grade],
    needed: int,
    findings: Sequence[Finding],
    undecidable: Sequence[Undecidable],
    passed: Sequence[str],
) -> PointGrade:
    decided = {finding.code for finding in findings}.union(passed)
    errors = len({finding.code for finding in findings if finding.severity == Severity.ERROR})
    warnings = len({finding.code for finding in findings if finding.severity == Severity.WARNING})
    grade = None
    if len(decided) >= needed:
        grade = next(grade for grade in grades if _bears(grade, errors, warnings))
    return PointGrade(point, grade, tuple(findings), tuple(undecidable), len(decided), errors, warnings)


def _bears(grade: Grade, errors: int, warnings: int) -> bool:
    return (grade.errors is None or errors <= grade.errors) and (
        grade.warnings is None or warnings <= grade.warnings
    )


def _overall(points: Sequence[Grade], grades: Sequence[Grade], rules: Sequence[OverallRule]) -> Grade:
    """The overall grade for the grades of all points."""
    for rule in rules:
        enough = sum(grades.index(point) <= grades.index(rule.grade) for point in points) >= rule.at_least
        if enough and not any(point in rule.none_of for point in points):
            return rule.grade
    return grades[-1]


def _overall_rules(profile: Profile, grades: Sequence[Grade]) -> tuple[OverallRule, ...]:
    by_id = {grade.id: grade for grade in grades}
    return tuple(
        OverallRule(by_id[row["grade"]], row["at_least"], tuple(by_id[name] for name in row["none_of"]))
        for row in _tables(profile, "review.overall")
    )


def _points(profile: Profile) -> list[Point]:
    return [Point(**table) for table in _tables(profile, "review.points")]


def _tables(profile: Profile, key: str) -> list[dict[str, Any]]:
    return cast("list[dict[str, Any]]", profile.get(key))
