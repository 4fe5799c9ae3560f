"""`hengliang worker`: does the long work beside a production server; `serve` does the same in a thread."""

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
    from hengliang.web.jobs.actions import recover

    recover()
    worker = _worker()
    worker.configure_signals()
    worker.run()


def in_a_thread() -> Thread:
    """Does the long work in a thread of this process, as long as the process lives."""
    from hengliang.web.jobs.actions import recover

    recover()
    thread = Thread(target=_worker().run, name="hengliang-worker", daemon=True)
    thread.start()
    return thread


def _worker(batch: bool = False) -> "Worker":
    from django.utils.crypto import get_random_string
    from django_tasks_db.management.commands.db_worker import Worker

    return Worker(
        queue_names=["default"],
        interval=1,
        batch=batch,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id=get_random_string(32),
        excluded_queue_names=[],
    )
