"""Time series of readings at the volume of a city or a province (10⁷ to 10⁹ rows), as expressions.

Nothing here fetches readings: every function takes a frame and gives a frame with few rows. A series is what
stands in some columns together (a device, a channel, a quantity).
"""

from collections.abc import Sequence
from typing import Any

import narwhals as nw

Frame = nw.LazyFrame[Any]


def seconds_between(earlier: str, later: str) -> nw.Expr:
    """Whole seconds from one instant to another."""
    return (nw.col(later) - nw.col(earlier)).dt.total_seconds()


def numbered(frame: Frame, series: Sequence[str], having: nw.Expr | None = None) -> Frame:
    """The rows with the number of their series as `_series`: engines sort by a number several times as fast
    as by names. `having` keeps the series for which a condition over all their rows holds."""
    names = {f"_name_{at}": nw.col(name).cast(nw.String).fill_null("") for at, name in enumerate(series)}
    named = frame.with_columns(**names)
    kept = named.group_by(*names).agg(_having=nw.len() > 0 if having is None else having)
    numbers = kept.filter(nw.col("_having")).select(*names).with_row_index("_series", order_by=[*names])
    return named.join(numbers, on=[*names], how="inner").drop(*names)


def gaps(frame: Frame, series: Sequence[str], at: str) -> Frame:
    """The longest time between two readings of each series, `gap` in seconds; null for a single reading."""
    before = frame.with_columns(_before=nw.col(at).shift(1).over(*series, order_by=at))
    return before.with_columns(_gap=seconds_between("_before", at)).group_by(*series).agg(
        gap=nw.col("_gap").max()
    )  # fmt: skip


def ends(frame: Frame, series: Sequence[str], at: str, value: str) -> Frame:
    """The first and the last reading of each series: `first`, `last`, and `seconds` between them."""
    spans = frame.with_columns(
        _first=nw.col(at).min().over(*series), _last=nw.col(at).max().over(*series)
    ).with_columns(
        _at_first=nw.when(nw.col(at) == nw.col("_first")).then(nw.col(value)),
        _at_last=nw.when(nw.col(at) == nw.col("_last")).then(nw.col(value)),
    )  # fmt: skip
    return spans.group_by(*series).agg(
        first=nw.col("_at_first").max(),
        last=nw.col("_at_last").max(),
        _from=nw.col(at).min(),
        _until=nw.col(at).max(),
    ).with_columns(seconds=seconds_between("_from", "_until"))  # fmt: skip


def flat_runs(frame: Frame, series: Sequence[str], at: str, value: str) -> Frame:
    """Runs of two or more readings of one value in each series: `_row` of the first, and `seconds` elapsed.

    A run may bridge a gap.
    """
    known = frame.filter(~nw.col(value).is_null()).select(
        "_row", *series, _at=nw.col(at), _value=nw.col(value)
    )
    placed = numbered(known, series).with_columns(
        _before=nw.col("_value").shift(1).over("_series", order_by="_at"),
        _from=nw.col("_at").shift(1).over("_series", order_by="_at"),
        _row_before=nw.col("_row").shift(1).over("_series", order_by="_at"),
        _place=nw.col("_row").cum_count().over("_series", order_by="_at"),
    )
    # Few readings are like the one before. Those of one run follow each other without another one between.
    same = placed.filter(nw.col("_value") == nw.col("_before"))
    joined = same.with_columns(
        _run=nw.col("_place") - nw.col("_row").cum_count().over("_series", order_by="_place"),
        _first=nw.min_horizontal("_row", "_row_before"),
    )
    runs = joined.group_by("_series", "_run").agg(
        _row=nw.col("_first").min(), _from=nw.col("_from").min(), _until=nw.col("_at").max()
    )
    return runs.with_columns(seconds=seconds_between("_from", "_until"))
