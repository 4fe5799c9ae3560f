"""What the text of an expression can call: functions over the columns of one row, by name (`FUNCTIONS`)."""

import re
from calendar import monthrange
from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from functools import reduce
from typing import Any, cast

import narwhals as nw

from hengliang.measure.period import Period


class ExpressionError(ValueError):
    """A text that is no expression of this language; says which text, and why."""


def all_of(conditions: Sequence[nw.Expr]) -> nw.Expr:
    """Whether all conditions hold; true of none."""
    return reduce(lambda one, other: one & other, conditions) if conditions else nw.lit(True)


def as_expr(value: object) -> nw.Expr:
    """A value as an expression."""
    return value if isinstance(value, nw.Expr) else nw.lit(cast("Any", value))


def _in_fy(period: Period, day: object) -> nw.Expr:
    return as_expr(day).is_between(period.start, period.end)


def _given(period: Period, *values: object) -> nw.Expr:
    del period
    return all_of([~as_expr(value).is_null() for value in values])


def _missing(period: Period, *values: object) -> nw.Expr:
    del period
    return all_of([as_expr(value).is_null() for value in values])


def _implies(period: Period, condition: object, follows: object) -> nw.Expr:
    """Unknown conditions demand nothing; what must follow and is unknown does not hold."""
    del period
    return ~(as_expr(condition).fill_null(False)) | as_expr(follows).fill_null(False)


def _both_or_none(period: Period, one: object, other: object) -> nw.Expr:
    del period
    return as_expr(one).is_null() == as_expr(other).is_null()


def _days(period: Period, earlier: object, later: object) -> nw.Expr:
    """Whole days from one date to another."""
    del period
    # Two dates differ by a number on one engine and by a duration on another, two instants by a duration.
    first, second = (as_expr(value).cast(nw.Datetime("us")) for value in (earlier, later))
    return (second - first).dt.total_minutes() // (24 * 60)


def _minutes(period: Period, earlier: object, later: object) -> nw.Expr:
    """Whole minutes from one instant to another."""
    del period
    return (as_expr(later) - as_expr(earlier)).dt.total_minutes()


def _seconds(period: Period, earlier: object, later: object) -> nw.Expr:
    """Whole seconds from one instant to another."""
    del period
    return (as_expr(later) - as_expr(earlier)).dt.total_seconds()


def _in_order(period: Period, *values: object) -> nw.Expr:
    """Each value is no later than any after it; those that are missing are passed over."""
    del period
    steps = [as_expr(values[one]) <= as_expr(values[two]) for two in range(len(values)) for one in range(two)]
    return all_of([step.fill_null(True) for step in steps])


def _years_after(period: Period, day: object, count: object) -> nw.Expr:
    """The same day some years later."""
    del period
    return as_expr(day).dt.offset_by(f"{count}y")


def _of_fy(period: Period, text: object) -> nw.Expr:
    """A period written as text lies in the fiscal year: 2023, 2023-01, 2023-Q1, 2023-H1."""
    return as_expr(text).str.starts_with(str(period.end.year))


def _after_period(period: Period, day: object, text: object) -> nw.Expr:
    """The day lies after the end of a period written as text; unknown for a text of another form."""
    del period
    written = as_expr(text)
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
    return as_expr(day).dt.to_string("%Y-%m") > nw.coalesce(*months)


def _prefix(period: Period, text: object, length: object) -> nw.Expr:
    """The first characters of a text."""
    del period
    return as_expr(text).str.slice(0, cast("int", length))


def _suffix(period: Period, text: object, length: object) -> nw.Expr:
    """The last characters of a text."""
    del period
    return as_expr(text).str.slice(-cast("int", length))


def _near(period: Period, north: object, east: object, limit: object) -> nw.Expr:
    """Two differences in metres make a distance within a limit: exact, to the tenth of a millimetre."""
    del period
    # Squares of tenths of a millimetre fit into 64 bits up to 100 km; farther away is farther away.
    far = nw.lit(Decimal(100_000))
    sizes = [as_expr(part).abs() for part in (north, east, limit)]
    within = [nw.when(size > far).then(far).otherwise(size) for size in sizes]
    one, other, most = ((size * nw.lit(10_000)).cast(nw.Int64) for size in within)
    return one * one + other * other <= most * most


def _distance(period: Period, north: object, east: object) -> nw.Expr:
    """The distance that two differences make, in mm precision, to be shown."""
    del period
    one, other = (as_expr(part).cast(nw.Float64) for part in (north, east))
    return ((one * one + other * other) ** 0.5).round(3)


def _percent(period: Period, part: object, whole: object) -> nw.Expr:
    """A part in percent of a whole, to two places, to be shown; unknown where the whole is 0."""
    del period
    one, other = (as_expr(value).cast(nw.Float64) for value in (part, whole))
    return (one * 100 / nw.when(other != 0).then(other)).round(2)


def _steps(period: Period, value: object, table: object) -> nw.Expr:
    """The result of the first step that the value does not exceed, of a list such as ("20:3", "40:5")."""
    del period
    steps = [str(step).split(":") for step in cast("tuple[str, ...]", table)]
    results = [nw.when(as_expr(value) <= int(most)).then(nw.lit(int(result))) for most, result in steps]
    return nw.coalesce(*results)


def _within(period: Period, day: object, text: object) -> nw.Expr:
    """The day lies in a part of the year written as text, 2023-06 or 2023-Q2; in the fiscal year if blank."""
    start, end = part_of(period, str(text or ""))
    return as_expr(day).is_between(start, end)


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
    written = as_expr(text)
    valid = written.str.contains(r"^\d{4}-(0[1-9]|1[0-2])$")
    first = nw.when(valid).then(nw.concat_str(written, nw.lit("-01"))).str.to_date(format="%Y-%m-%d")
    starts = first.cast(nw.Datetime("us"))
    return (starts.dt.offset_by("1mo") - starts).dt.total_minutes() // 60


def _abs(period: Period, value: object) -> nw.Expr:
    del period
    return as_expr(value).abs()


def _largest(period: Period, *values: object) -> nw.Expr:
    del period
    return nw.max_horizontal(*(as_expr(value) for value in values))


def _smallest(period: Period, *values: object) -> nw.Expr:
    del period
    return nw.min_horizontal(*(as_expr(value) for value in values))


def _or_else(period: Period, *values: object) -> nw.Expr:
    """The first of the values that is there."""
    del period
    return nw.coalesce(*(as_expr(value) for value in values))


def _choose(period: Period, condition: object, this: object, other: object) -> nw.Expr:
    """One value where a condition holds, another where it does not or is unknown."""
    del period
    return nw.when(as_expr(condition).fill_null(False)).then(as_expr(this)).otherwise(as_expr(other))


def _day(period: Period, instant: object) -> nw.Expr:
    """The day of an instant. Instants are kept in the time of Beijing."""
    del period
    return as_expr(instant).dt.date()


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
