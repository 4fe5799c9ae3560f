"""What a long load is doing, on the terminal: the stage, and how far it is."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Event, Thread
from typing import TYPE_CHECKING

from hengliang.base.message import Message
from hengliang.cli.terminal import is_watched

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

Watch = Callable[[Message, "DuckDBPyConnection"], None]
_SECONDS = 0.2


@contextmanager
def stages(language: str) -> Iterator[Watch]:
    """What to tell of each stage; a bar on standard error when somebody watches, and nothing otherwise."""
    if not is_watched(sys.stderr):
        yield lambda _stage, _connection: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=None)
        working: list[DuckDBPyConnection] = []
        done = Event()

        def watch(stage: Message, connection: "DuckDBPyConnection") -> None:
            working[:] = [connection]
            bar.update(task, description=stage.say(language), total=None, completed=0)

        def look() -> None:
            while not done.wait(_SECONDS):
                share = working[0].query_progress() if working else -1
                if share > 0:
                    bar.update(task, total=100, completed=min(share, 100))

        looking = Thread(target=look, daemon=True)
        looking.start()
        try:
            yield watch
        finally:
            done.set()
            looking.join()
