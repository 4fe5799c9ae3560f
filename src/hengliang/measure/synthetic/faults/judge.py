"""What a single row breaks, worked out in plain Python over plain values: a second opinion to the checks.

It shares no code with the checks and the engines, but reads the same definitions. Unknown is None, as in SQL.
"""

import ast
from collections.abc import Collection, Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import lru_cache, reduce
from typing import Any

from hengliang.measure.codes.catalogue import FORMATS
from hengliang.measure.definition import Check, Ledger, Rule
from hengliang.measure.functions import ExpressionError, part_of
from hengliang.measure.geometry import area_m2, shape
from hengliang.measure.period import Period
from hengliang.measure.synthetic.city import Row
from hengliang.measure.synthetic.dice import is_workday
from hengliang.measure.synthetic.filling import events


class Unread(str):
    """A cell that cannot be read as what its column is."""

    __slots__ = ()


def holds(rule: Rule, row: Row, period: Period, parameters: Mapping[str, Any]) -> bool:
    """Whether a rule between columns holds for a row; unknown is no breach."""
    if rule.where is not None and holds_text(rule.where.text, row, period, parameters) is not True:
        return True
    return holds_text(rule.holds.text, row, period, parameters) is not False


def holds_text(text: str, row: Row, period: Period, parameters: Mapping[str, Any]) -> Any:
    """Whether a condition holds for a row; None where that is unknown."""
    return _Judge(row, period, parameters).ask(_parsed(text))


def codes(ledger: Ledger, row: Row, period: Period, touched: Collection[str] | None = None) -> set[str]:
    """The codes of all that is wrong with a row by itself; only of what asks for touched columns."""
    found = {
        rule.code
        for rule in ledger.rules
        if (touched is None or not {*touched}.isdisjoint(rule.columns))
        and not holds(rule, row, period, ledger.parameters)
    }
    for column in ledger.columns:
        if touched is not None and column.name not in touched:
            continue
        value = row.get(column.name)
        if isinstance(value, Unread):
            found.add("Q10")
        elif value is None:
            found |= {"Q01"} if column.need == "R" else set()
        elif column.codes and not column.open and value not in column.codes:
            found.add("Q02")
        elif column.format and FORMATS[column.format](str(value)) is not None:
            found.add(column.reported_as)
        elif isinstance(value, int | Decimal) and not isinstance(value, bool):
            low, high = column.least, column.most
            found |= (
                {"Q10"} if (low is not None and value < low) or (high is not None and value > high) else set()
            )
    for check in ledger.checks:
        found |= _CHECKS[check.code](check, row) if check.code in _CHECKS else set()
    return found | _recording(ledger, row)


def _area(check: Check, row: Row) -> set[str]:
    """Q06: the area differs from that of the outline."""
    said, outline = row.get(check.optional.get("area", "")), row.get(check.columns["shape"])
    if not isinstance(said, Decimal) or not isinstance(outline, str):
        return set()
    figure = shape(outline)
    computed = area_m2(figure) if figure.is_valid else float(said)
    return {"Q06"} if abs(float(said) - computed) > max(1, computed / 1000) else set()


def _silent(check: Check, row: Row) -> set[str]:
    """F13b: accepted, but no data or no device online."""
    if check.ledger is not None or row.get("accepted_on") is None:
        return set()
    return {"F13b"} if row["first_data_on"] is None or row["online_device_count"] == 0 else set()


def _notice(check: Check, row: Row) -> set[str]:
    """G04-A1: fewer working days of notice than are asked for."""
    notice, event = (row.get(check.columns[part]) for part in ("notice", "event"))
    if not isinstance(notice, date) or not isinstance(event, date):
        return set()
    days = sum(is_workday(notice + timedelta(days=step + 1)) for step in range(max(0, (event - notice).days)))
    return {check.reports or "notice"} if days < check.figures["working_days"] else set()


_CHECKS = {"Q06": _area, "F13b": _silent, "notice": _notice}
"""Checks over several rows that one row can break alone."""


def _recording(ledger: Ledger, row: Row) -> set[str]:
    known, days = row.get("recorded_at"), events(ledger, row)
    if ledger.is_series or not isinstance(known, datetime) or not days:
        return set()
    late = (known.date() - max(days)).days
    return {"Q12"} if late < 0 else {"Q13"} if late > 30 else set()


@lru_cache(maxsize=4096)
def _parsed(text: str) -> ast.expr:
    return ast.parse(text.strip(), mode="eval").body


class _Judge:
    def __init__(self, row: Row, period: Period, parameters: Mapping[str, Any]) -> None:
        self.row = row
        self.period = period
        self.parameters = parameters

    def ask(self, node: ast.expr) -> Any:
        match node:
            case ast.Constant(value=value):
                return Decimal(str(value)) if isinstance(value, float) else value
            case ast.Tuple(elts=parts):
                return tuple(self.ask(part) for part in parts)
            case ast.Name(id=name):
                return self._name(name)
            case ast.Attribute(attr=name):
                value = self.parameters[name]
                return self._name(value) if value in ("fy_start", "fy_end") else value
            case ast.BoolOp(op=ast.And(), values=parts):
                return _all([self.ask(part) for part in parts])
            case ast.BoolOp(values=parts):
                return _not(_all([_not(self.ask(part)) for part in parts]))
            case ast.UnaryOp(op=ast.Not(), operand=part):
                return _not(self.ask(part))
            case ast.UnaryOp(operand=part):
                value = self.ask(part)
                return None if value is None else -value
            case ast.BinOp(left=left, op=sign, right=right):
                one, other = self.ask(left), self.ask(right)
                if one is None or other is None:
                    return None
                return one + other if isinstance(sign, ast.Add) else (
                    one - other if isinstance(sign, ast.Sub) else one * other
                )  # fmt: skip
            case ast.Compare(left=left, ops=ops, comparators=others):
                values = [self.ask(part) for part in (left, *others)]
                return _all(
                    [_compared(op, *pair) for op, *pair in zip(ops, values, values[1:], strict=False)]
                )
            case ast.Call(func=ast.Name(id=name), args=args):
                return getattr(self, f"_{name}")(*(self.ask(arg) for arg in args))
            case _:
                raise ValueError(ast.unparse(node))

    def _name(self, name: str) -> Any:
        period = self.period
        known = {"fy": period.end.year, "fy_start": period.start, "fy_end": period.end,
                 "freeze": period.freeze, "as_of": period.as_of or period.freeze}  # fmt: skip
        if name in known:
            return known[name]
        value = self.row.get(name)
        return None if isinstance(value, Unread) else value

    def _in_fy(self, day: Any) -> Any:
        return None if day is None else self.period.start <= day <= self.period.end

    def _given(self, *values: Any) -> bool:
        return None not in values

    def _missing(self, *values: Any) -> bool:
        return all(value is None for value in values)

    def _implies(self, condition: Any, follows: Any) -> bool:
        return condition is not True or follows is True

    def _both_or_none(self, one: Any, other: Any) -> bool:
        return (one is None) == (other is None)

    def _days(self, one: Any, other: Any) -> Any:
        return None if None in (one, other) else (other - one).days

    def _minutes(self, one: Any, other: Any) -> Any:
        return None if None in (one, other) else int((other - one).total_seconds() // 60)

    def _seconds(self, one: Any, other: Any) -> Any:
        return None if None in (one, other) else int((other - one).total_seconds())

    def _in_order(self, *values: Any) -> bool:
        known = [value for value in values if value is not None]
        return known == sorted(known)

    def _years_after(self, day: Any, count: int) -> Any:
        return None if day is None else day.replace(year=day.year + count, day=min(day.day, 28))

    def _after_period(self, day: Any, text: Any) -> Any:
        part = self._part(text)
        return None if day is None or part is None else day > part[1]

    def _part(self, text: Any) -> tuple[date, date] | None:
        """The days of a part of a year; None for a text that is none."""
        try:
            return None if text is None else part_of(self.period, text)
        except ExpressionError:
            return None

    def _prefix(self, text: Any, length: int) -> Any:
        return None if text is None else text[:length]

    def _suffix(self, text: Any, length: int) -> Any:
        return None if text is None else text[-length:]

    def _near(self, north: Any, east: Any, limit: Any) -> Any:
        return None if None in (north, east, limit) else north**2 + east**2 <= limit**2

    def _steps(self, value: Any, table: tuple[str, ...]) -> Any:
        pairs = [tuple(map(int, step.split(":"))) for step in table]
        return None if value is None else next((result for most, result in pairs if value <= most), None)

    def _abs(self, value: Any) -> Any:
        return None if value is None else abs(value)

    def _largest(self, *values: Any) -> Any:
        return max((value for value in values if value is not None), default=None)

    def _or_else(self, *values: Any) -> Any:
        return next((value for value in values if value is not None), None)

    def _day(self, instant: Any) -> Any:
        return None if instant is None else instant.date()

    def _hours_of(self, text: Any) -> Any:
        part = self._part(text)
        return None if part is None else ((part[1] - part[0]) + timedelta(days=1)).days * 24


def _all(values: list[Any]) -> Any:
    return reduce(lambda one, other: False if other is False or one is False else (
        None if one is None or other is None else True
    ), values, True)  # fmt: skip


def _not(value: Any) -> Any:
    return None if value is None else not value


def _compared(op: ast.cmpop, one: Any, other: Any) -> Any:
    if isinstance(op, ast.In | ast.NotIn):
        return None if one is None else (one in other) == isinstance(op, ast.In)
    if one is None or other is None:
        return None
    if isinstance(one, datetime) != isinstance(other, datetime) and isinstance(one, date):
        one, other = (value.date() if isinstance(value, datetime) else value for value in (one, other))
    match op:
        case ast.Eq():
            return one == other
        case ast.NotEq():
            return one != other
        case ast.Lt():
            return one < other
        case ast.LtE():
            return one <= other
        case ast.Gt():
            return one > other
        case _:
            return one >= other
