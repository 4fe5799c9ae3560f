"""One run of a job: what its work tells, and the proof that the job is still this run's."""

import logging
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Event, Lock, Thread
from typing import Any

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.models import QuerySet
from django.utils import timezone

from hengliang.base.message import Message
from hengliang.web.accounts.said import to_data
from hengliang.web.files.actions import new_part
from hengliang.web.jobs.models import Job
from hengliang.web.jobs.outage import away, back, is_outage
from hengliang.web.jobs.work import Stopped

_EVERY = 0.3
"""Seconds between two writes of the progress; people do not see more, and each is a write to the disk."""

_log = logging.getLogger("hengliang.jobs")


class Course:
    """A run of a job. Its number of attempts is its own: a job that was begun again, or cancelled, no longer
    takes what this run says."""

    def __init__(self, job: Job) -> None:
        self._pk, self._attempt = job.pk, job.attempts
        self._next = 0.0
        self._within: Callable[[], float] | None = None
        self._stop: Callable[[], None] | None = None
        self._untold: dict[str, Any] = {}
        self._lock = Lock()
        self._parts: list[Path] = []

    def __call__(
        self,
        done: int,
        total: int,
        note: Message | None = None,
        within: Callable[[], float] | None = None,
        stop: Callable[[], None] | None = None,
    ) -> None:
        now = time.monotonic()
        with self._lock:
            self._within, self._stop = within, stop
            said = None if note is None else to_data(note)
            self._untold = {"done": done, "total": total, "note": said, "share": 0}
            if now >= self._next or done >= total:
                self._next = now + _EVERY
                self._tell()

    def _tell(self, **fields: Any) -> None:
        """Writes what was not told yet, and `fields`. Raises `Stopped`."""
        if not self.mine().update(alive_at=timezone.now(), **self._untold | fields):
            raise Stopped
        self._untold = {}

    def mine(self) -> QuerySet[Job]:
        """The job while this run has it; else nothing."""
        return Job.objects.filter(pk=self._pk, state=Job.State.RUNNING, attempts=self._attempt)

    def _share(self) -> int:
        within = self._within
        try:
            return 0 if within is None else min(max(int(within()), 0), 100)
        except Exception:
            # The engine was closed meanwhile.
            return 0

    def _break_off(self) -> None:
        """Ends the step that is done just now; without one that can be ended the work hears of it at its next
        step."""
        stop = self._stop
        if stop is not None:
            # The engine may have been closed meanwhile.
            with suppress(Exception):
                stop()

    def part(self) -> Path:
        """See `work.Progress`."""
        self._parts.append(new_part())
        return self._parts[-1]

    @contextmanager
    def alive(self, every: float) -> Generator[None]:
        """Tells, while work goes on that has no progress to tell, that its worker lives; takes away at the
        end what was made and not kept."""
        done = Event()

        def beat() -> None:
            told, next_ = 0, time.monotonic() + every
            while not done.wait(min(every, settings.JOB_LOOK_SECONDS)):
                share = self._share()
                try:
                    with self._lock:
                        if self._untold or share != told or time.monotonic() >= next_:
                            # A step that follows another at once is told here, however long it then lasts.
                            self._tell(share=share)
                            told, next_ = share, time.monotonic() + every
                        elif not self.mine().exists():
                            raise Stopped
                except Stopped:
                    self._break_off()
                except DatabaseError as error:
                    if is_outage(error):
                        away(error)
                    else:
                        _log.warning("job %s could not tell that it lives", self._pk, exc_info=True)
                else:
                    back()
            connection.close()

        thread = Thread(target=beat, name=f"hengliang-job-{self._pk}", daemon=True)
        thread.start()
        try:
            yield
        finally:
            done.set()
            thread.join()
            for part in self._parts:
                part.unlink(missing_ok=True)
