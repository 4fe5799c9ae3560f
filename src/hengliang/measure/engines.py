"""What the engines do differently: fetching the rows of a lazy frame, and nothing else."""

from typing import Any

import narwhals as nw


def fetched(frame: nw.LazyFrame[Any]) -> list[tuple[Any, ...]]:
    """The rows of a frame, as tuples in the order of its columns."""
    return frame.collect().rows()
