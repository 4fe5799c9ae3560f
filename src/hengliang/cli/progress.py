"""A bar on the terminal while many files are worked on."""

import sys
from collections.abc import Iterable, Iterator
from typing import TypeVar

from hengliang.base.message import Message
from hengliang.cli.terminal import is_watched

T = TypeVar("T")

_FEW = 3
"""So many items are done before anybody looks for a bar."""


def watched(items: Iterable[T], total: int, said: Message, language: str) -> Iterator[T]:
    """`items` as they come, with a bar on standard error when somebody watches and there are many."""
    if total <= _FEW or not is_watched(sys.stderr):
        yield from items
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(said.say(language), total=total)
        for item in items:
            yield item
            bar.advance(task)
