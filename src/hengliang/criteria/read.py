"""`read_criterion`: a scoring sentence (评（扣）分标准) becomes a reading that can be evaluated."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import NamedTuple

from hengliang.base.message import Message, message
from hengliang.base.number import round_half_up
from hengliang.base.profile import Profile
from hengliang.base.unit import unit_of
from hengliang.criteria.canonical import chinese
from hengliang.criteria.clauses import Clause, Clauses, clauses_of
from hengliang.criteria.context import Context, UnreadError, name_of
from hengliang.criteria.curve import CurveError
from hengliang.criteria.elements import Each, Limit, Mark, Range, Test, Words
from hengliang.criteria.evaluate import Curves, Score, curve_of, curves_of, outcome, rounded
from hengliang.criteria.explain import Step, steps_of
from hengliang.criteria.formula import formulas_of
from hengliang.criteria.given import Given, facts_of, met_of, number_of
from hengliang.criteria.meaning import criterion_of
from hengliang.criteria.methods import MethodCurve, MethodError, fallback_code, method_curve
from hengliang.criteria.nodes import NO, Criterion, Formula, NodeError
from hengliang.criteria.notes import whole_of
from hengliang.criteria.parse import NotParsedError, parse
from hengliang.criteria.picks import picked_of
from hengliang.criteria.printed import Printed, Span, printed
from hengliang.criteria.variable import Variable, is_percent
from hengliang.criteria.verdicts import Scale, Verdicts, Veto, verdicts_of
from hengliang.criteria.wording import is_generic


class Status(StrEnum):
    """How far a sentence could be read."""

    EXACT = "exact"
    ASSUMED = "assumed"
    BOUNDED = "bounded"
    UNREAD = "unread"


class Note(NamedTuple):
    """Words of the sentence, and what is to be said of them."""

    span: Span
    reason: Message


@dataclass(frozen=True, slots=True)
class CriterionReading:
    """What a sentence says, what was assumed to complete it, and what could not be read.

    `tree` is None for an unread sentence, and for a bounded one of which nothing but the full marks is known;
    `fallback` then names the method of the profile that may be offered beside the interval, and `offer` is
    that method worked out for the indicator, where it can be. A score from it is never one of the sentence.
    """

    text: str
    status: Status
    points: Decimal | None
    tree: Criterion | None
    assumptions: tuple[Message, ...] = ()
    unread: tuple[Note, ...] = ()
    open: tuple[Note, ...] = ()
    verdicts: tuple[Note, ...] = ()
    fallback: str | None = None
    offer: MethodCurve | None = None
    scale: Scale | None = None
    """The grades that the sentence gives instead of points."""
    vetoes: tuple[Veto, ...] = ()
    """What fails the whole assessment."""

    @property
    def variables(self) -> tuple[Variable, ...]:
        """What is asked."""
        return self.tree.variables if self.tree is not None else ()

    @property
    def curves(self) -> Curves | None:
        """The curve from the one number that is asked to points; None when more or other is asked."""
        return curve_of(self.tree) if self.tree is not None else None

    def steps_at(self, given: Given) -> tuple[Step, ...]:
        """The steps in words that lead to the points for what is stated. Raises GivenError."""
        score = self.score_at(given)
        return steps_of(score.outcome) if score is not None and score.outcome is not None else ()

    @property
    def canonical(self) -> str | None:
        """The sentence as plain Chinese that says the same; None where nothing was read."""
        return chinese(self.tree) if self.tree is not None else None

    def grade_at(self, given: Given) -> str | None:
        """The grade word of a sentence that gives grades, or the result that a veto names; None for neither.

        否 to a veto says that what it forbids happened. Raises GivenError.
        """
        if self.scale is not None:
            number = number_of(given, self.scale.variable)
            return self.scale.at(number)
        if len(self.vetoes) == 1 and not isinstance(given, Mapping):
            veto = self.vetoes[0]
            return veto.grade or None if met_of(given, veto.variable) == NO else None
        return None

    def score_at(self, given: Given) -> Score | None:
        """The points for what is stated; None when the sentence is unread. Raises GivenError."""
        if self.tree is None:
            if self.status is Status.BOUNDED and self.points is not None:
                return Score(round_half_up(Decimal(0)), round_half_up(self.points), None)
            return None
        found = outcome(self.tree, facts_of(self.tree, given))
        return Score(rounded(found.low), rounded(found.high), found)


_LONGEST = 600
_MOST_CLAUSES = 60


def read_criterion(
    text: str,
    points: Decimal | None,
    operator: str | None,
    target: str | None,
    unit: str | None,
    profile: Profile,
) -> CriterionReading:
    """What the scoring sentence `text` says for an indicator worth `points` with the target given.

    `target` is the number of the target as printed, or its words; `operator` ≥ > = < ≤ or 定性.
    """
    sentence = printed(text, profile)
    full = Fraction(points) if points is not None else None
    context = Context(sentence, profile, full, operator, _target(target), _unit(unit))
    if len(text) > _LONGEST:
        return _unread(
            context, points, Span(_LONGEST, len(text)), message("the sentence is too long to be one")
        )
    if not sentence.plain:
        return _offered(context, points, Note(Span(0, 0), message("no scoring sentence is printed")))
    try:
        found = clauses_of(parse(sentence, profile))
        if found.signs or _SCORE_IS.search(sentence.plain):
            return _with_formula(context, points, operator, target, unit)
        if len(found.clauses) > _MOST_CLAUSES:
            return _unread(context, points, Span(0, len(text)), message("the sentence is too long to be one"))
        whole_of(found, context)
        for clause in found.clauses:
            clause.prefix = _prefix(clause, context)
        verdicts = verdicts_of(found, context)
        if verdicts.scale is not None or (verdicts.vetoes and not found.clauses):
            return _whole(verdicts, context, points)
        if not found.clauses:
            return _picked(found, context, points) or _bare(found, context, points)
        tree = _loose(found, context)
        _check(tree)
    except NotParsedError as error:
        return _unread(context, points, error.span, message("these words are not understood"))
    except UnreadError as error:
        return _unread(context, points, error.span, error.reason)
    except (NodeError, CurveError):
        return _unread(
            context, points, Span(0, len(text)), message("the clauses of this sentence contradict each other")
        )
    if sentence.mended:
        context.assume(message("a misprinted figure is read as what it must be: 0。5 as 0.5, l个 as 1个"))
    open_notes = tuple(Note(span, reason) for reason, span in context.open)
    status = Status.BOUNDED if open_notes else Status.ASSUMED if context.assumptions else Status.EXACT
    return CriterionReading(
        text, status, points, tree, tuple(context.assumptions), (), open_notes, _vetoed(context),
        vetoes=verdicts.vetoes,
    )  # fmt: skip


def _vetoed(context: Context) -> tuple[Note, ...]:
    said = message("a veto over the whole assessment, not counted in these points")
    return tuple(Note(span, said) for _, span in context.verdicts)


def _whole(verdicts: Verdicts, context: Context, points: Decimal | None) -> CriterionReading:
    """A sentence that gives a grade or fails the whole assessment, and no points."""
    assumptions = tuple(context.assumptions)
    return CriterionReading(
        context.sentence.text, Status.ASSUMED if assumptions else Status.EXACT, points, None, assumptions,
        verdicts=_vetoed(context), scale=verdicts.scale, vetoes=verdicts.vetoes,
    )  # fmt: skip


def _picked(found: Clauses, context: Context, points: Decimal | None) -> CriterionReading | None:
    """两类得分中较低分值作为评分结果: the least or the most of several scores."""
    tree = picked_of(found, context)
    if tree is None:
        return None
    return CriterionReading(context.sentence.text, Status.EXACT, points, tree)


def _prefix(clause: Clause, context: Context) -> str:
    """The words between the condition and the amount of a clause."""
    marks = [phrase.text for phrase in clause.front if isinstance(phrase, Mark) and phrase.kind == "apart"]
    return "".join(marks) + (context.plain([clause.outcome.span]) if clause.outcome is not None else "")


def _with_formula(
    context: Context, points: Decimal | None, operator: str | None, target: str | None, unit: str | None
) -> CriterionReading:
    """A sentence with a formula. Words beside it must say the same, or say nothing of the points."""
    found = formulas_of(context)
    text = context.sentence.text
    others = _blanked(context.sentence, found.rest)
    tree, assumptions = found.tree, tuple(context.assumptions)

    def read(words: str) -> CriterionReading:
        return read_criterion(words, points, operator, target, unit, context.profile)

    if tree is None or found.place is None:
        words = read(others)
        if words.status is Status.UNREAD or words.tree is None:
            return _unread(context, points, Span(0, len(text)), message("the formula is not understood"))
        return replace(words, text=text)
    if not _is_silent(others, points, context.profile):
        agreeing = [read(others)]
        # 达到目标得满分，未达到的，得分=实际÷目标×分值: the formula stands where words would name a
        # proportion.
        place = context.sentence.span(*found.place)
        if place.end - place.start >= len(_IN_PROPORTION):
            said = others[: place.start] + _IN_PROPORTION + others[place.start + len(_IN_PROPORTION) :]
            agreeing.append(read(said))
        if not any(words.tree is not None and _same(words.tree, tree) for words in agreeing):
            raise context.unread(Span(0, len(text)), message("the formula and the words beside it differ"))
    return CriterionReading(text, Status.ASSUMED if assumptions else Status.EXACT, points, tree, assumptions)


_IN_PROPORTION = "按比例得分"
_SCORE_IS = re.compile("得分(?:值)?=(?![0-9.]+分?(?:[,;。]|$))")


def _blanked(sentence: Printed, kept: tuple[Span, ...]) -> str:
    """The printed sentence with blanks for all but the stretches `kept` of its one spelling: places stay."""
    stays = {place for span in kept for place in sentence.places[span.start : span.end]}
    marks = {place for place, char in zip(sentence.places, sentence.plain, strict=False) if char in ",;。"}
    return "".join(char if at in stays | marks else " " for at, char in enumerate(sentence.text))


def _is_silent(text: str, points: Decimal | None, profile: Profile) -> bool:
    """Whether words say no more than that there is a cap or a floor at the full marks or at 0."""
    found = clauses_of(parse(printed(text, profile), profile))
    limits = all(
        (isinstance(phrase, Limit) and phrase.kind == "gain" and phrase.amount == points)
        or (isinstance(phrase, Words) and is_generic(name_of(phrase.text)))
        for clause in found.loose
        for phrase in clause.front
    )
    return not found.clauses and limits and not found.bases


def _same(one: Criterion, other: Criterion) -> bool:
    mine, theirs = curve_of(one), curve_of(other)
    return mine is not None and theirs is not None and mine == theirs


def _check(tree: Criterion) -> None:
    """Draws every curve once, so that a reading that was given can be evaluated. Raises CurveError."""
    for part in (*tree.parts, *tree.gates):
        if part.variable.is_number and not isinstance(part, Formula):
            curves_of(part)
    for section in tree.sections:
        _check(section)


def _target(text: str | None) -> Fraction | None:
    try:
        return Fraction(Decimal(text)) if text else None
    except ArithmeticError:
        return None


def _unit(text: str | None) -> str:
    known = unit_of(text)
    return known.symbol if known is not None else text or ""


def _unread(context: Context, points: Decimal | None, span: Span, reason: Message) -> CriterionReading:
    return CriterionReading(context.sentence.text, Status.UNREAD, points, None, unread=(Note(span, reason),))


def _bare(found: Clauses, context: Context, points: Decimal | None) -> CriterionReading:
    """A sentence without any clause that gives or takes points: a description, or one cut before them."""
    text = context.sentence.text
    whole = Span(0, len(text))
    cut = any(clause.cut for clause in found.loose)
    if cut:
        note = Note(whole, message("the sentence is cut off before any points"))
    elif any(clause.eaches or clause.tests or clause.limits for clause in found.loose):
        return _unread(context, points, whole, message("nothing is said to follow from this"))
    else:
        note = Note(whole, message("the sentence describes a state and names no points"))
    return _offered(context, points, note)


def _offered(context: Context, points: Decimal | None, note: Note) -> CriterionReading:
    """A reading of which nothing but the full marks is known, with the profile's method beside it."""
    text, target = context.sentence.text, context.target
    code = fallback_code(context.operator, target, context.profile)
    if points is None:
        return CriterionReading(text, Status.UNREAD, None, None, unread=(note,), fallback=code)
    try:
        number = Decimal(target.numerator) / Decimal(target.denominator) if target is not None else None
        offer = method_curve(code, points, context.operator, number, context.unit, context.profile)
    except MethodError:
        offer = None
    return CriterionReading(text, Status.BOUNDED, points, None, open=(note,), fallback=code, offer=offer)


def _loose(found: Clauses, context: Context) -> Criterion:
    """The tree, once conditions without outcome have been looked at."""
    _lines_before(found, context)
    for clause in found.loose:
        if clause.cut:
            if clause.eaches and any(not isinstance(phrase, Mark) for phrase in clause.front):
                found.clauses.append(clause)
            context.open.append((message("the sentence is cut off"), clause.span))
            continue
        if _standard(clause, context):
            continue
        if any(
            not isinstance(phrase, Words) and not (isinstance(phrase, Mark) and phrase.kind == "comma")
            for phrase in clause.front
        ):
            raise context.unread(clause.span, message("nothing is said to follow from this"))
        if len(clause.words) > 1:
            context.assume(message("“{words}” is no part of the arithmetic", words=context.text(clause.span)))
    return criterion_of(found, context)


def _lines_before(found: Clauses, context: Context) -> None:
    """每年不少于2次，少一次扣1分: the line before the comma is the one that is missed."""
    for clause in found.clauses:
        commas = [
            at
            for at, phrase in enumerate(clause.front)
            if isinstance(phrase, Mark) and phrase.kind == "comma"
        ]
        if not commas:
            continue
        before, after = clause.front[: commas[-1]], clause.front[commas[-1] + 1 :]
        lines = [phrase for phrase in before if isinstance(phrase, Test | Range)]
        counted = [phrase for phrase in after if isinstance(phrase, Test | Each)]
        if len(lines) != 1 or len(counted) != 1 or not isinstance(lines[0], Test):
            continue
        line, unit = lines[0], counted[0].quantity.unit
        if line.side not in ("least", "most") or line.bare or line.quantity.unit != unit or is_percent(unit):
            continue
        if _IN_PERIODS.search(context.plain([phrase.span for phrase in before])):
            # 每月不少于2次: what is missing over the year is counted.
            clause.front = after
            continue
        number = Fraction(line.quantity.number)
        if context.target is not None and (context.target, context.unit) != (number, unit):
            raise context.unread(clause.span, message("it is not certain which number the steps begin at"))
        context.target, context.unit = number, unit
        context.operator = context.operator or ("≥" if line.side == "least" else "≤")
        clause.front = after


_IN_PERIODS = re.compile("每(?:个)?(?:月|季|周|日|天|半年|旬)")
_STANDARD = re.compile("以?为(?:标准|基准|基数|目标|底线)")


def _standard(clause: Clause, context: Context) -> bool:
    """以100%为标准: the line that later clauses speak of."""
    test = clause.tests[0] if len(clause.tests) == 1 and not clause.eaches else None
    if not isinstance(test, Test) or not test.bare or _STANDARD.fullmatch(clause.words) is None:
        return False
    number, unit = Fraction(test.quantity.number), test.quantity.unit
    if context.target is not None and (context.target, context.unit) != (number, unit):
        return False
    context.target, context.unit = number, unit
    return True
