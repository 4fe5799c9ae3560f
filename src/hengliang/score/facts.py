"""The actual value of a row becomes the facts that its scoring sentence asks for.

A form states one actual per indicator; a sentence may ask for the value, a rate of completion, a count of
cases, a delay, yes or no. What follows from the actual is worked out and said; what does not stays unknown
and is asked for. Nothing is taken for granted without an assumption that says so.
"""

import re
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction

from hengliang.base.message import Message, message
from hengliang.base.number import plain, read_number, read_quantity
from hengliang.base.period import find_deadlines, read_date
from hengliang.base.profile import Profile
from hengliang.base.unit import Dimension, unit_of
from hengliang.base.workday import is_known, working_days
from hengliang.criteria.canonical import number
from hengliang.criteria.evaluate import Fact
from hengliang.criteria.given import GivenError, fact_of, facts_of
from hengliang.criteria.nodes import NO, YES, Criterion
from hengliang.criteria.variable import Kind, Reach, Variable, delay, is_percent
from hengliang.criteria.wording import is_negative
from hengliang.form.actual import Actual
from hengliang.form.model import Indicator
from hengliang.form.reached import TextGrade, in_unit, text_grade
from hengliang.form.value import DateValue, NumberValue, TargetValue, value_of


@dataclass(slots=True)
class Facts:
    """What is known: facts by variable, what was taken for granted, and what must still be asked."""

    known: dict[Variable, Fact] = field(default_factory=dict[Variable, Fact])
    assumptions: list[Message] = field(default_factory=list[Message])
    questions: list[Message] = field(default_factory=list[Message])


def known_facts(
    tree: Criterion, indicator: Indicator, actual: Actual, year: int | None, profile: Profile
) -> Facts:
    """The facts of `tree` that `actual` states or that follow from it."""
    found = Facts()
    if actual.facts:
        _stated(tree, actual, found)
    if actual.text and len(found.known) < len(tree.variables):
        _derived(tree, _Row(indicator, actual.text.strip(), actual.exact, year, profile), found)
    for variable in tree.variables:
        if variable not in found.known:
            found.questions.append(_question(variable))
    return found


def _stated(tree: Criterion, actual: Actual, found: Facts) -> None:
    """Facts stated by name: all together, or each by the name that the sentence has for it."""
    try:
        found.known.update(facts_of(tree, dict(actual.facts)))
        return
    except GivenError as error:
        refused = error.reason
    for variable in tree.variables:
        stated = actual.facts.get(variable.name) or actual.facts.get(variable.kind)
        if stated is None:
            continue
        try:
            found.known[variable] = fact_of(tree, variable, stated)
        except GivenError as error:
            refused = error.reason
    if not found.known:
        found.questions.append(refused)


@dataclass(frozen=True, slots=True)
class _Row:
    indicator: Indicator
    actual: str
    exact: Fraction | None
    year: int | None
    profile: Profile

    @property
    def value(self) -> TargetValue | None:
        """The target."""
        return value_of(self.indicator.operator, self.indicator.target, self.indicator.unit)

    @property
    def target(self) -> Decimal | None:
        """The target as a number of the row's unit."""
        return self.value.number if isinstance(self.value, NumberValue) else None

    def amount(self, unit: str | None) -> Fraction | None:
        """The actual as a number of `unit`; a bare number is one of the row's own unit.

        A measured value is taken as exact as it is, not as it is shown.
        """
        bare = read_number(self.actual)
        text = self.actual if bare is None else f"{plain(bare)}{self.indicator.unit or ''}"
        shown = in_unit(text, unit or self.indicator.unit)
        if shown is None or self.exact is None:
            return None if shown is None else Fraction(shown)
        said = read_quantity(text)
        return (
            self.exact * Fraction(shown) / Fraction(said.number)
            if said is not None and said.number
            else self.exact
        )

    @property
    def completion(self) -> Fraction | None:
        """Actual ÷ target in percent; None when they are no two numbers of one unit, or the target is 0."""
        done = self.amount(self.indicator.unit)
        return done / Fraction(self.target) * 100 if done is not None and self.target else None

    @property
    def met(self) -> bool | None:
        """Whether the target is reached; None when that cannot be told."""
        text = self.actual.strip(" 。.；;")
        grade = text_grade(text, self.profile)
        if grade is not None:
            return {TextGrade.MET: True, TextGrade.MISSED: False}.get(grade)
        done = self.amount(self.indicator.unit)
        if done is not None and self.target is not None:
            operator = self.indicator.operator
            return Reach("≥" if operator in (None, "定性") else operator, Fraction(self.target)).holds(done)
        if isinstance(self.value, DateValue):
            due, finished = self.value.last_day(self.year), self.day
            return finished <= due if due is not None and finished is not None else None
        return True if text == (self.indicator.target or "").strip(" 。.；;") else None

    @property
    def day(self) -> date | None:
        """The actual as a day."""
        when = read_date(self.actual, self.year)
        return when.last_day(self.year) if when is not None and when.month is not None else None


def _derived(tree: Criterion, row: _Row, found: Facts) -> None:
    unknown = [variable for variable in tree.variables if variable not in found.known]
    if len(unknown) > 1 and not found.known:
        # One word can answer several questions that exclude each other: 红灯, 蓝灯.
        try:
            found.known.update(facts_of(tree, row.actual))
            return
        except GivenError:
            pass
    for variable in unknown:
        fact = _fact(tree, variable, row, found.assumptions)
        if fact is not None:
            found.known[variable] = fact


def _fact(tree: Criterion, variable: Variable, row: _Row, assumptions: list[Message]) -> Fact | None:
    if variable.kind is Kind.MET:
        return _met(variable, row, assumptions)
    if variable.kind is Kind.GRADE:
        try:
            return fact_of(tree, variable, row.actual)
        except GivenError:
            return None
    if variable.kind is Kind.DELAY:
        return _delay(variable, row, assumptions)
    if variable.kind is Kind.COUNT:
        return _count(variable, row, assumptions)
    if variable.kind is Kind.VALUE and not (is_percent(variable.unit) and not _is_rate(row)):
        amount = row.amount(variable.unit)
        return _from_completion(row, assumptions) if amount is None else amount
    return _rate(variable, row, assumptions)


def _from_completion(row: _Row, assumptions: list[Message]) -> Fraction | None:
    """The value behind a degree of completion: 95% of a target of 60家."""
    if row.target is None or _is_rate(row):
        return None
    stated = in_unit(row.actual, "%") if "%" in row.actual or "％" in row.actual else None
    if stated is None:
        return None
    assumptions.append(
        message("the actual {actual} is taken to be the degree of completion", actual=row.actual)
    )
    return Fraction(stated) * Fraction(row.target) / 100


def _is_rate(row: _Row) -> bool:
    unit = unit_of(row.indicator.unit)
    return unit is not None and is_percent(unit.symbol)


_COMPLETION = re.compile("^$|完成|任务|目标|指标|达标|比例|进度")


def _rate(variable: Variable, row: _Row, assumptions: list[Message]) -> Fraction | None:
    """A rate in percent: the actual itself in a row of rates, else the degree of completion."""
    if variable.ratio is not None and variable.kind is not Kind.RATIO:
        return None
    if variable.kind is not Kind.RATIO and _is_rate(row):
        amount = row.amount("%")
        if amount is None:
            return None
        if variable.name and variable.name not in row.indicator.name:
            assumptions.append(
                message(
                    "the actual {actual} is taken to be the {name} of the sentence",
                    actual=row.actual,
                    name=variable.name,
                )
            )
        return amount
    stated = in_unit(row.actual, "%") if "%" in row.actual or "％" in row.actual else None
    if stated is not None and not _is_rate(row):
        assumptions.append(
            message("the actual {actual} is taken to be the degree of completion", actual=row.actual)
        )
        return Fraction(stated)
    if not _COMPLETION.search(variable.name):
        return None
    share = row.completion
    if share is not None and not (_is_rate(row) and row.target == 100):
        assumptions.append(
            message(
                "degree of completion: actual {actual}{unit} ÷ target {target}{unit} = {share}%",
                actual=number(row.amount(row.indicator.unit) or Fraction(0)),
                target=plain(row.target or Decimal(0)), unit=row.indicator.unit or "", share=number(share),
            )
        )  # fmt: skip
    return share


def _met(variable: Variable, row: _Row, assumptions: list[Message]) -> Fact | None:
    said = _YES_NO.get(row.actual)
    if said is not None:
        return _said(said, variable, row, assumptions)
    if variable.reach is not None:
        amount = row.amount(row.indicator.unit)
        if amount is not None:
            return YES if variable.reach.holds(amount) else NO
    met = row.met
    if met is None:
        return None
    if variable.reach is None and not _ON_TARGET.search(variable.name):
        return None
    if variable.reach is None:
        assumptions.append(message("“{name}” is judged by whether the target is reached", name=variable.name))
    return YES if met else NO


def _said(yes: bool, variable: Variable, row: _Row, assumptions: list[Message]) -> Fact | None:
    """是 or 否 in the cell of a row speak of what the row wants done, not of the failing in a sentence."""
    if variable.event and not is_negative(variable.name):
        # 发生事故, answered by 是: nobody can tell whether it happened or whether all is well.
        return None
    if variable.event:
        assumptions.append(
            message(
                "“{said}” is taken to say whether the work was done, and not “{name}”",
                said=row.actual, name=variable.name,
            )
        )  # fmt: skip
    return YES if yes else NO


_YES_NO = {"是": True, "有": True, "否": False, "无": False, "没有": False}
_ON_TARGET = re.compile("完成|达成|达到|实现|达标|通过|合格")


def _delay(variable: Variable, row: _Row, assumptions: list[Message]) -> Fraction | None:
    """How late: stated as a length of time, or from the day of completion and the day that was due."""
    done = row.day
    if done is None:
        unit = unit_of(variable.unit)
        amount = in_unit(row.actual, variable.unit) if read_number(row.actual) is None else None
        if amount is not None and unit is not None and unit.dimension is Dimension.DURATION:
            return Fraction(amount)
        return Fraction(0) if row.met and row.target is None else None
    due = _due(row)
    if due is None:
        return None
    assumptions.append(message("due on {due}, done on {done}", due=due.isoformat(), done=done.isoformat()))
    if variable.unit == "工作日":
        return _working_days(due, done, row.profile, assumptions)
    return delay(due, done, variable.unit)


def _working_days(due: date, done: date, profile: Profile, assumptions: list[Message]) -> Fraction | None:
    days = working_days(due, done, profile)
    if days is None:
        return None
    if is_known(due, max(due, done), profile):
        assumptions.append(message("working days are counted by the announced holidays of the year"))
    else:
        assumptions.append(
            message("the holidays of a year are not known: Monday to Friday count as working days")
        )
    return Fraction(days)


def _due(row: _Row) -> date | None:
    """The day that was due: the target's, else the one that the explanation or the sentence names."""
    if isinstance(row.value, DateValue):
        return row.value.last_day(row.year)
    for text in (row.indicator.explanation, row.indicator.criterion, row.indicator.name):
        days = {deadline.when.last_day(row.year) for deadline in find_deadlines(text or "")} - {None}
        if len(days) == 1:
            return days.pop()
    return None


_MISSING = re.compile("少|未|缺|欠|不足|没有")


def _count(variable: Variable, row: _Row, assumptions: list[Message]) -> Fraction | None:
    """Cases: the actual itself where the row counts them, else what is missing to the target."""
    own, asked = unit_of(row.indicator.unit), unit_of(variable.unit)
    if own is None or asked is None or own.symbol != asked.symbol or row.target is None:
        return None
    done = row.amount(row.indicator.unit)
    if done is None:
        return None
    if row.indicator.operator in ("≤", "<") or not row.target:
        return done
    if not _MISSING.search(variable.name):
        return None
    missing = max(Fraction(0), Fraction(row.target) - done)
    assumptions.append(
        message(
            "missing: target {target}{unit} less actual {actual}{unit} = {missing}{unit}",
            target=plain(row.target), actual=number(done), missing=number(missing),
            unit=row.indicator.unit or "",
        )
    )  # fmt: skip
    return missing


def _question(variable: Variable) -> Message:
    name, unit = variable.name, variable.unit
    match variable.kind:
        case Kind.VALUE:
            return message("what was reached, in {unit}? {name}", name=name, unit=unit)
        case Kind.RATE:
            return message("which rate was reached, in percent? {name}", name=name)
        case Kind.RATIO:
            return message("what share of the target was completed, in percent? {name}", name=name)
        case Kind.COUNT:
            return message("how many {unit} were there? {name}", name=name, unit=unit)
        case Kind.DELAY:
            return message("how late was it, in {unit}? {name}", name=name, unit=unit)
        case Kind.MET:
            return message("is it so, yes or no? {name}", name=name)
        case Kind.GRADE:
            return message("which of the grades of the sentence is it? {name}", name=name)
