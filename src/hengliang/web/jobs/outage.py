"""A database that goes away: the log says so in one line, and the work goes on when it is back."""

import logging
import time
from collections.abc import Callable
from threading import Lock

from django.db import InterfaceError, OperationalError, connection

LONGEST = 60
"""Seconds between two attempts to reach the database, at most."""

_log = logging.getLogger("hengliang.jobs")


class _Standing:
    """Whether the database is known to be away; the threads of a process say it once together."""

    def __init__(self) -> None:
        self._lock, self._is_away = Lock(), False

    def turn(self, is_away: bool) -> bool:
        """Notes it; gives whether that is news."""
        with self._lock:
            is_news = self._is_away != is_away
            self._is_away = is_away
            return is_news


_standing = _Standing()


def is_outage(error: Exception) -> bool:
    """Whether an error comes of a lost connection, and not of what was asked."""
    if not isinstance(error, (OperationalError, InterfaceError)):
        return False
    return getattr(connection.connection, "closed", False) or not _answers()


def away(error: Exception) -> None:
    """Says that the database is away, unless that was said; this thread makes a new connection next time."""
    connection.close()
    if _standing.turn(True):
        why = str(error).strip().partition("\n")[0]
        _log.error("the database cannot be reached, the work waits for it: %s", why)


def back() -> None:
    """Says that the database is back, where it was said to be away."""
    if _standing.turn(False):
        _log.warning("the database is back, the work goes on")


def steadily(run: Callable[[], None], pause: Callable[[float], None] = time.sleep) -> None:
    """Does what `run` does until it returns, whatever becomes of the database; `pause` waits for seconds."""
    while True:
        try:
            return run()
        except (OperationalError, InterfaceError) as error:
            if is_outage(error):
                away(error)
                _await(pause)
            else:
                _log.exception("the work stumbled over the database")
                connection.close()
                pause(1)


def _await(pause: Callable[[float], None]) -> None:
    seconds = 1
    while not _answers():
        pause(seconds)
        seconds = min(2 * seconds, LONGEST)
    back()


def _answers() -> bool:
    """Whether the database takes a connection; that of this thread may be in the middle of something."""
    probe = connection.copy()
    try:
        probe.ensure_connection()
    except (OperationalError, InterfaceError):
        return False
    finally:
        probe.close()
    return True
