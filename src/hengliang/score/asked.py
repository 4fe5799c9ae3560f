"""What must be stated of an indicator before it can be scored: what its scoring sentence asks for.

Most sentences are answered by the actual value itself. Those that ask for something else (a count of
failings, several facts) need further facts beside it, each by its name.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from hengliang.base.message import Message, message
from hengliang.base.profile import Profile
from hengliang.criteria.canonical import number
from hengliang.criteria.nodes import NO, YES, Criterion
from hengliang.criteria.scored import meaning_of, words_of
from hengliang.criteria.table import unit_said
from hengliang.criteria.variable import Kind, Variable
from hengliang.form.actual import Actual
from hengliang.form.model import Form, Indicator
from hengliang.form.value import DateValue, NumberValue, value_of
from hengliang.score.facts import known_facts
from hengliang.score.policy import policy_of
from hengliang.score.row import Scorer


@dataclass(frozen=True, slots=True)
class Ask:
    """One thing to be stated. `name` is that of a further fact, None for the actual value itself.

    `words` are the answers there are, where only some words answer.
    """

    name: Message | None
    what: Message
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Asked:
    """All that is to be stated of one indicator; the first is its actual value."""

    index: int
    indicator: Indicator
    asks: tuple[Ask, ...]


def asked_of(form: Form, profile: Profile) -> tuple[Asked, ...]:
    """What must be stated of each indicator of `form`, in its order."""
    scorer = Scorer(profile, policy_of(profile), form.fiscal_year)
    return tuple(
        Asked(index, indicator, tuple(_asks(indicator, scorer)))
        for index, indicator in enumerate(form.indicators)
    )


def _asks(indicator: Indicator, scorer: Scorer) -> Iterator[Ask]:
    tree = scorer.tree_of(indicator) if indicator.points is not None else None
    if tree is None:
        yield Ask(None, message("what was reached"))
        return
    variables = tree.variables
    if len(variables) == 1 and _answers(tree, variables[0], indicator, scorer):
        yield Ask(None, _what(variables[0]), _words(tree, variables[0]))
        return
    yield Ask(None, message("what was reached"))
    for variable in variables:
        name = message("{name}", name=variable.name) if variable.name else meaning_of(variable)
        yield Ask(name, _what(variable, is_fact=True), _words(tree, variable))


def _answers(tree: Criterion, variable: Variable, indicator: Indicator, scorer: Scorer) -> bool:
    """Whether an actual value of this row, whichever is usual, answers what is asked."""
    if variable.kind is Kind.GRADE:
        return True
    return any(
        variable in known_facts(tree, indicator, Actual(text), scorer.year, scorer.profile).known
        for text in _samples(variable, indicator)
    )


def _samples(variable: Variable, indicator: Indicator) -> Sequence[str]:
    """Actual values as people would enter them for such a row."""
    value = value_of(indicator.operator, indicator.target, indicator.unit)
    if variable.kind is Kind.MET and variable.reach is None:
        return (YES,)
    if variable.kind is Kind.DELAY:
        return ("2020-12-31",)
    if isinstance(value, NumberValue):
        return (number(Fraction(value.number)),)
    if isinstance(value, DateValue):
        return (indicator.target or "",)
    return (indicator.target or "", "100%")


def _what(variable: Variable, is_fact: bool = False) -> Message:
    """What to enter, in words."""
    unit = unit_said(variable.unit).strip()
    if variable.kind is Kind.MET:
        if variable.reach is not None:
            return message("what was reached, or whether the target was: yes or no")
        if is_fact or not variable.event:
            return message("yes or no: “{name}”", name=variable.name)
        return message("yes when all is well, no for: “{name}”", name=variable.name)
    if variable.kind is Kind.DELAY and not is_fact:
        return message("the day on which it was done (2024-01-15), or how late it was, in {unit}", unit=unit)
    if variable.kind is Kind.DELAY:
        return message("how late it was, in {unit}", unit=unit)
    if variable.kind is Kind.GRADE:
        return message("one of the words of the list")
    if unit:
        return message("{meaning}, in {unit}", meaning=meaning_of(variable), unit=unit)
    return meaning_of(variable)


def _words(tree: Criterion, variable: Variable) -> tuple[str, ...]:
    if variable.kind is Kind.MET:
        return YES, NO
    return tuple(words_of(tree, variable)) if variable.kind is Kind.GRADE else ()
