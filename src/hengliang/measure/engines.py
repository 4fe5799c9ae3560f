"""What the engines do differently: fetching the rows of a lazy frame, and writing an instant."""

from datetime import datetime, time
from typing import Any

import narwhals as nw


def fetched(frame: nw.LazyFrame[Any]) -> list[tuple[Any, ...]]:
    """The rows of a frame, as tuples in the order of its columns."""
    return frame.collect().rows()


def instant(value: datetime) -> nw.Expr:
    """An instant without offset, in whole seconds. Spark would move a literal by the zone of its session."""
    seconds = int((value - datetime.combine(value, time())).total_seconds())
    midnight = nw.lit(value.date()).cast(nw.Datetime("us"))
    return midnight.dt.offset_by(f"{seconds}s") if seconds else midnight
