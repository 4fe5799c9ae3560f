"""Totals and grades: 优, 良, 中, 差 without gaps between them.

Source: 财预〔2020〕10号: 90 to 100 优, 80 to under 90 良, 60 to under 80 中, under 60 差. The published lines
80-89 and 90-100 leave 89.5 without a grade; here the lower edge of a grade is the end of the one below. What
is held against the lines is the total rounded once, half up, to the places of the policy: 89.995 is 90.00 and
so 优.
"""

from decimal import Decimal
from fractions import Fraction

from hengliang.criteria.read import rounded
from hengliang.score.policy import Policy
from hengliang.score.sheet import Grade, Total


def grade_of(total: Total, policy: Policy) -> Grade | None:
    """The grade of a total, or all grades its interval allows. None when there are no points to be had."""
    if not total.of:
        return None
    low, high = (scaled(points, total.of, policy) for points in (total.low, total.high))
    best, worst = _index(high, policy), _index(low, policy)
    return Grade(tuple(name for name, _ in policy.grades[best : worst + 1]), low, high)


def scaled(points: Decimal, of: Decimal, policy: Policy) -> Decimal:
    """`points` of `of` in points of the full total, rounded once."""
    return rounded(Fraction(points) / Fraction(of) * Fraction(policy.full_total), policy.places)


def grade_name(points: Decimal, policy: Policy) -> str:
    """The grade of a number of points of the full total."""
    return policy.grades[_index(points, policy)][0]


def _index(points: Decimal, policy: Policy) -> int:
    return next((at for at, (_, line) in enumerate(policy.grades) if points >= line), len(policy.grades) - 1)
