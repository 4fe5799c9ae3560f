"""What measuring said of the rows of a batch: apps above know it, and register how to ask."""

from collections.abc import Callable
from typing import NamedTuple

from hengliang.web.evidence.models import Load


class Told(NamedTuple):
    """Of one metric: the rows of the source file that counted, and those that did not with the reason."""

    metric: str
    name: str
    counted: frozenset[int]
    left_out: dict[int, str]


Teller = Callable[[Load, str], list[Told]]
_TELLERS: list[Teller] = []


def tells(teller: Teller) -> Teller:
    """Registers a function that tells, in a language, what came of the rows of a load."""
    _TELLERS.append(teller)
    return teller


def told(load: Load, language: str) -> list[Told]:
    """All that is told of a load."""
    return [one for teller in _TELLERS for one in teller(load, language)]
