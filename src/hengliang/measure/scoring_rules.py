"""The scoring rules of the ledgers' vectors (R-UNIT …): exact points from an actual value.

A sentence of a form is read by `criteria`; these rules are what a ledger says would follow where the sentence
is cut or holds no arithmetic. All of them lie between 0 and the points, and are rounded once.
"""

import operator
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from math import ceil, floor
from typing import Any

from hengliang.criteria.evaluate import rounded
from hengliang.criteria.variable import whole_months

_ROUNDING = {"floor": floor, "ceil": ceil, "linear": Fraction}


def rule_score(rule: str, points: Fraction, inputs: Mapping[str, Any]) -> Decimal:
    """The points by `rule`. Raises KeyError for an unknown rule and for an input that is missing."""
    return rounded(min(points, max(Fraction(0), _RULES[rule](points, inputs))))


def _exact(value: Any) -> Fraction:
    return Fraction(Decimal(str(value))) if not isinstance(value, Fraction) else value


def _unit(points: Fraction, given: Mapping[str, Any]) -> Fraction:
    missing = max(Fraction(0), _exact(given["target"]) - _exact(given["actual"]))
    return points - _exact(given["step"]) * missing


def _percent(points: Fraction, given: Mapping[str, Any]) -> Fraction:
    gap = _exact(given["base"]) - _exact(given["actual"])
    gap = max(Fraction(0), gap if given["side"] == "below" else -gap)
    return points - _exact(given["per"]) * _ROUNDING[given.get("rounding", "floor")](gap)


def _month(points: Fraction, given: Mapping[str, Any]) -> Fraction:
    due, done = _day(given["due"]), _day(given["done"])
    months = whole_months(due, done)
    if given.get("rounding", "floor") == "ceil" and done > due:
        months += whole_months(due, date.fromordinal(done.toordinal() - 1)) == months
    return points - _exact(given["per_month"]) * months


def _day(value: Any) -> date:
    return value if isinstance(value, date) else date.fromisoformat(str(value))


def _share(points: Fraction, given: Mapping[str, Any]) -> Fraction:
    return points * min(Fraction(1), _exact(given["actual"]) / _exact(given["target"]))


def _gate_share(points: Fraction, given: Mapping[str, Any]) -> Fraction:
    return _share(points, given) if given["gate"] else Fraction(0)


_OPERATORS: Mapping[str, Callable[[Fraction, Fraction], bool]] = {
    ">=": operator.ge, "≥": operator.ge, "<=": operator.le, "≤": operator.le,
    ">": operator.gt, "<": operator.lt, "=": operator.eq, "==": operator.eq,
}  # fmt: skip


def _all(points: Fraction, given: Mapping[str, Any]) -> Fraction:
    met = _OPERATORS[given.get("operator", ">=")](_exact(given["actual"]), _exact(given["target"]))
    return points if met else Fraction(0)


def _item(points: Fraction, given: Mapping[str, Any]) -> Fraction:
    """An item costs `per_item`, or else its equal part of the points."""
    cost = _exact(given["per_item"]) if "per_item" in given else points / _exact(given["items"])
    return points - cost * _exact(given["unsatisfied"])


def _missed(points: Fraction, given: Mapping[str, Any]) -> Fraction:
    return points - _exact(given["per_missed"]) * _exact(given["missed"])


def _verdict(points: Fraction, given: Mapping[str, Any]) -> Fraction:
    return points if given["positive"] else Fraction(0)


def _improve(points: Fraction, given: Mapping[str, Any]) -> Fraction:
    before = given["baseline"] if "baseline" in given else given["base"]
    return points if _exact(given["actual"]) > _exact(before) else Fraction(0)


_RULES = {
    "R-UNIT": _unit,
    "R-PCT": _percent,
    "R-MONTH": _month,
    "R-SHARE": _share,
    "R-GATE-SHARE": _gate_share,
    "R-ALL": _all,
    "R-ITEM": _item,
    "R-MISSED": _missed,
    "R-VERDICT": _verdict,
    "R-IMPROVE": _improve,
}
