"""What facts are called, for every face: the questions of a sentence, and facts stated by name."""

import re
from collections.abc import Mapping
from fractions import Fraction

from hengliang.base.message import Message, message
from hengliang.criteria.canonical import number
from hengliang.criteria.variable import Kind, Variable


def asked_name(variable: Variable) -> Message:
    """What a sentence asks, as a question or the name of a figure."""
    name = variable.name
    match variable.kind:
        case Kind.COUNT:
            return message("number of cases: {name}", name=name) if name else message("number of cases")
        case Kind.DELAY:
            return message("delay: {name}", name=name) if name else message("delay")
        case Kind.MET:
            return message("is it so: {name}", name=name) if name else message("as required")
        case Kind.RATIO:
            return message("completion (actual ÷ target)")
        case _:
            return message("{name}", name=name) if name else _UNNAMED[variable.kind]


_UNNAMED = {
    Kind.VALUE: message("actual value"),
    Kind.RATE: message("rate"),
    Kind.GRADE: message("grade in words"),
}
_KINDS = frozenset[str](Kind)


def fact_name(name: str) -> Message:
    """The name of a stated fact; one that goes by its kind (`delay`) in words."""
    return asked_name(Variable(Kind(name), "")) if name in _KINDS else message("{name}", name=name)


def facts_said(facts: Mapping[str, object], language: str) -> str:
    """Stated facts in one line, each with its name."""
    colon, between = message(": ").say(language), message("; ").say(language)
    return between.join(
        f"{fact_name(name).say(language)}{colon}{_figure(fact)}" for name, fact in facts.items()
    )


_FRACTION = re.compile(r"-?\d+/[1-9]\d*")


def _figure(fact: object) -> str:
    """A fact as it is read: one that is kept as an exact fraction is shown in decimals."""
    text = str(fact)
    return number(Fraction(text)) if _FRACTION.fullmatch(text) else text


def names_of(variables: tuple[Variable, ...]) -> tuple[Message, ...]:
    """The names by which facts for `variables` are stated, for a list in a message."""
    return tuple(fact_name(variable.name or variable.kind) for variable in variables)
