"""Arithmetic in words as a tree: （A÷B×50%＋C÷D×50%）×分值. Evaluated exactly."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Literal, NamedTuple

Sign = Literal["+", "-", "×", "÷"]


@dataclass(frozen=True, slots=True)
class Number:
    """A figure, or something known: the points, the target."""

    value: Fraction


@dataclass(frozen=True, slots=True)
class Asked:
    """The number of one of the variables, times `scale` (a rate in percent counts as a hundredth)."""

    index: int
    scale: Fraction = Fraction(1)


@dataclass(frozen=True, slots=True)
class Operation:
    """Two sides and the sign between them."""

    sign: Sign
    left: "Expression"
    right: "Expression"


Expression = Number | Asked | Operation


def value_of(expression: Expression, numbers: Sequence[Fraction]) -> Fraction | None:
    """The exact value; None where something is divided by 0."""
    if isinstance(expression, Number):
        return expression.value
    if isinstance(expression, Asked):
        return numbers[expression.index] * expression.scale
    left, right = value_of(expression.left, numbers), value_of(expression.right, numbers)
    if left is None or right is None:
        return None
    match expression.sign:
        case "+":
            return left + right
        case "-":
            return left - right
        case "×":
            return left * right
        case "÷":
            return left / right if right else None


def line_of(expression: Expression) -> tuple[Fraction, Fraction] | None:
    """Start and slope of an expression of one variable that is a straight line; None for any other."""
    if isinstance(expression, Number):
        return expression.value, Fraction(0)
    if isinstance(expression, Asked):
        return (Fraction(0), expression.scale) if expression.index == 0 else None
    left, right = line_of(expression.left), line_of(expression.right)
    if left is None or right is None:
        return None
    match expression.sign:
        case "+":
            return left[0] + right[0], left[1] + right[1]
        case "-":
            return left[0] - right[0], left[1] - right[1]
        case "×":
            if left[1] and right[1]:
                return None
            return left[0] * right[0], left[0] * right[1] + left[1] * right[0]
        case "÷":
            return (left[0] / right[0], left[1] / right[0]) if right[0] and not right[1] else None


class Figure(NamedTuple):
    """A figure of the text, in the unit behind it; percent is a hundredth."""

    value: Fraction
    unit: str


class Name(NamedTuple):
    """Words of the text, and the figure filled in behind them."""

    text: str
    filled: Figure | None


_TOKEN = re.compile(
    r"(?P<name>(?:(?:19|20)[0-9]{2}年度?)?[^×*÷/+\-=(),;:%0-9.]+)|(?P<figure>[0-9]+(?:\.[0-9]+)?)(?P<unit>%|[^×*÷/+\-=(),;:%0-9.]*)"
    r"|(?P<sign>[×*÷/+\-()])"
)
_SIGNS: dict[str, Sign] = {"+": "+", "-": "-", "×": "×", "*": "×", "÷": "÷", "/": "÷"}


class NotArithmeticError(ValueError):
    """The text is no arithmetic of names and figures."""


Leaf = Callable[[Name | Figure], Expression]


def parse_expression(text: str, leaf: Leaf) -> Expression:
    """The tree of `text`; `leaf` says what a name or a figure is. Raises NotArithmeticError."""
    tokens = [*_tokens(text)]
    expression, end = _sum(tokens, 0, leaf)
    if end < len(tokens):
        raise NotArithmeticError(text)
    return expression


_Token = Name | Figure | str


def _tokens(text: str) -> Iterator[_Token]:
    at, waiting = 0, ""
    while at < len(text):
        match = _TOKEN.match(text, at)
        if match is None:
            raise NotArithmeticError(text)
        at = match.end()
        if match["name"] is not None:
            if waiting:
                raise NotArithmeticError(text)
            waiting = match["name"]
            continue
        figure = None
        if match["figure"] is not None:
            number, unit = Fraction(Decimal(match["figure"])), match["unit"]
            figure = Figure(number / 100 if unit == "%" else number, unit)
        if waiting:
            yield Name(waiting, figure)
            waiting = ""
            if figure is not None:
                continue
        yield figure if figure is not None else match["sign"]
    if waiting:
        yield Name(waiting, None)


def _sum(tokens: list[_Token], at: int, leaf: Leaf) -> tuple[Expression, int]:
    left, at = _product(tokens, at, leaf)
    while at < len(tokens) and tokens[at] in ("+", "-"):
        right, end = _product(tokens, at + 1, leaf)
        left, at = Operation(_SIGNS[str(tokens[at])], left, right), end
    return left, at


def _product(tokens: list[_Token], at: int, leaf: Leaf) -> tuple[Expression, int]:
    left, at = _factor(tokens, at, leaf)
    while at < len(tokens) and tokens[at] in ("×", "*", "÷", "/"):
        right, end = _factor(tokens, at + 1, leaf)
        left, at = Operation(_SIGNS[str(tokens[at])], left, right), end
    return left, at


def _factor(tokens: list[_Token], at: int, leaf: Leaf) -> tuple[Expression, int]:
    if at >= len(tokens):
        raise NotArithmeticError("")
    token = tokens[at]
    if token == "(":
        inner, end = _sum(tokens, at + 1, leaf)
        if end >= len(tokens) or tokens[end] != ")":
            raise NotArithmeticError("")
        return inner, end + 1
    if isinstance(token, str):
        raise NotArithmeticError(token)
    return leaf(token), at + 1
