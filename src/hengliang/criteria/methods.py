"""The scoring methods of guides and practice (G1 to G5, X1 to X13), offered where a sentence gives no
arithmetic.

A method is never applied silently: it is named beside the interval that the sentence leaves, with its source.
Figures and sources are data of the profile (`criteria.methods`, `criteria.fallback`, `reporting.text_bands`,
`reporting.over_percent`). Sections 4.5, 4.6 and 12 of the regulations digest.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Literal, cast

from hengliang.base.message import Message, message
from hengliang.base.profile import Profile
from hengliang.criteria.canonical import chinese
from hengliang.criteria.curve import Interval
from hengliang.criteria.evaluate import Curves, Score, curve_of, outcome, rounded
from hengliang.criteria.explain import Step, steps_of
from hengliang.criteria.given import Given, facts_of
from hengliang.criteria.nodes import (
    NO,
    YES,
    Band,
    Bands,
    Choice,
    Criterion,
    Option,
    Part,
    Share,
    Steps,
    Whole,
)
from hengliang.criteria.variable import Kind, Reach, Variable

_HUNDRED = Fraction(100)
_NAMES: dict[str, tuple[Message, Message]] = {
    "G1": (
        message("points for yes or no"),
        message("full points when it is met, nothing when it is not"),
    ),
    "G2": (
        message("completion with a pass line"),
        message(
            "nothing below {pass_line}% of the target; from there on (completion − {pass_line}%) ÷ "
            "(1 − {pass_line}%) of the points; all of them at the target"
        ),
    ),
    "G3": (
        message("budget execution in bands"),
        message("by the execution rate: {bands}; spending above the budget is not settled"),
    ),
    "G4": (message("three grades"), message("reached, reached in part, or not reached: {bands}")),
    "G5": (message("satisfaction in bands"), message("by the rate of satisfaction: {bands}")),
    "X1": (
        message("in proportion to the target"),
        message("full points when the target is reached, else points × actual ÷ target"),
    ),
    "X2": (
        message("less is better, in a straight line"),
        message("full points up to the target, nothing from its double on, in a straight line between them"),
    ),
    "X3": (
        message("less is better, inverse"),
        message("points × target ÷ actual, at most the full points"),
    ),
    "X4": (
        message("equal to the target"),
        message("as in proportion to the target; more than the target counts as reached"),
    ),
    "X5": (message("target zero"), message("full points for nothing at all, no points for anything more")),
    "X6": (
        message("points typed for a grade"),
        message("the points typed must lie in the band of the grade: {bands}"),
    ),
    "X7": (
        message("budget execution in proportion"),
        message("points × execution rate, at most the full points"),
    ),
    "X8": (
        message("so many points off for each unit missing"),
        message("{step} points off for each {unit} that is missing; {kept}"),
    ),
    "X9": (
        message("so many points off for each percent below a line"),
        message("{step} points off for each percentage point below {line}%; {kept}"),
    ),
    "X10": (
        message("so many points off for each percent above a line"),
        message("{step} points off for each percentage point above {line}%; {kept}"),
    ),
    "X11": (
        message("so many points off for each month of delay"),
        message("{step} points off for each month of delay; {kept}"),
    ),
    "X12": (
        message("all or nothing"),
        message("full points when it is met, nothing when it is not"),
    ),
}
_Mark = Literal["S", "R", "D"]


class MethodError(ValueError):
    """A method that cannot be worked out here; `reason` says what is missing."""

    def __init__(self, reason: Message) -> None:
        super().__init__(str(reason))
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Method:
    """One method: its code, its name, what it says with its figures, and where it comes from.

    `mark`: S seen in a source, R recalled and to be checked against the official text, D a choice of this
    project.
    """

    code: str
    name: Message
    statement: Message
    source: str
    mark: _Mark


@dataclass(frozen=True, slots=True)
class MethodCurve:
    """A method worked out for one indicator: evaluated and explained as a read sentence is, and never mixed
    with one.
    """

    method: Method
    points: Decimal
    tree: Criterion

    @property
    def variables(self) -> tuple[Variable, ...]:
        """What is asked."""
        return self.tree.variables

    @property
    def curves(self) -> Curves | None:
        """The curve from the number asked to points; None for a choice between words."""
        return curve_of(self.tree)

    @property
    def canonical(self) -> str:
        """The method as a plain Chinese scoring sentence."""
        return chinese(self.tree)

    def score_at(self, given: Given) -> Score:
        """The points for what is stated; an interval for a grade. Raises GivenError."""
        found = outcome(self.tree, facts_of(self.tree, given))
        return Score(rounded(found.low), rounded(found.high), found)

    def steps_at(self, given: Given) -> tuple[Step, ...]:
        """The steps in words that lead to the points. Raises GivenError."""
        found = self.score_at(given).outcome
        return steps_of(found) if found is not None else ()


def method_codes() -> tuple[str, ...]:
    """The codes of all methods that give points, in the order of the digest."""
    return tuple(_NAMES)


def fallback_code(
    operator: str | None,
    target: Fraction | None,
    profile: Profile,
    place: Literal["", "satisfaction", "execution"] = "",
) -> str:
    """The profile's method for an indicator whose sentence gives no arithmetic.

    `operator` is ≥ > = < ≤ or 定性, `target` the number of the target (None for words); `place` is where it
    stands in the form, as far as that decides: satisfaction, or the execution of the budget.
    """
    if place:
        kind: str = place
    elif target is None or operator in (None, "定性"):
        kind = "words" if operator == "定性" else "met"
    elif operator in ("≤", "<"):
        kind = "zero" if target <= 0 else "less"
    elif operator == "=":
        kind = "equal" if target > 0 else "zero"
    else:
        kind = "more" if target > 0 else "met"
    return profile.text(f"criteria.fallback.{kind}")


def method_curve(
    code: str,
    points: Decimal,
    operator: str | None,
    target: Decimal | None,
    unit: str,
    profile: Profile,
    *,
    step: Decimal | None = None,
    line: Decimal | None = None,
) -> MethodCurve:
    """The method `code` (G1 to G5, X1 to X12) for an indicator worth `points`.

    `operator`, `target` and `unit` are those of the indicator (None and "" where it has none). The curve
    takes: the measured value in `unit` for G2, X1 to X5 and X8; the rate in percent for G3, G5, X7, X9 and
    X10; 是 or 否 (or the measured value, where the target is a number) for G1 and X12; a grade word for G4
    and X6, which gives [lo, hi]; months late for X11. `step` is the amount in points that X8 to X11 take off,
    `line` the line in percent of X9 and X10 (the target where it is not given).

    Raises MethodError for an unknown code and where something is missing, as a target above 0 for a
    proportion.
    """
    if code not in _NAMES:
        raise MethodError(message("there is no scoring method {code}", code=code))
    full = Fraction(points)
    if full <= 0:
        raise MethodError(message("a method needs points above 0"))
    asked = _Asked(full, operator, Fraction(target) if target is not None else None, unit, profile)
    values: dict[str, object] = {}
    if code in ("X8", "X9", "X10", "X11"):
        if step is None or step <= 0:
            raise MethodError(message("this method needs the amount that is taken off for each step"))
        part = _steps(code, asked, step, line)
        values = {"step": f"{step:f}", "unit": unit, "line": _plain(part.line), "kept": _KEPT[part.whole]}
        tree = Criterion(full, (part,), high=full)
    else:
        part = _part(code, asked)
        tree = Criterion(Fraction(0), (part,), high=full)
        if code == "G2":
            values = {"pass_line": profile.text("criteria.methods.G2.pass_line")}
        elif isinstance(part, Bands):
            values = {"bands": "; ".join(_band_said(band) for band in part.bands)}
        elif code in ("G4", "X6") and isinstance(part, Choice):
            values = {"bands": "; ".join(_option_said(option) for option in part.options)}
    return MethodCurve(_method(code, values, profile), points, tree)


def is_over(actual: Decimal, target: Decimal, operator: str | None, profile: Profile) -> bool:
    """X13: whether `actual` is so far above a target of more-is-better that the reason must be given."""
    if operator not in ("≥", ">", "=") or target <= 0:
        return False
    return actual * 100 >= target * profile.number("reporting.over_percent")


def fits_grade(word: str, typed: Decimal, points: Decimal, profile: Profile) -> bool | None:
    """X6: whether points typed for a grade word lie in its band, edges rounded to two places.

    The lower edge belongs to the band, the upper one only to the best. None for a word that is no grade.
    """
    grades = _grades(Fraction(points), profile)
    for index, option in enumerate(grades):
        if word == option.label or word in option.also:
            low, high = rounded(option.low), rounded(option.high)
            return low <= typed and (typed < high or (typed == high and index == 0))
    return None


@dataclass(frozen=True, slots=True)
class _Asked:
    full: Fraction
    operator: str | None
    target: Fraction | None
    unit: str
    profile: Profile

    @property
    def line(self) -> Fraction:
        """The target, which a proportion needs above 0."""
        if self.target is None or self.target <= 0:
            raise MethodError(message("this method needs a target above 0"))
        return self.target


def _method(code: str, values: dict[str, object], profile: Profile) -> Method:
    name, statement = _NAMES[code]
    about = profile.table(f"criteria.methods.{code}")
    return Method(
        code, name, Message(statement.text, values), str(about["source"]), cast("_Mark", about["mark"])
    )


def _part(code: str, asked: _Asked) -> Part:
    full, profile = asked.full, asked.profile
    value = Variable(Kind.VALUE, "", asked.unit)
    zero = Fraction(0)
    if code in ("G1", "X12"):
        reach = (
            Reach(asked.operator, asked.target)
            if asked.operator in ("≥", ">", "=", "<", "≤") and asked.target is not None
            else None
        )
        options = (Option(YES, full, full), Option(NO, zero, zero))
        return Choice(Variable(Kind.MET, "完成指标值", reach=reach), options=options)
    if code == "G2":
        if asked.operator in ("≤", "<"):
            raise _other_way(asked)
        start = Fraction(profile.number("criteria.methods.G2.pass_line")) / _HUNDRED
        return Share(value, line=asked.line, points=full, start=start)
    if code in ("G3", "G5"):
        name = "预算执行率" if code == "G3" else "满意度"
        return Bands(Variable(Kind.RATE, name, "%"), bands=_bands(code, full, profile))
    if code in ("G4", "X6"):
        return Choice(Variable(Kind.GRADE, "评判等级"), options=_grades(full, profile))
    if code == "X7":
        return Share(Variable(Kind.RATE, "预算执行率", "%"), line=_HUNDRED, points=full)
    if code == "X5" or (code == "X4" and asked.target == 0):
        reached = Band(Interval(high=zero, high_closed=True), full, full)
        return Bands(value, bands=(reached, Band(Interval(low=zero), zero, zero)))
    if (asked.operator in ("≤", "<")) != (code in ("X2", "X3")):
        raise _other_way(asked)
    less: Literal["", "X2", "X3"] = "X2" if code == "X2" else "X3" if code == "X3" else ""
    return Share(value, line=asked.line, points=full, less=less)


def _other_way(asked: _Asked) -> MethodError:
    return MethodError(
        message("this method does not go with the operator {operator}", operator=asked.operator or "-")
    )


def _bands(code: str, full: Fraction, profile: Profile) -> tuple[Band, ...]:
    """The bands from the lowest up; above 100 % a budget is overspent, which the guide leaves open."""
    edges = [Fraction(Decimal(text)) for text in profile.words(f"criteria.methods.{code}.from")]
    earns = [full * Fraction(Decimal(text)) / 100 for text in profile.words(f"criteria.methods.{code}.earns")]
    bands: list[Band] = []
    upper: Fraction | None = None
    for edge, points in zip(edges, earns, strict=True):
        if upper is None and code == "G3":
            bands += [
                Band(Interval(low=edge), Fraction(0), full),
                Band(Interval(edge, True, edge, True), points, points),
            ]
        else:
            low, closed = (edge, True) if edge else (None, False)
            bands.append(Band(Interval(low, closed, upper, False), points, points))
        upper = edge
    return tuple(reversed(bands))


def _grades(full: Fraction, profile: Profile) -> tuple[Option, ...]:
    edges = [Fraction(Decimal(text)) / 100 for text in profile.words("reporting.text_bands")]
    words = [profile.words(f"criteria.methods.G4.{kind}") for kind in ("reached", "partly", "missed")]
    tops = [Fraction(1), *edges]
    return tuple(
        Option(labels[0], full * edge, full * top, also=labels[1:])
        for labels, edge, top in zip(words, edges, tops, strict=False)
    )


_KEPT: dict[Whole, Message] = {
    "full": message("a part of a step costs nothing: only whole steps count"),
    "started": message("a step that is begun counts whole"),
    "exact": message("a part of a step counts in proportion"),
}


def _steps(code: str, asked: _Asked, step: Decimal, line: Decimal | None) -> Steps:
    said = asked.profile.text("criteria.part_steps")
    whole: Whole = "exact" if said == "exact" else "started" if said == "started" else "full"
    variable, start, way = Variable(Kind.VALUE, "", asked.unit), Fraction(0), -1
    if code == "X11":
        variable, way = Variable(Kind.DELAY, "", "个月"), 1
    elif code == "X8":
        start = asked.line
    else:
        variable, way = Variable(Kind.RATE, "", "%"), -1 if code == "X9" else 1
        start = Fraction(line) if line is not None else asked.line
    return Steps(variable, line=start, way=1 if way > 0 else -1, amounts=(-Fraction(step),), whole=whole)


def _plain(number: Fraction) -> str:
    return f"{Decimal(number.numerator) / Decimal(number.denominator):f}"


def _band_said(band: Band) -> str:
    low, high = band.interval.low, band.interval.high
    if low is not None and low == high:
        where = f"{_plain(low)}%"
    elif low is None:
        where = f"< {_plain(high or Fraction(0))}%"
    elif high is None:
        where = f"{'≥' if band.interval.low_closed else '>'} {_plain(low)}%"
    else:
        where = f"{_plain(low)}% ≤ … < {_plain(high)}%"
    return f"{where}: {_amounts(band.low, band.high)}"


def _option_said(option: Option) -> str:
    return f"{option.label}: {_amounts(option.low, option.high)}"


def _amounts(low: Fraction, high: Fraction) -> str:
    ends: Sequence[str] = (f"{rounded(low):f}", f"{rounded(high):f}")
    return ends[0] if low == high else "–".join(ends)
