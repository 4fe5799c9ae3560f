"""A spreadsheet's arithmetic in binary floating point, with none of the tolerance that office programs add:
what a formula gives where nobody helps it."""

import math
import re
from collections.abc import Callable, Mapping

Value = float | str | bool
_TOKEN = re.compile(
    r'\s*("(?:[^"]|"")*"|\d+(?:\.\d+)?|\$?[A-Z]+\$?\d+|[A-Z]+(?=\()|TRUE|<>|<=|>=|[-+*/^&=<>(),])'
)


def calculate(formula: str, cells: Mapping[str, Value | None]) -> Value:
    """The value of `formula` (without the leading =)."""
    tokens: list[str] = []
    at = 0
    while at < len(formula):
        match = _TOKEN.match(formula, at)
        assert match, formula[at : at + 40]
        tokens.append(match[1])
        at = match.end()
    reader = _Reader(tokens, cells)
    value = reader.comparison()()
    assert reader.at == len(tokens), tokens[reader.at :]
    return value


Lazy = Callable[[], Value]


class _Reader:
    def __init__(self, tokens: list[str], cells: Mapping[str, Value | None]) -> None:
        self.tokens, self.cells, self.at = tokens, cells, 0

    def peek(self) -> str:
        return self.tokens[self.at] if self.at < len(self.tokens) else ""

    def take(self) -> str:
        self.at += 1
        return self.tokens[self.at - 1]

    def comparison(self) -> Lazy:
        left = self.added()
        if self.peek() in ("=", "<>", "<", ">", "<=", ">="):
            sign, right = self.take(), self.added()
            return lambda: _compare(left(), sign, right())
        return left

    def added(self) -> Lazy:
        left = self.multiplied()
        while self.peek() in ("+", "-"):
            left = _apply(self.take(), left, self.multiplied())
        return left

    def multiplied(self) -> Lazy:
        left = self.raised()
        while self.peek() in ("*", "/"):
            left = _apply(self.take(), left, self.raised())
        return left

    def raised(self) -> Lazy:
        left = self.single()
        while self.peek() == "^":
            left = _apply(self.take(), left, self.single())
        return left

    def single(self) -> Lazy:
        token = self.take()
        if token == "-":
            inner = self.single()
            return lambda: -float(inner())
        if token == "(":
            inner = self.comparison()
            assert self.take() == ")"
            return inner
        if token.startswith('"'):
            text = token[1:-1].replace('""', '"')
            return lambda: text
        if token[0].isdigit():
            number = float(token)
            return lambda: number
        if token == "TRUE":
            return lambda: True
        if self.peek() == "(":
            return self.called(token)
        return lambda: _or_empty(self.cells.get(token))

    def called(self, name: str) -> Lazy:
        self.take()
        operands: list[Lazy] = []
        while self.peek() != ")":
            if self.peek() == ",":
                self.take()
            operands.append(self.comparison())
        self.take()
        return lambda: _FUNCTIONS[name](*operands)


def _or_empty(value: Value | None) -> Value:
    return "" if value is None else value


def _compare(left: Value, sign: str, right: Value) -> bool:
    if isinstance(left, str) != isinstance(right, str):
        return sign == "<>"
    return {
        "=": left == right,
        "<>": left != right,
        "<": left < right,  # pyright: ignore
        ">": left > right,  # pyright: ignore
        "<=": left <= right,  # pyright: ignore
        ">=": left >= right,  # pyright: ignore
    }[sign]


def _apply(sign: str, left: Lazy, right: Lazy) -> Lazy:
    def value() -> float:
        one, other = float(left()), float(right())
        if sign == "+":
            return one + other
        if sign == "-":
            return one - other
        if sign == "*":
            return one * other
        return one / other if sign == "/" else one**other

    return value


def _round(number: Lazy, places: Lazy) -> float:
    value, scale = float(number()), 10.0 ** float(places())
    return math.copysign(math.floor(abs(value) * scale + 0.5) / scale, value)


def _round_up(number: Lazy, places: Lazy) -> float:
    value, scale = float(number()), 10.0 ** float(places())
    return math.copysign(math.ceil(abs(value) * scale) / scale, value)


_FUNCTIONS: dict[str, Callable[..., Value]] = {
    "IF": lambda test, yes, no: yes() if test() else no(),
    "AND": lambda *tests: all(test() for test in tests),
    "OR": lambda *tests: any(test() for test in tests),
    "NOT": lambda test: not test(),
    "MAX": lambda *numbers: max(float(number()) for number in numbers),
    "MIN": lambda *numbers: min(float(number()) for number in numbers),
    "INT": lambda number: float(math.floor(float(number()))),
    "ROUND": _round,
    "ROUNDUP": _round_up,
    "ISNUMBER": lambda cell: not isinstance(cell(), str),
}
