"""A question about one sentence as plain data, and its answer: what `hengliang criteria` and services ask."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, NamedTuple, cast

from hengliang.base.message import Message, message
from hengliang.base.number import plain, read_number, read_quantity
from hengliang.base.profile import Profile
from hengliang.criteria.given import Given
from hengliang.criteria.read import CriterionReading, read_criterion
from hengliang.form.sign import read_sign
from hengliang.form.target import read_target

MOST_GIVENS = 10_000
"""Facts that one question may state."""
_LONGEST = 400


class QuestionError(ValueError):
    """A question that is none; `reason` says what is wrong with it."""

    def __init__(self, reason: Message) -> None:
        super().__init__(str(reason))
        self.reason = reason


class Question(NamedTuple):
    """A sentence with the indicator around it, and the facts to score."""

    text: str
    points: Decimal | None = None
    operator: str | None = None
    target: str | None = None
    unit: str | None = None
    given: tuple[Any, ...] = ()
    """Each as it was stated: a text, a number, true or false, or an object of named ones."""

    def read(self, profile: Profile) -> CriterionReading:
        """What the sentence says. Never raises."""
        return read_criterion(self.text, self.points, self.operator, self.target, self.unit, profile)


def question_of(data: Mapping[str, Any]) -> Question:
    """The question in an object with `text`, `points`, `operator`, `target`, `unit`, `given`.

    All but `text` may be missing. Points and target may be numbers or texts (`5分`, `≥95%`), the operator in
    any spelling of the forms (`>=`, 不低于), `given` one fact or a list. Raises QuestionError.
    """
    text = data.get("text")
    if not isinstance(text, str) or not text.strip():
        raise QuestionError(message("there is no sentence: “text” is missing or empty"))
    operator, target, unit = _target(
        *(_cell(data.get(name), name) for name in ("operator", "target", "unit"))
    )
    given = data.get("given")
    listed = cast("list[Any]", given) if isinstance(given, list | tuple) else [given]
    facts = () if given is None else tuple(listed)
    if len(facts) > MOST_GIVENS:
        raise QuestionError(message("“given” states more than {most} facts", most=MOST_GIVENS))
    return Question(text, _points(data.get("points")), operator, target, unit, facts)


def fact_in(given: Any) -> Given:
    """A fact of a question as readings take it; a pair of dates is the one agreed and the real one.

    Raises QuestionError for what states nothing.
    """
    if isinstance(given, Mapping) and given:
        named = cast("Mapping[object, Any]", given)
        return {str(name): _plain_fact(value) for name, value in named.items()}
    if isinstance(given, list | tuple):
        pair = cast("list[Any]", given)
        if len(pair) == 2:
            return {"应完成": _plain_fact(pair[0]), "完成": _plain_fact(pair[1])}
    return _plain_fact(given)


def _plain_fact(given: Any) -> Given:
    if isinstance(given, bool):
        return given
    if isinstance(given, int | float | Decimal):
        return _figure(given)
    if isinstance(given, str) and given.strip() and len(given) <= _LONGEST:
        return given
    raise QuestionError(message("a fact is a number, a word, or an object of named ones"))


def _figure(number: float | Decimal) -> str:
    exact = Decimal(str(number))
    if not exact.is_finite() or abs(exact.adjusted()) > _LONGEST:
        raise QuestionError(message("{number} is no number that can be used", number=str(number)))
    return plain(exact)


def _cell(value: Any, name: str) -> str | None:
    if value is None or isinstance(value, bool):
        return None
    if isinstance(value, int | float | Decimal):
        return _figure(value)
    if isinstance(value, str):
        return value.strip() or None
    raise QuestionError(message("“{name}” is a text or a number", name=name))


def _points(value: Any) -> Decimal | None:
    text = _cell(value, "points")
    if text is None:
        return None
    quantity = read_quantity(text)
    if quantity is None or quantity.unit not in (None, "分") or quantity.number < 0:
        raise QuestionError(message("“{points}” are no points", points=text))
    return quantity.number


def _target(
    operator: str | None, target: str | None, unit: str | None
) -> tuple[str | None, str | None, str | None]:
    """Operator, target and unit, each apart: `≥95%` alone is all three."""
    sign = read_sign(operator)
    if operator is not None and sign is None:
        raise QuestionError(message("“{operator}” is no operator: ≥ > = < ≤ or 定性", operator=operator))
    number = read_number(target) if target is not None else None
    if target is None or number is not None:
        return sign, None if number is None else plain(number), unit
    promised = read_target(operator, target, unit, None)
    return promised.operator or sign, promised.target or target, promised.unit or unit
