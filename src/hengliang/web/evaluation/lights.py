"""Monitoring lights: what was reached against what is due by a month. Plain functions.

The lines are those of the profile (`monitoring.toml`); they are a configuration, not a national rule
(财预〔2019〕136号 prescribes none).
"""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Literal, NamedTuple

from hengliang.base.message import Message, message
from hengliang.base.profile import Profile
from hengliang.form.model import Indicator
from hengliang.form.reached import TextGrade, in_unit, text_grade
from hengliang.report.course_chart import amount
from hengliang.score.phased import Shares

Light = Literal["red", "yellow", "green", "blue", "open"]

ORDER: tuple[Light, ...] = ("red", "yellow", "open", "green", "blue")
"""The worst first."""

WORDS: dict[Light, Message] = {
    "red": message("Warning"),
    "yellow": message("Watch"),
    "green": message("On course"),
    "blue": message("Ahead"),
    "open": message("Cannot be told"),
}
SHAPES: dict[Light, str] = {"red": "■", "yellow": "▲", "green": "●", "blue": "◆", "open": "?"}
TONES: dict[Light, str] = {
    "red": "bad",
    "yellow": "watch",
    "green": "good",
    "blue": "plain",
    "open": "pending",
}


class Lit(NamedTuple):
    """A light with the share that it comes from, in percent of what is due, and the reason in words."""

    light: Light
    share: Fraction | None
    reason: Message


def light_of(
    indicator: Indicator,
    value: str | None,
    month: int,
    profile: Profile,
    due: Shares,
) -> Lit:
    """The light of an indicator that has come to `value` by the end of `month`.

    `due` is the part of the target that is due by the end of each month (score.phased.due).
    """
    if value is None or not value.strip():
        return Lit("open", None, message("nothing was reported"))
    target = in_unit(indicator.target or "", indicator.unit)
    reached = None if target is None else in_unit(value, indicator.unit)
    if target is None or (reached is None and indicator.operator == "定性"):
        return _of_words(value, profile)
    if reached is None:
        return Lit("open", None, message("the value is no number in the unit of the target"))
    if indicator.operator in ("≤", "<"):
        within = reached <= target if indicator.operator == "≤" else reached < target
        return (
            Lit("green", None, message("within the limit"))
            if within
            else Lit("red", None, message("above the limit"))
        )
    if indicator.operator == "=" and reached > target:
        return Lit("red", None, message("above the target, which is to be met exactly"))
    if not due[month - 1]:
        return Lit("green", None, message("nothing is due yet"))
    if target <= 0:
        # There is no share of nothing.
        return (
            Lit("green", None, message("the target is reached"))
            if reached >= target
            else Lit("red", None, message("below the target"))
        )
    return _of_share(Fraction(reached) / (Fraction(target) * due[month - 1]) * 100, profile)


_BY_GRADE: dict[TextGrade, Light] = {
    TextGrade.MET: "green",
    TextGrade.PARTLY: "yellow",
    TextGrade.MISSED: "red",
}


def _of_words(value: str, profile: Profile) -> Lit:
    grade = text_grade(value, profile)
    if grade is None:
        return Lit("open", None, message("the words are none of the grades"))
    return Lit(_BY_GRADE[grade], None, message("by the grade of the text"))


def _of_share(share: Fraction, profile: Profile) -> Lit:
    reason = message("{share} % of what is due", share=amount(share))
    if share < Fraction(profile.number("monitoring.red")):
        return Lit("red", share, reason)
    if share < Fraction(profile.number("monitoring.yellow")):
        return Lit("yellow", share, reason)
    return Lit("blue" if share >= Fraction(profile.number("monitoring.blue")) else "green", share, reason)


def light_of_money(budget: Decimal, executed: Decimal, month: int, profile: Profile) -> Lit:
    """The light of the execution of the budget: no blue."""
    if budget == 0:
        return Lit("red", Fraction(0), message("the budget is 0"))
    lit = _of_share(Fraction(executed) / Fraction(budget) / Fraction(month, 12) * 100, profile)
    return lit._replace(light="green") if lit.light == "blue" else lit


def worst(lights: Sequence[Light]) -> Light:
    """The light of the whole: that of the worst part; open when there is none."""
    return min(lights, key=ORDER.index) if lights else "open"
