"""Folders in which something is written before it is put in its place, and what killed programs leave.

Each folder `.part-…` has a file of its name with `.lock` that whoever writes in it holds locked; the system
lets go of the lock when the program ends, however it ends. A folder whose lock nobody holds is left over.
"""

import os
import shutil
from collections.abc import Generator
from contextlib import contextmanager, suppress
from pathlib import Path
from uuid import uuid4

if os.name == "nt":
    import msvcrt

    def take(descriptor: int) -> None:
        """Locks an open file for this program alone. Raises OSError when another program holds it."""
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def take(descriptor: int) -> None:
        """Locks an open file for this program alone. Raises OSError when another program holds it."""
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


_PREFIX, _LOCK = ".part-", ".lock"


@contextmanager
def new_part(folder: Path) -> Generator[Path]:
    """A new folder in `folder`, removed with all that is still in it when it is left."""
    part = folder / f"{_PREFIX}{uuid4().hex}"
    lock = part.with_name(part.name + _LOCK)
    descriptor = _held(lock)
    try:
        part.mkdir()
        yield part
    finally:
        shutil.rmtree(part, ignore_errors=True)
        os.close(descriptor)
        with suppress(OSError):
            lock.unlink()


def sweep(folder: Path) -> int:
    """Removes the folders that nobody writes in any more; returns how many there were."""
    removed = 0
    for part in sorted(folder.glob(f"{_PREFIX}*")):
        if part.suffix == _LOCK:
            if not part.with_suffix("").exists():
                _remove(part, part)
        elif _remove(part.with_name(part.name + _LOCK), part):
            removed += 1
    return removed


def _remove(lock: Path, part: Path) -> bool:
    """Removes a folder and its lock, if nobody holds it."""
    descriptor = _taken(lock)
    if descriptor is None and lock.exists():
        return False
    shutil.rmtree(part, ignore_errors=True)
    if descriptor is not None:
        os.close(descriptor)
    with suppress(OSError):
        lock.unlink()
    return True


def _held(lock: Path) -> int:
    """The lock, made and held. Another program may have swept it away before it was held: then once more."""
    while True:
        descriptor = os.open(lock, os.O_CREAT | os.O_RDWR, 0o600)
        with suppress(OSError):
            take(descriptor)
            if os.fstat(descriptor).st_ino == lock.stat().st_ino:
                return descriptor
        os.close(descriptor)


def _taken(lock: Path) -> int | None:
    """A descriptor of the lock when nobody else holds it, None when somebody does or there is none."""
    try:
        descriptor = os.open(lock, os.O_RDWR)
    except OSError:
        return None
    try:
        take(descriptor)
    except OSError:
        os.close(descriptor)
        return None
    return descriptor
