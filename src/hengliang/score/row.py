"""One indicator is scored: by its sentence, or by a method of the profile where none is printed."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from typing import Literal, NamedTuple

from hengliang.base.message import Message, message
from hengliang.base.number import plain, round_half_up
from hengliang.base.profile import Profile
from hengliang.criteria.bounds import bounds
from hengliang.criteria.evaluate import Fact, outcome
from hengliang.criteria.explain import Step, steps_of
from hengliang.criteria.methods import MethodCurve, MethodError, fallback_code, is_over, method_curve
from hengliang.criteria.nodes import Criterion
from hengliang.criteria.read import CriterionReading, Status, read_criterion, rounded
from hengliang.criteria.variable import Variable
from hengliang.form.actual import Actual
from hengliang.form.levels import Level1, Level2, level1_of, level2_of
from hengliang.form.model import Indicator, Operator
from hengliang.form.reached import Direction, direction_of, in_unit
from hengliang.form.value import NumberValue, value_of
from hengliang.score.facts import known_facts
from hengliang.score.policy import Policy
from hengliang.score.sheet import Offer, RowScore, State


class Points(NamedTuple):
    """Points before rounding, and all that was said on the way to them."""

    low: Fraction
    high: Fraction
    steps: tuple[Step, ...]
    assumptions: tuple[Message, ...]
    questions: tuple[Message, ...]
    tree: Criterion | None = None
    facts: Mapping[Variable, Fact] = {}


@dataclass(frozen=True, slots=True)
class Scorer:
    """Scores the rows of one form: its year, the profile and what that decides."""

    profile: Profile
    policy: Policy
    year: int | None = None

    def score(
        self, index: int, indicator: Indicator, actual: Actual | None, weight: Fraction | None = None
    ) -> RowScore:
        """The points of one row. `weight` are the points that count; the printed ones when None."""
        points = indicator.points
        if points is None:
            return RowScore(index, indicator, State.NO_POINTS, actual=actual)
        full = Fraction(points) if weight is None else weight
        row = RowScore(
            index, indicator, State.NOT_REPORTED, points, self._round(full), actual=actual,
            reading=self.reading_of(indicator),
        )  # fmt: skip
        if row.reading is not None:
            row = replace(row, tree=row.reading.tree)
        if actual is not None and not actual.applicable:
            return replace(row, state=State.NOT_APPLICABLE, weight=Decimal(0))
        if actual is None or not actual.is_reported:
            return row
        if row.reading is None:
            return self._by_method(row, actual, full)
        return self._by_sentence(row, row.reading, actual, full)

    def reading_of(self, indicator: Indicator) -> CriterionReading | None:
        """What the scoring sentence of a row says; None when none is printed."""
        if not indicator.criterion or indicator.points is None:
            return None
        return read_criterion(
            indicator.criterion,
            indicator.points,
            indicator.operator,
            indicator.target,
            indicator.unit,
            self.profile,
        )

    def tree_of(self, indicator: Indicator) -> Criterion | None:
        """What decides on the points of a row: its sentence, or the profile's method where none is printed.

        None where the sentence is not understood, or no method can be worked out.
        """
        reading = self.reading_of(indicator)
        if reading is not None:
            return reading.tree
        try:
            return self._method(indicator).tree
        except MethodError:
            return None

    def _round(self, points: Fraction) -> Decimal:
        return rounded(points, self.policy.places)

    def _by_sentence(
        self, row: RowScore, reading: CriterionReading, actual: Actual, full: Fraction
    ) -> RowScore:
        said = (*(note.reason for note in reading.open), *(note.reason for note in reading.unread))
        remarks = (*(note.reason for note in reading.verdicts), *self._remarks(row.indicator, actual))
        if reading.tree is None:
            offer = self._offer(row.indicator, actual, full)
            zero = Fraction(0)
            found = Points(zero, Fraction(row.points or 0), (), (), said)
            return self._finished(replace(row, remarks=remarks, offer=offer), found, full)
        found = self._points(reading.tree, row.indicator, actual)
        found = found._replace(
            assumptions=(*reading.assumptions, *found.assumptions), questions=(*said, *found.questions)
        )
        offer = self._offer(row.indicator, actual, full) if reading.status is Status.BOUNDED else None
        return self._finished(replace(row, remarks=remarks, offer=offer), found, full)

    def _by_method(self, row: RowScore, actual: Actual, full: Fraction) -> RowScore:
        """Without a sentence the method of the profile decides, and that is said."""
        remarks = self._remarks(row.indicator, actual)
        try:
            method = self._method(row.indicator)
        except MethodError as error:
            found = Points(Fraction(0), Fraction(row.points or 0), (), (), (error.reason,))
            return self._finished(replace(row, remarks=remarks), found, full)
        found = self._points(method.tree, row.indicator, actual)
        named = message(
            "no scoring sentence is printed: method {code} ({name}) of the profile: {statement}",
            code=method.method.code, name=method.method.name, statement=method.method.statement,
        )  # fmt: skip
        found = found._replace(assumptions=(named, *self._unsigned(row.indicator), *found.assumptions))
        return self._finished(replace(row, method=method.method.code, remarks=remarks), found, full)

    def _finished(self, row: RowScore, found: Points, full: Fraction) -> RowScore:
        """The row with its points rounded once, scaled where rows that do not apply left it theirs."""
        printed = Fraction(row.points or 0)
        scale = full / printed if printed else Fraction(1)
        low, high = self._round(found.low * scale), self._round(found.high * scale)
        if low == high and found.questions:
            # What the sentence leaves open does not touch these points; a reader should know of it anyway.
            remarks = tuple(
                message("without effect on these points: {what}", what=what) for what in found.questions
            )
            row, found = (
                replace(row, remarks=(*row.remarks, *remarks), offer=None),
                found._replace(questions=()),
            )
        steps = found.steps
        if scale != 1:
            weighed = message(
                "counts with {weight} points in place of {points}",
                weight=row.weight,
                points=plain(row.points or Decimal(0)),
            )
            steps = (*steps, Step(weighed, found.low * scale, found.high * scale, ()))
        return replace(
            row, state=State.SCORED if low == high else State.BOUNDED, low=low, high=high, steps=steps,
            tree=found.tree, facts=found.facts,
            assumptions=(*row.assumptions, *found.assumptions), questions=(*row.questions, *found.questions),
        )  # fmt: skip

    def _points(self, tree: Criterion, indicator: Indicator, actual: Actual) -> Points:
        facts = known_facts(tree, indicator, actual, self.year, self.profile)
        assumptions, questions = tuple(facts.assumptions), tuple(facts.questions)
        if not questions or all(variable in facts.known for variable in tree.variables):
            found = outcome(tree, facts.known)
            return Points(
                found.low, found.high, steps_of(found), assumptions, (), tree=tree, facts=facts.known
            )
        low, high = bounds(tree, facts.known)
        full = Fraction(indicator.points or 0)
        return Points(
            Fraction(0) if low is None else low, full if high is None else high, (), assumptions, questions,
            tree, facts.known,
        )  # fmt: skip

    def _method(self, indicator: Indicator) -> MethodCurve:
        operator, target = self._signed(indicator)
        place: Literal["", "satisfaction"] = (
            "satisfaction"
            if level1_of(indicator.level1) is Level1.SATISFACTION
            or level2_of(indicator.level2) is Level2.SATISFACTION
            else ""
        )
        code = fallback_code(operator, None if target is None else Fraction(target), self.profile, place)
        points = indicator.points or Decimal(0)
        return method_curve(code, points, operator, target, indicator.unit or "", self.profile)

    def _signed(self, indicator: Indicator) -> tuple[Operator | None, Decimal | None]:
        """The operator, as everyone reads it where none is printed, and the target as a number."""
        value = value_of(indicator.operator, indicator.target, indicator.unit)
        target = value.number if isinstance(value, NumberValue) else None
        if indicator.operator is not None or target is None:
            return indicator.operator, target
        way = direction_of(None, indicator.name, level2_of(indicator.level2), indicator.unit, self.profile)
        return ("≤" if way is Direction.DOWN else "≥"), target

    def _unsigned(self, indicator: Indicator) -> tuple[Message, ...]:
        operator, _ = self._signed(indicator)
        if indicator.operator is not None or operator is None:
            return ()
        return (message("no sign is printed beside the target: read as {operator}", operator=operator),)

    def _offer(self, indicator: Indicator, actual: Actual, full: Fraction) -> Offer | None:
        """What the profile's method would give beside an interval; None where it cannot be worked out.

        Further facts answer the sentence and not the method.
        """
        actual = replace(actual, facts={})
        try:
            method = self._method(indicator)
        except MethodError:
            return None
        found = self._points(method.tree, indicator, actual)
        if found.questions:
            return None
        scale = full / Fraction(indicator.points) if indicator.points else Fraction(1)
        low, high = self._round(found.low * scale), self._round(found.high * scale)
        return Offer(method.method.code, method.method.name, low, high)

    def _remarks(self, indicator: Indicator, actual: Actual) -> tuple[Message, ...]:
        operator, target = self._signed(indicator)
        done = in_unit(actual.text, indicator.unit) if actual.text else None
        if done is None or target is None or not is_over(done, target, operator, self.profile):
            return ()
        share = round_half_up(done / target * 100)
        return (
            message(
                "{share}% of the target: far above it, the reason must be given (X13)", share=plain(share)
            ),
        )
