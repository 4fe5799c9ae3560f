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
from calendar import monthrange
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache, reduce
from typing import Any, cast

import narwhals as nw

from hengliang.measure.period import Period

Value = str | int | Decimal | bool | date | datetime | tuple["Value", ...] | None
Parameters = Mapping[str, Value]


class ExpressionError(ValueError):
    """A text that is no expression of this language; says which text, and why."""


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
        return _expr(_Builder(period, parameters, absent).visit(_parsed(self.text)))


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


def all_of(conditions: Sequence[nw.Expr]) -> nw.Expr:
    """Whether all conditions hold; true of none."""
    return reduce(lambda one, other: one & other, conditions) if conditions else nw.lit(True)


def _any_of(conditions: Sequence[nw.Expr]) -> nw.Expr:
    return reduce(lambda one, other: one | other, conditions)


def _expr(value: object) -> nw.Expr:
    return value if isinstance(value, nw.Expr) else nw.lit(cast("Any", value))


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
                conditions = [_expr(self.visit(part)) for part in parts]
                return all_of(conditions) if isinstance(joined, ast.And) else _any_of(conditions)
            case ast.UnaryOp(op=ast.Not(), operand=part):
                return ~_expr(self.visit(part))
            case ast.UnaryOp(op=ast.USub(), operand=part):
                value = self.visit(part)
                return -value if isinstance(value, int | Decimal) else nw.lit(0) - _expr(value)
            case ast.BinOp(left=left, op=joined, right=right):
                return _ARITHMETIC[type(joined)](_expr(self.visit(left)), _expr(self.visit(right)))
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
                inside = _expr(self.visit(before)).is_in(options)
                found.append(~inside if isinstance(op, ast.NotIn) else inside)
            else:
                found.append(_COMPARE[type(op)](_expr(self.visit(before)), _expr(self.visit(after))))
            before = after
        return all_of(found)


def _in_fy(period: Period, day: object) -> nw.Expr:
    return _expr(day).is_between(period.start, period.end)


def _given(period: Period, *values: object) -> nw.Expr:
    del period
    return all_of([~_expr(value).is_null() for value in values])


def _missing(period: Period, *values: object) -> nw.Expr:
    del period
    return all_of([_expr(value).is_null() for value in values])


def _implies(period: Period, condition: object, follows: object) -> nw.Expr:
    """Unknown conditions demand nothing; what must follow and is unknown does not hold."""
    del period
    return ~(_expr(condition).fill_null(False)) | _expr(follows).fill_null(False)


def _both_or_none(period: Period, one: object, other: object) -> nw.Expr:
    del period
    return _expr(one).is_null() == _expr(other).is_null()


def _days(period: Period, earlier: object, later: object) -> nw.Expr:
    """Whole days from one date to another."""
    del period
    # Two dates differ by a number on one engine and by a duration on another, two instants by a duration.
    first, second = (_expr(value).cast(nw.Datetime("us")) for value in (earlier, later))
    return (second - first).dt.total_minutes() // (24 * 60)


def _minutes(period: Period, earlier: object, later: object) -> nw.Expr:
    """Whole minutes from one instant to another."""
    del period
    return (_expr(later) - _expr(earlier)).dt.total_minutes()


def _seconds(period: Period, earlier: object, later: object) -> nw.Expr:
    """Whole seconds from one instant to another."""
    del period
    return (_expr(later) - _expr(earlier)).dt.total_seconds()


def _in_order(period: Period, *values: object) -> nw.Expr:
    """Each value is no later than any after it; those that are missing are passed over."""
    del period
    steps = [_expr(values[one]) <= _expr(values[two]) for two in range(len(values)) for one in range(two)]
    return all_of([step.fill_null(True) for step in steps])


def _years_after(period: Period, day: object, count: object) -> nw.Expr:
    """The same day some years later."""
    del period
    return _expr(day).dt.offset_by(f"{count}y")


def _of_fy(period: Period, text: object) -> nw.Expr:
    """A period written as text lies in the fiscal year: 2023, 2023-01, 2023-Q1, 2023-H1."""
    return _expr(text).str.starts_with(str(period.end.year))


def _after_period(period: Period, day: object, text: object) -> nw.Expr:
    """The day lies after the end of a period written as text; unknown for a text of another form."""
    del period
    written = _expr(text)
    year = written.str.slice(0, 4)
    ends = [("-" + month, month) for month in (f"{at:02}" for at in range(1, 13))]
    ends += [
        ("", "12"),
        ("-Q1", "03"),
        ("-Q2", "06"),
        ("-Q3", "09"),
        ("-Q4", "12"),
        ("-H1", "06"),
        ("-H2", "12"),
    ]
    months = [
        nw.when(written.str.contains(rf"^\d{{4}}{form}$")).then(nw.concat_str(year, nw.lit(f"-{month}")))
        for form, month in ends
    ]
    return _expr(day).dt.to_string("%Y-%m") > nw.coalesce(*months)


def _prefix(period: Period, text: object, length: object) -> nw.Expr:
    """The first characters of a text."""
    del period
    return _expr(text).str.slice(0, cast("int", length))


def _suffix(period: Period, text: object, length: object) -> nw.Expr:
    """The last characters of a text."""
    del period
    return _expr(text).str.slice(-cast("int", length))


def _near(period: Period, north: object, east: object, limit: object) -> nw.Expr:
    """Two differences in metres make a distance within a limit: exact, to the tenth of a millimetre."""
    del period
    # Squares of tenths of a millimetre fit into 64 bits up to 100 km; farther away is farther away.
    far = nw.lit(Decimal(100_000))
    sizes = [_expr(part).abs() for part in (north, east, limit)]
    within = [nw.when(size > far).then(far).otherwise(size) for size in sizes]
    one, other, most = ((size * nw.lit(10_000)).cast(nw.Int64) for size in within)
    return one * one + other * other <= most * most


def _distance(period: Period, north: object, east: object) -> nw.Expr:
    """The distance that two differences make, in mm precision, to be shown."""
    del period
    one, other = (_expr(part).cast(nw.Float64) for part in (north, east))
    return ((one * one + other * other) ** 0.5).round(3)


def _percent(period: Period, part: object, whole: object) -> nw.Expr:
    """A part in percent of a whole, to two places, to be shown; unknown where the whole is 0."""
    del period
    one, other = (_expr(value).cast(nw.Float64) for value in (part, whole))
    return (one * 100 / nw.when(other != 0).then(other)).round(2)


def _steps(period: Period, value: object, table: object) -> nw.Expr:
    """The result of the first step that the value does not exceed, of a list such as ("20:3", "40:5")."""
    del period
    steps = [str(step).split(":") for step in cast("tuple[str, ...]", table)]
    results = [nw.when(_expr(value) <= int(most)).then(nw.lit(int(result))) for most, result in steps]
    return nw.coalesce(*results)


def _within(period: Period, day: object, text: object) -> nw.Expr:
    """The day lies in a part of the year written as text, 2023-06 or 2023-Q2; in the fiscal year if blank."""
    start, end = part_of(period, str(text or ""))
    return _expr(day).is_between(start, end)


def part_of(period: Period, text: str) -> tuple[date, date]:
    """The first and the last day of 2023, 2023-06, 2023-Q2 or 2023-H1; the fiscal year where blank.

    Raises ExpressionError for a text of another form.
    """
    if not text:
        return period.start, period.end
    found = re.fullmatch(r"(\d{4})(?:-(0[1-9]|1[0-2])|-Q([1-4])|-H([12]))?", text)
    if found is None:
        raise ExpressionError(f"{text!r} is no part of a year such as 2023-06, 2023-Q2, 2023-H1")
    year, month, quarter, half = (int(part) if part else None for part in found.groups())
    assert year is not None
    if month:
        first, last = month, month
    elif quarter:
        first, last = quarter * 3 - 2, quarter * 3
    elif half:
        first, last = half * 6 - 5, half * 6
    else:
        first, last = 1, 12
    return date(year, first, 1), date(year, last, monthrange(year, last)[1])


def _hours_of(period: Period, text: object) -> nw.Expr:
    """The hours of a month written as text, 2023-06; unknown for a text of another form."""
    del period
    written = _expr(text)
    valid = written.str.contains(r"^\d{4}-(0[1-9]|1[0-2])$")
    first = nw.when(valid).then(nw.concat_str(written, nw.lit("-01"))).str.to_date(format="%Y-%m-%d")
    starts = first.cast(nw.Datetime("us"))
    return (starts.dt.offset_by("1mo") - starts).dt.total_minutes() // 60


def _abs(period: Period, value: object) -> nw.Expr:
    del period
    return _expr(value).abs()


def _largest(period: Period, *values: object) -> nw.Expr:
    del period
    return nw.max_horizontal(*(_expr(value) for value in values))


def _smallest(period: Period, *values: object) -> nw.Expr:
    del period
    return nw.min_horizontal(*(_expr(value) for value in values))


def _or_else(period: Period, *values: object) -> nw.Expr:
    """The first of the values that is there."""
    del period
    return nw.coalesce(*(_expr(value) for value in values))


def _choose(period: Period, condition: object, this: object, other: object) -> nw.Expr:
    """One value where a condition holds, another where it does not or is unknown."""
    del period
    return nw.when(_expr(condition).fill_null(False)).then(_expr(this)).otherwise(_expr(other))


def _day(period: Period, instant: object) -> nw.Expr:
    """The day of an instant. Instants are kept in the time of Beijing."""
    del period
    return _expr(instant).dt.date()


FUNCTIONS: dict[str, Callable[..., nw.Expr]] = {
    "in_fy": _in_fy,
    "given": _given,
    "missing": _missing,
    "implies": _implies,
    "both_or_none": _both_or_none,
    "days": _days,
    "minutes": _minutes,
    "seconds": _seconds,
    "in_order": _in_order,
    "years_after": _years_after,
    "of_fy": _of_fy,
    "after_period": _after_period,
    "prefix": _prefix,
    "suffix": _suffix,
    "near": _near,
    "distance": _distance,
    "percent": _percent,
    "steps": _steps,
    "abs": _abs,
    "largest": _largest,
    "smallest": _smallest,
    "or_else": _or_else,
    "choose": _choose,
    "within": _within,
    "hours_of": _hours_of,
    "day": _day,
}
"""What can be called. `in_fy(d)`: the date lies in the fiscal year."""
