"""Conditions and amounts in a definition, written as text: `in_fy(checked_on) and verdict == 'PASS'`.

The text is an expression in the syntax of Python over the columns of one row. It is read once and becomes a
narwhals expression, so that the same text runs on every engine and can be printed for people. Nothing else
of Python is allowed: no calls but those of `FUNCTIONS`, no attributes but the parameters `p.name`.

A comparison with a missing value is unknown, as in SQL; `and`, `or` and `not` keep it unknown where it
matters, and a condition that is unknown does not hold.
"""

import ast
import operator
import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache, reduce
from typing import cast

import narwhals as nw

from hengliang.measure.functions import FUNCTIONS, ExpressionError, all_of, as_expr
from hengliang.measure.period import Period

Value = str | int | Decimal | bool | date | datetime | tuple["Value", ...] | None
Parameters = Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Expression:
    """A condition or an amount over the columns of one row."""

    text: str
    columns: tuple[str, ...]
    """The columns it asks for, each once, in the order of the text."""
    parameters: tuple[str, ...]
    """The parameters it asks for."""
    passed_over: tuple[str, ...] = ()
    """Those of the columns that it can do without: they stand in `in_order` alone."""

    def build(self, period: Period, parameters: Parameters, absent: Collection[str] = ()) -> nw.Expr:
        """The expression for a period. `absent`: columns, of those passed over, that the source lacks.

        Raises ExpressionError for a parameter that is not given.
        """
        missing = [name for name in self.parameters if name not in parameters]
        if missing:
            raise ExpressionError(f"{self.text!r} asks for the parameter {missing[0]!r}, which is not given")
        return as_expr(_Builder(period, parameters, absent).visit(_parsed(self.text)))


def expression(text: str) -> Expression:
    """Reads `text`. Raises ExpressionError."""
    tree = _parsed(text)
    parameters: list[str] = []
    called: set[ast.expr] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            if not isinstance(node.func, ast.Name) or node.func.id not in FUNCTIONS or node.keywords:
                raise ExpressionError(f"{text!r}: {ast.unparse(node.func)} is no function of this language")
            called.add(node.func)
        elif isinstance(node, ast.Attribute):
            if not isinstance(node.value, ast.Name) or node.value.id != "p":
                raise ExpressionError(f"{text!r}: only parameters are asked for with a full stop: p.name")
            called.add(node.value)
            parameters.append(node.attr)
        elif not isinstance(node, _ALLOWED):
            raise ExpressionError(f"{text!r}: {type(node).__name__} is not part of this language")
    names = [node for node in ast.walk(tree) if isinstance(node, ast.Name) and node not in called]
    names.sort(key=lambda each: (each.lineno, each.col_offset))
    columns = [node.id for node in names if node.id not in _CONSTANTS]
    ordered = {arg for node in ast.walk(tree) if _is_order(node) for arg in cast("ast.Call", node).args}
    elsewhere = {node.id for node in names if node not in ordered}
    return Expression(
        text,
        tuple(dict.fromkeys(columns)),
        tuple(dict.fromkeys(parameters)),
        tuple(dict.fromkeys(name for name in columns if name not in elsewhere)),
    )


def _is_order(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "in_order"


@lru_cache(maxsize=4096)
def _parsed(text: str) -> ast.expr:
    try:
        return ast.parse(text.strip(), mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        raise ExpressionError(f"{text!r} is no expression: {error}") from None


_ALLOWED = (
    ast.BoolOp, ast.And, ast.Or, ast.UnaryOp, ast.Not, ast.USub, ast.BinOp, ast.Add, ast.Sub, ast.Mult,
    ast.Compare, ast.Eq, ast.NotEq, ast.Lt, ast.LtE, ast.Gt, ast.GtE, ast.In, ast.NotIn,
    ast.Constant, ast.Name, ast.Load, ast.Tuple,
)  # fmt: skip
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_CONSTANTS = ("fy", "fy_start", "fy_end", "freeze", "as_of")
_COMPARE: dict[type[ast.cmpop], Callable[[nw.Expr, nw.Expr], nw.Expr]] = {
    ast.Eq: operator.eq, ast.NotEq: operator.ne, ast.Lt: operator.lt, ast.LtE: operator.le,
    ast.Gt: operator.gt, ast.GtE: operator.ge,
}  # fmt: skip
_ARITHMETIC: dict[type[ast.operator], Callable[[nw.Expr, nw.Expr], nw.Expr]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
}


def _any_of(conditions: Sequence[nw.Expr]) -> nw.Expr:
    return reduce(lambda one, other: one | other, conditions)


class _Builder:
    def __init__(self, period: Period, parameters: Parameters, absent: Collection[str]) -> None:
        self.period = period
        self.parameters = parameters
        self.absent = absent

    def visit(self, node: ast.expr) -> nw.Expr | Value:
        match node:
            case ast.Constant(value=value):
                return Decimal(str(value)) if isinstance(value, float) else value  # pyright: ignore[reportReturnType]
            case ast.Tuple(elts=parts):
                return tuple(self.visit(part) for part in parts)  # pyright: ignore[reportReturnType]
            case ast.Name(id=name) if name in _CONSTANTS:
                return self._constant(name)
            case ast.Name(id=name):
                return nw.col(name)
            case ast.Attribute(attr=name):
                return self._parameter(self.parameters[name])
            case ast.BoolOp(op=joined, values=parts):
                conditions = [as_expr(self.visit(part)) for part in parts]
                return all_of(conditions) if isinstance(joined, ast.And) else _any_of(conditions)
            case ast.UnaryOp(op=ast.Not(), operand=part):
                return ~as_expr(self.visit(part))
            case ast.UnaryOp(op=ast.USub(), operand=part):
                value = self.visit(part)
                return -value if isinstance(value, int | Decimal) else nw.lit(0) - as_expr(value)
            case ast.BinOp(left=left, op=joined, right=right):
                return _ARITHMETIC[type(joined)](as_expr(self.visit(left)), as_expr(self.visit(right)))
            case ast.Compare(left=left, ops=ops, comparators=others):
                return self._compare(left, ops, others)
            case ast.Call(func=ast.Name(id=name), args=args):
                kept = [arg for arg in args if not (isinstance(arg, ast.Name) and arg.id in self.absent)]
                return FUNCTIONS[name](self.period, *(self.visit(arg) for arg in kept))
            case _:
                raise ExpressionError(f"{ast.unparse(node)} is not part of this language")

    def _parameter(self, value: Value) -> Value:
        """A parameter; `fy_end` and a date that are written as text are dates."""
        if isinstance(value, str) and value in _CONSTANTS:
            return self._constant(value)
        return date.fromisoformat(value) if isinstance(value, str) and _DAY.fullmatch(value) else value

    def _constant(self, name: str) -> date | int:
        return {
            "fy": self.period.end.year,
            "fy_start": self.period.start,
            "fy_end": self.period.end,
            "freeze": self.period.freeze,
            "as_of": self.period.as_of or self.period.freeze,
        }[name]

    def _compare(self, left: ast.expr, ops: list[ast.cmpop], others: list[ast.expr]) -> nw.Expr:
        found: list[nw.Expr] = []
        before = left
        for op, after in zip(ops, others, strict=True):
            if isinstance(op, ast.In | ast.NotIn):
                options = self.visit(after)
                if not isinstance(options, tuple):
                    raise ExpressionError(
                        f"{ast.unparse(after)}: what comes after `in` is a list in brackets"
                    )
                inside = as_expr(self.visit(before)).is_in(options)
                found.append(~inside if isinstance(op, ast.NotIn) else inside)
            else:
                found.append(_COMPARE[type(op)](as_expr(self.visit(before)), as_expr(self.visit(after))))
            before = after
        return all_of(found)
