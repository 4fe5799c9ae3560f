"""The figures of a self-evaluation beside its rows: execution of the budget, sums, grade."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from hengliang.base.message import Message, message
from hengliang.base.profile import Profile
from hengliang.form.model import Form, MoneyRow
from hengliang.score.allowed import by_share
from hengliang.score.audit import Finding, RowAudit, Verdict, agreement, audit_rows
from hengliang.score.execution import total_line
from hengliang.score.policy import policy_of

Figure = Literal["execution", "rate", "points", "score", "grade"]


@dataclass(frozen=True, slots=True)
class SumAudit:
    """One figure beside the rows."""

    figure: Figure
    finding: Finding


@dataclass(frozen=True, slots=True)
class Audit:
    """A whole self-evaluation."""

    form: Form
    profile: str
    rows: tuple[RowAudit, ...]
    sums: tuple[SumAudit, ...]

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What is said of every figure."""
        return (*(row.finding for row in self.rows), *(one.finding for one in self.sums))

    @property
    def has_scores(self) -> bool:
        """Whether there is anything to recompute."""
        return any(finding.printed is not None for finding in self.findings)


def audit(form: Form, profile: Profile) -> Audit:
    """Recomputes a self-evaluation. Raises ProfileError when the profile's figures make no sense."""
    return Audit(form, profile.name, audit_rows(form, profile), tuple(_sums(form, profile)))


def _sums(form: Form, profile: Profile) -> Iterator[SumAudit]:
    line = total_line(form.money)
    if line is not None and line.score is not None:
        yield SumAudit("execution", execution_finding(form, line, profile))
    if line is not None and line.rate is not None and line.budget and line.executed is not None:
        yield SumAudit("rate", _rate(line, profile))
    totals = form.totals
    if totals is None:
        return
    if totals.points is not None:
        yield SumAudit("points", _points(form, totals.points, line, profile))
    if totals.score is not None:
        yield SumAudit("score", _score(form, totals.score, line, profile))
    if totals.grade is not None and totals.score is not None:
        finding = _grade(totals.grade, totals.score, totals.points, profile)
        yield SumAudit("grade", finding)


def execution_finding(form: Form, line: MoneyRow, profile: Profile) -> Finding:
    """The score for the execution of the budget, against the amounts or, without these, the printed rate."""
    score, points = line.score, line.points
    if score is None or points is None:
        return Finding(
            Verdict.UNDECIDED, message("no points are printed for the execution of the budget"), score
        )
    if score > points:
        said = message(
            "the score {score} is above the points {points}", score=f"{score:f}", points=f"{points:f}"
        )
        return Finding(Verdict.DIFFERS, said, score)
    shares = [*_shares(line)]
    if not shares:
        return Finding(Verdict.UNDECIDED, _no_share(form, line), score)
    candidates = tuple(one for share in shares for one in by_share(share, points, profile))
    for one in candidates:
        if one.low == one.high and (how := agreement(score, one.low, points, profile)) is not None:
            said = message("{points}, {how}: {method}", points=_said(one.low), how=how, method=one.name)
            return Finding(Verdict.AGREES, said, score, one, candidates)
    if any(one.low < one.high and Fraction(score) in one for one in candidates):
        said = message("more was spent than the budget, which is not settled")
        return Finding(Verdict.UNDECIDED, said, score, candidates=candidates)
    nearest = min(candidates, key=lambda one: max(one.low - Fraction(score), Fraction(score) - one.high))
    said = message(
        "printed {score}; execution rate {rate}%, {method}: {points}",
        score=f"{score:f}", rate=_said(shares[0]), method=nearest.name, points=_said(nearest.low),
    )  # fmt: skip
    return Finding(Verdict.DIFFERS, said, score, nearest, candidates)


def _shares(line: MoneyRow) -> Iterator[Fraction]:
    """The execution rates in percent that the amounts give, else the printed one."""
    found = False
    if line.executed is not None:
        for budget in (line.budget, line.initial):
            if budget:
                found = True
                yield Fraction(line.executed) / Fraction(budget) * 100
    if not found and line.rate is not None and line.budget is None:
        yield Fraction(line.rate)


def _no_share(form: Form, line: MoneyRow) -> Message:
    others = [row for row in (form.money.rows if form.money else ()) if row is not line]
    if line.budget is not None and not line.budget and any(row.budget for row in others):
        return message("the total of the budget is 0 although its parts are not")
    if line.budget is not None and not line.budget:
        return message("the budget is 0: there is no execution rate")
    return message("the amounts for the execution rate are not printed")


def _rate(line: MoneyRow, profile: Profile) -> Finding:
    printed = line.rate or Decimal(0)
    tolerance = Fraction(profile.number("reporting.rate_tolerance"))
    shares = [*_shares(line)]
    fitting = next((share for share in shares if abs(share - Fraction(printed)) <= tolerance), None)
    if fitting is not None:
        return Finding(Verdict.AGREES, message("execution rate {rate}%", rate=_said(fitting)), printed)
    said = message(
        "printed {printed}%; spent ÷ budget is {rate}%", printed=f"{printed:f}", rate=_said(shares[0])
    )
    return Finding(Verdict.DIFFERS, said, printed)


def _points(form: Form, printed: Decimal, line: MoneyRow | None, profile: Profile) -> Finding:
    given = [row.points for row in form.indicators]
    own = line.points if line is not None else None
    return _summed(printed, given, own, profile)


def _score(form: Form, printed: Decimal, line: MoneyRow | None, profile: Profile) -> Finding:
    given = [row.score for row in form.indicators]
    own = line.score if line is not None else None
    return _summed(printed, given, own, profile)


def _summed(printed: Decimal, given: list[Decimal | None], own: Decimal | None, profile: Profile) -> Finding:
    """A printed sum against the rows, with and without the execution of the budget."""
    if not given or any(number is None for number in given):
        return Finding(Verdict.UNDECIDED, message("not all rows have a number to add up"), printed)
    rows = sum((number for number in given if number is not None), Decimal(0))
    tolerance = profile.number("reporting.total_tolerance")
    sums = [rows] if own is None else [rows + own, rows]
    for total in sums:
        if abs(total - printed) <= tolerance:
            return Finding(Verdict.AGREES, message("the rows come to {sum}", sum=f"{total:f}"), printed)
    for total in sums:
        how = agreement(printed, Fraction(total), None, profile)
        if how is not None:
            said = message("the rows come to {sum}, {how}", sum=f"{total:f}", how=how)
            return Finding(Verdict.AGREES, said, printed)
    said = message("printed {printed}; the rows come to {sum}", printed=f"{printed:f}", sum=f"{sums[0]:f}")
    return Finding(Verdict.DIFFERS, said, printed)


def _grade(printed: str, score: Decimal, of: Decimal | None, profile: Profile) -> Finding:
    """A printed grade against the lines in use, the total as printed or scaled to 100."""
    names = [*profile.words("reporting.grades")]
    words = profile.table("reporting.grade_words")
    meant = next((name for name in names if printed in _list(words.get(name))), None)
    if meant is None:
        return Finding(
            Verdict.UNDECIDED, message("“{grade}” is none of the grades known", grade=printed), score
        )
    full = policy_of(profile).full_total
    totals = [score] if of in (None, full, Decimal(0)) else [score, score / (of or full) * full]
    for lines in profile.words("evaluation.audit_grade_lines"):
        edges = [Decimal(line) for line in lines.split()]
        for total in totals:
            if names[next((at for at, line in enumerate(edges) if total >= line), -1)] == meant:
                said = message("{score} points are {grade}", score=f"{score:f}", grade=meant)
                return Finding(Verdict.AGREES, said, score)
    said = message("{score} points are not {grade} by any lines in use", score=f"{score:f}", grade=meant)
    return Finding(Verdict.DIFFERS, said, score)


def _list(words: object) -> tuple[str, ...]:
    return tuple(map(str, words)) if isinstance(words, list) else ()  # pyright: ignore[reportUnknownArgumentType, reportUnknownVariableType]


def _said(number: Fraction) -> str:
    return f"{Decimal(round(number * 100)) / 100:f}"
