"""Where a row came from that was put in ready: what its history says of it.

A row that is put in may carry an origin, `kind:reference`. The app that put it in registers what such a
reference is called and where it is seen.
"""

from collections.abc import Callable
from typing import NamedTuple


class Shown(NamedTuple):
    """An origin in words of the reader's language, with its address; empty when it cannot be opened."""

    text: str
    url: str


Show = Callable[[str], Shown]

_SHOWS: dict[str, Show] = {}


def origin(kind: str) -> Callable[[Show], Show]:
    """Registers how the references of a kind are shown."""

    def add(show: Show) -> Show:
        _SHOWS[kind] = show
        return show

    return add


def shown(kept: str | None) -> Shown | None:
    """An origin as a page shows it; None when there is none that is known."""
    kind, _, reference = (kept or "").partition(":")
    return _SHOWS[kind](reference) if kind in _SHOWS else None
