"""Jobs that go wrong, for workers under test."""

import os
import signal
import time


def sleep(seconds: float) -> float:
    """Takes its time."""
    time.sleep(seconds)
    return seconds


def die(number: int) -> None:
    """Ends its process."""
    os.kill(os.getpid(), signal.Signals(number))


def chatter(said: str) -> str:
    """Prints, as a library might."""
    os.write(1, b"noise")
    print(said)  # noqa: T201
    return said


def take(size: int) -> str:
    """Takes memory."""
    try:
        return str(len(bytearray(size)))
    except MemoryError:
        return "MemoryError"
