"""Two pieces of work timed in turn, A B A B …, so that a machine that grows slower slows both. Counted is the
time of the processor, so that other work on the machine counts for neither.

Figures are ratios of medians against a named baseline in the same run; absolute times are only told beside.
"""

import statistics
import time
from collections.abc import Callable
from typing import NamedTuple


class Timing(NamedTuple):
    """Median seconds of the processor for one call."""

    name: str
    seconds: float


def in_turn(
    works: dict[str, Callable[[], object]], rounds: int = 9, least: float = 0.05
) -> dict[str, Timing]:
    """The median time of each piece of work over `rounds`; short work is repeated to last `least` seconds."""
    repeats: dict[str, int] = {}
    for name, work in works.items():
        work()
        start = time.process_time()
        work()
        repeats[name] = max(1, int(least / max(time.process_time() - start, 1e-6)))
    times: dict[str, list[float]] = {name: [] for name in works}
    for _ in range(rounds):
        for name, work in works.items():
            start = time.process_time()
            for _ in range(repeats[name]):
                work()
            times[name].append((time.process_time() - start) / repeats[name])
    return {name: Timing(name, statistics.median(taken)) for name, taken in times.items()}
