"""A self-evaluation that somebody published is recomputed: does each printed score follow from its own row?

A row differs only when no method that the regulations allow, and no convention that its sentence leaves open,
gives the printed score. Where the form leaves room, that is said instead.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from fractions import Fraction

from hengliang.base.message import Message, message
from hengliang.base.profile import Profile
from hengliang.criteria.evaluate import rounded
from hengliang.criteria.methods import is_over
from hengliang.form.actual import Actual, Origin
from hengliang.form.model import Form, Indicator
from hengliang.form.reached import text_grade
from hengliang.form.value import DateValue, value_of
from hengliang.score.allowed import (
    Candidate,
    amounts_of,
    by_number,
    by_words,
    conventions,
    is_met,
    sides_of,
)
from hengliang.score.policy import Policy, policy_of
from hengliang.score.row import Scorer
from hengliang.score.sheet import RowScore, State


class Verdict(StrEnum):
    """Whether a printed figure follows from the others."""

    AGREES = "agrees"  # 一致
    DIFFERS = "differs"  # 不一致
    UNDECIDED = "undecided"  # 无法判断


@dataclass(frozen=True, slots=True)
class Finding:
    """What came out for one printed figure.

    `by` is the way of counting that gives it, or, where it differs, the one that comes nearest. `candidates`
    are all that were tried.
    """

    verdict: Verdict
    reason: Message
    printed: Decimal | None = None
    by: Candidate | None = None
    candidates: tuple[Candidate, ...] = ()


@dataclass(frozen=True, slots=True)
class RowAudit:
    """One indicator of a self-evaluation, counted from 0 in its form."""

    index: int
    indicator: Indicator
    finding: Finding


def audit_rows(form: Form, profile: Profile) -> tuple[RowAudit, ...]:
    """Every row of a self-evaluation."""
    policy = policy_of(profile)
    return tuple(
        RowAudit(index, row, audit_row(index, row, form.fiscal_year, profile, policy))
        for index, row in enumerate(form.indicators)
    )


def audit_row(index: int, row: Indicator, year: int | None, profile: Profile, policy: Policy) -> Finding:
    """What is to be said of the printed score of one row."""
    score, points = row.score, row.points
    if score is None:
        return _open(row, message("no score is printed"))
    if points is None:
        return _open(row, message("no points are printed: nobody can tell what the score is one of"))
    if score < 0:
        return Finding(Verdict.DIFFERS, message("the score is below 0"), score)
    if row.actual is None:
        if score > points and not row.criterion:
            return _above(row)
        return _open(row, message("no actual value is printed"))
    if row.actual in policy.not_applicable:
        return _open(row, message("the indicator does not apply"))
    if row.criterion:
        return _by_sentence(index, row, year, profile, policy)
    return _above(row) if score > points else _without_sentence(row, year, profile)


def _open(row: Indicator, reason: Message, *candidates: Candidate) -> Finding:
    return Finding(Verdict.UNDECIDED, reason, row.score, candidates=candidates)


def _above(row: Indicator) -> Finding:
    said = message(
        "the score {score} is above the points {points}", score=f"{row.score:f}", points=f"{row.points:f}"
    )
    return Finding(Verdict.DIFFERS, said, row.score)


def _by_sentence(index: int, row: Indicator, year: int | None, profile: Profile, policy: Policy) -> Finding:
    """Against the printed sentence, under every convention that it leaves open."""
    actual = Actual(row.actual, origin=Origin.FORM, note=row.reason)
    found: list[RowScore] = []
    for variant in conventions(profile):
        scored = Scorer(variant, policy, year).score(index, row, actual)
        if scored.tree is None:
            said = scored.questions[0] if scored.questions else message("its sentence is not understood")
            return _open(row, message("the scoring sentence does not decide: {why}", why=said))
        found.append(scored)
        if scored.state is State.SCORED and _agrees(row, Fraction(scored.low or 0), profile) is not None:
            break
    candidates = tuple(
        {(scored.low, scored.high): _of_sentence(scored) for scored in reversed(found)}.values()
    )[::-1]
    fitting = next((one for one in candidates if one.low == one.high and _fits(row, one, profile)), None)
    if fitting is not None:
        return _agreeing(row, fitting, candidates, profile)
    if any(one.low < one.high and Fraction(row.score or 0) in one for one in candidates):
        why = next(scored for scored in found if scored.low != scored.high)
        said = why.questions[0] if why.questions else message("the sentence leaves the points open")
        return _open(row, message("the scoring sentence does not decide: {why}", why=said), *candidates)
    taken = _taken(found[0])
    if taken is not None:
        return _open(row, taken, *candidates)
    return _differing(row, candidates)


def _of_sentence(scored: RowScore) -> Candidate:
    return Candidate(
        "sentence", message("the printed scoring sentence"),
        Fraction(scored.low or 0), Fraction(scored.high or 0),
        scored.steps,
    )  # fmt: skip


def _taken(scored: RowScore) -> Message | None:
    """Why the actual value may be something else than the sentence asks for."""
    return next((said for said in scored.assumptions if "is taken to" in said.text), None)


def _without_sentence(row: Indicator, year: int | None, profile: Profile) -> Finding:
    amounts = amounts_of(row)
    if row.target is None:
        return _open(row, message("no target is printed"))
    if amounts is not None:
        return _of_number(row, *amounts, profile)
    value = value_of(row.operator, row.target, row.unit)
    if isinstance(value, DateValue):
        return _of_day(row, value, year, profile)
    candidates = tuple(by_words(row, profile))
    if not candidates:
        return _open(row, message("the actual value is in words, and no number or grade can be told from it"))
    if row.operator not in (None, "定性"):
        return _open(row, message("the target is a number and the actual value words"), *candidates)
    fitting = next((one for one in candidates if Fraction(row.score or 0) in one), None)
    if fitting is not None:
        return _agreeing(row, fitting, candidates, profile)
    rounded = next((one for one in candidates if _near_band(row, one, profile)), None)
    if rounded is not None:
        return _open(row, message("the score lies at the edge of the band of its grade"), *candidates)
    return _differing(row, candidates)


def _near_band(row: Indicator, one: Candidate, profile: Profile) -> bool:
    edge = Fraction(profile.number("evaluation.audit_tolerance"))
    return one.low - edge <= Fraction(row.score or 0) <= one.high + edge


def _of_number(row: Indicator, target: Decimal, done: Decimal, profile: Profile) -> Finding:
    """Against the methods, for each side that the target can have."""
    if row.operator == "定性" and text_grade(row.actual, profile) is None:
        sides = sides_of(row.model_copy(update={"operator": None}), profile)
    else:
        sides = sides_of(row, profile)
    by_side = {side: tuple(by_number(row, done, target, side, profile)) for side in sides}
    everything = tuple(one for ones in by_side.values() for one in ones)
    fitting = {
        side: next((one for one in ones if _fits(row, one, profile)), None) for side, ones in by_side.items()
    }
    first = fitting[sides[0]]
    if first is not None and _is_far_fetched(row, first, profile):
        said = message("only “{method}”, rounded to a whole point, gives the score", method=first.name)
        return _open(row, said, *everything)
    if first is not None:
        return _agreeing(row, first, everything, profile)
    other = next((one for one in fitting.values() if one is not None), None)
    if other is not None:
        said = message("no sign is printed: read as {sign} the score would agree", sign=other.side or "")
        return _open(row, said, *everything)
    full = Fraction(row.points or 0)
    room = _room(row, target, done, sides, profile)
    if room is not None and Fraction(row.score or 0) < full:
        return _open(row, room, *everything)
    return _differing(row, everything)


_PLAIN_METHODS = frozenset({"X1", "X2", "X4", "X5"})


def _is_far_fetched(row: Indicator, one: Candidate, profile: Profile) -> bool:
    """Whether two liberties must come together: not the usual method, and rounding to a point."""
    how = _agrees(row, one.low, profile) if one.low == one.high else None
    return how == _WHOLE and one.method not in _PLAIN_METHODS


def _room(
    row: Indicator, target: Decimal, done: Decimal, sides: Sequence[str], profile: Profile
) -> Message | None:
    """Why a score below full marks may be right although no method gives it; None when nothing says so."""
    met = [side for side in sides if is_met(done, target, side) is not False]  # pyright: ignore[reportArgumentType]
    if not met:
        return None
    if any(is_over(done, target, side, profile) for side in met):
        return message("far above the target: a deduction is allowed, and no formula for it is given")
    if _is_explained(row, profile):
        return _EXPLAINED
    if any(is_met(done, target, side) is None for side in met):  # pyright: ignore[reportArgumentType]
        return message("at or beyond a target with this sign, it is not settled what is given")
    return None


_EXPLAINED = message("the target is reached and points were taken off with a reason")


def _is_explained(row: Indicator, profile: Profile) -> bool:
    return (row.reason or "").strip() not in profile.words("reporting.no_reason")


def _of_day(row: Indicator, due: DateValue, year: int | None, profile: Profile) -> Finding:
    """A day against a day: in time is full marks; what a delay costs is not said anywhere."""
    value = value_of(None, row.actual, None)
    done = value.last_day(year) if isinstance(value, DateValue) else None
    last = due.last_day(year)
    full = Fraction(row.points or 0)
    whole = Candidate("G1", message("done in time: full marks"), full, full)
    if done is None or last is None:
        return _open(row, message("it cannot be told whether it was done in time"))
    if done <= last:
        if Fraction(row.score or 0) == full:
            return Finding(Verdict.AGREES, message("done in time: full marks"), row.score, whole, (whole,))
        if _is_explained(row, profile):
            return _open(row, _EXPLAINED, whole)
        said = message("done in time, and points were taken off without a method that says so")
        return Finding(Verdict.DIFFERS, said, row.score, whole, (whole,))
    if Fraction(row.score or 0) == full:
        said = message("done on {done} and due on {due}, with full marks", done=f"{done}", due=f"{last}")
        return Finding(Verdict.DIFFERS, said, row.score, None, ())
    return _open(row, message("done too late; what a delay costs is not printed"))


def _fits(row: Indicator, one: Candidate, profile: Profile) -> bool:
    if one.low != one.high:
        return Fraction(row.score or 0) in one
    return _agrees(row, one.low, profile) is not None


def _agrees(row: Indicator, points: Fraction, profile: Profile) -> Message | None:
    """Whether the printed score is `points`, in words: exactly, or after rounding."""
    return agreement(row.score or Decimal(0), points, row.points, profile)


_EXACTLY = message("exactly")
_WHOLE = message("rounded to a whole point")


def agreement(printed: Decimal, points: Fraction, full: Decimal | None, profile: Profile) -> Message | None:
    """How a printed number is the one worked out: to two places, or rounded more; None if not at all.

    Rounding to a whole point never makes full marks of less: a target that was missed has none.
    """
    distance = abs(Fraction(printed) - points)
    if distance * 200 <= 1:
        return _EXACTLY
    if distance <= Fraction(profile.number("evaluation.audit_tolerance")):
        return message("rounded to 0.1 or near it")
    whole = Decimal(points.numerator / points.denominator).quantize(Decimal(1), ROUND_HALF_UP)
    if printed == whole and (full is None or printed < full):
        return _WHOLE
    return None


def _agreeing(row: Indicator, one: Candidate, all_of: Iterable[Candidate], profile: Profile) -> Finding:
    how = _agrees(row, one.low, profile) if one.low == one.high else None
    if one.low < one.high:
        said = message(
            "within {low} to {high}: {method}", low=_plain(one.low), high=_plain(one.high), method=one.name
        )
    elif how in (None, _EXACTLY):
        said = message("{points}: {method}", points=_plain(one.low), method=one.name)
    else:
        said = message("{points}, {how}: {method}", points=_plain(one.low), how=how, method=one.name)
    return Finding(Verdict.AGREES, said, row.score, one, tuple(all_of))


def _differing(row: Indicator, candidates: Sequence[Candidate]) -> Finding:
    nearest = min(candidates, key=lambda one: _distance(one, Fraction(row.score or 0)))
    said = message(
        "printed {score}; {method}: {points}",
        score=f"{row.score:f}", method=nearest.name, points=_range(nearest),
    )  # fmt: skip
    return Finding(Verdict.DIFFERS, said, row.score, nearest, tuple(candidates))


def _distance(one: Candidate, points: Fraction) -> Fraction:
    return max(one.low - points, points - one.high, Fraction(0))


def _range(one: Candidate) -> Message:
    if one.low == one.high:
        return message("{points}", points=_plain(one.low))
    return message("{low} – {high}", low=_plain(one.low), high=_plain(one.high))


def _plain(number: Fraction) -> str:
    return f"{rounded(number):f}"


def counted(findings: Iterable[Finding]) -> dict[Verdict, int]:
    """How many figures of each verdict."""
    counts = dict.fromkeys(Verdict, 0)
    for finding in findings:
        counts[finding.verdict] += 1
    return counts


def rows_of(audited: Sequence[RowAudit], verdict: Verdict) -> Iterator[RowAudit]:
    """The rows with that verdict."""
    return (one for one in audited if one.finding.verdict is verdict)
