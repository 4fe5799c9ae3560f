"""`hengliang worker`: does the long work beside a production server; `serve` does the same in a thread."""

import logging
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Annotated

from hengliang.web.project.commands import home_option, set_up

if TYPE_CHECKING:
    from django_tasks_db.management.commands.db_worker import Worker

EXAMPLES = """
hengliang worker --home /srv/hengliang  # Does the long work of this installation until it is stopped.
"""


def run(
    home: Annotated[Path, home_option()] = Path("hengliang-data"),
) -> None:
    """Does the long work of an installation: imports, loads, documents."""
    set_up(home)
    _beside()
    from hengliang.web.jobs.outage import steadily

    worker = make_worker()
    worker.configure_signals()
    steadily(worker.run)


def in_a_thread() -> Thread:
    """Does the long work in a thread of this process, as long as the process lives."""
    _beside()
    return _thread(make_worker().run, "hengliang-worker")


def _thread(target: Callable[[], None], name: str) -> Thread:
    from hengliang.web.jobs.outage import steadily

    thread = Thread(target=steadily, args=(target,), name=name, daemon=True)
    thread.start()
    return thread


def _beside() -> None:
    """What runs beside the long work: the quick one, which looks often since people wait for it, and the
    watch."""
    _thread(make_worker(queues=("quick",), interval=0.2).run, "hengliang-quick")
    _watch()


def _watch() -> None:
    """Takes away what killed uploads left, what is no longer kept and sessions that ran out, looks for work
    and letters of dead workers, and reminds of deadlines, now and for as long as the process lives: a worker
    that was killed is often back before anybody can tell that its job was lost."""
    from hengliang.web.jobs.actions import LEASE

    def watch() -> None:
        while True:
            look()
            time.sleep(LEASE.total_seconds() / 2)

    _thread(watch, "hengliang-recover")


def look() -> None:
    """Looks once. What fails is logged, and keeps neither the rest nor the next look from being done; only
    without the database there is nothing to do. Raises the error of the database then."""
    from django.db import close_old_connections

    from hengliang.web.accounts.mail import requeue
    from hengliang.web.accounts.sessions import clear_expired
    from hengliang.web.declarations.reminders import remind
    from hengliang.web.files.actions import sweep
    from hengliang.web.jobs.actions import recover, tidy
    from hengliang.web.jobs.outage import is_outage

    for chore in (close_old_connections, recover, requeue, remind, tidy, sweep, clear_expired):
        try:
            chore()
        except Exception as error:
            if is_outage(error):
                raise
            logging.getLogger("hengliang.jobs").exception("%s could not be done", chore.__name__)


def make_worker(
    batch: bool = False, queues: Sequence[str] = ("default", "quick"), interval: float = 1
) -> "Worker":
    """A worker of queues; with `batch` it ends when they are empty, else it looks again after `interval`
    seconds."""
    from django.utils.crypto import get_random_string
    from django_tasks_db.management.commands.db_worker import Worker

    return Worker(
        queue_names=list(queues),
        interval=0 if batch else interval,
        batch=batch,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id=get_random_string(32),
        excluded_queue_names=[],
    )
