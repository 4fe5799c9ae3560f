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
    """Runs of one value in each series: `_row` of the first reading, and `seconds` that elapsed.

    A run may bridge a gap.
    """
    known = frame.filter(~nw.col(value).is_null())
    changed = known.with_columns(_before=nw.col(value).shift(1).over(*series, order_by=at)).with_columns(
        _changed=(nw.col(value) != nw.col("_before")).fill_null(True).cast(nw.Int64)
    )
    numbered = changed.with_columns(_run=nw.col("_changed").cum_sum().over(*series, order_by=at))
    runs = numbered.group_by(*series, "_run").agg(
        _row=nw.col("_row").min(), _from=nw.col(at).min(), _until=nw.col(at).max()
    )
    return runs.with_columns(seconds=seconds_between("_from", "_until"))
