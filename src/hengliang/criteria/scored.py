"""A score for one stated fact, or why there is none: whatever is stated, nothing is raised."""

from typing import Any, NamedTuple, Protocol

from hengliang.base.message import Message, message
from hengliang.criteria.curve import CurveError
from hengliang.criteria.evaluate import Score
from hengliang.criteria.given import Given, GivenError
from hengliang.criteria.nodes import Choice, Criterion, Gate
from hengliang.criteria.question import QuestionError, fact_in
from hengliang.criteria.variable import Kind, Variable


class Scorable(Protocol):
    """A reading, or a method of the profile."""

    @property
    def tree(self) -> Criterion | None:
        """What it says; None where nothing is known of it."""
        ...

    @property
    def variables(self) -> tuple[Variable, ...]:
        """What it asks for."""
        ...

    def score_at(self, given: Given) -> Score | None:
        """The points; None where there are none. Raises GivenError."""
        ...


class NoScore(NamedTuple):
    """Why a fact cannot be scored."""

    reason: Message


def scored(reading: Scorable, given: Any) -> Score | NoScore:
    """The score for one fact as it was stated; a reason that says what is asked where there is none."""
    try:
        score = reading.score_at(fact_in(given))
    except (GivenError, QuestionError) as error:
        return NoScore(_with_asked(reading, error.reason))
    except (ArithmeticError, LookupError, CurveError):
        return NoScore(_with_asked(reading, message("there is no score for this")))
    return NoScore(message("the sentence could not be read")) if score is None else score


def _with_asked(reading: Scorable, reason: Message) -> Message:
    asked = [asked_for(reading, variable) for variable in reading.variables]
    if not asked:
        return reason
    if len(asked) == 1:
        return message("{reason}; asked is: {what}", reason=reason, what=asked[0])
    return message("{reason}; asked is an object of {count} named facts", reason=reason, count=len(asked))


def asked_for(reading: Scorable, variable: Variable) -> Message:
    """What a variable asks for, with its unit or the words to choose from."""
    meaning = meaning_of(variable)
    if variable.kind is Kind.GRADE and reading.tree is not None:
        words = tuple(words_of(reading.tree, variable))
        return message("{meaning}: {words}", meaning=meaning, words=words)
    if variable.unit:
        return message("{meaning} ({unit})", meaning=meaning, unit=variable.unit)
    return meaning


def meaning_of(variable: Variable) -> Message:
    """What is asked, in words; for a yes or no, what yes means."""
    name = variable.name
    if variable.kind is Kind.MET:
        if variable.event:
            return message("yes: “{name}” is not so", name=name)
        return message("yes: “{name}” is so", name=name)
    if name:
        return message("{name}", name=name)
    return {
        Kind.VALUE: message("the measured value of the indicator"),
        Kind.RATE: message("the rate"),
        Kind.RATIO: message("the degree of completion: actual ÷ target"),
        Kind.COUNT: message("how many"),
        Kind.DELAY: message("how much too late"),
        Kind.GRADE: message("one of the words of the sentence"),
    }[variable.kind]


def words_of(tree: Criterion, variable: Variable) -> list[str]:
    """The words between which a variable chooses."""
    words = [
        option.label
        for part in (*tree.parts, *tree.gates)
        if isinstance(part, Choice | Gate) and part.variable == variable
        for option in part.options
    ]
    for section in tree.sections:
        words += words_of(section, variable)
    return [*dict.fromkeys(words)]
