"""The server of an installation on this machine: whether it runs and where, begun in the background, ended.

Whoever serves a folder holds `server.lock` in it as long as it lives, however it ends, and says in
`server.json` its process and where it answers. What it writes in the background is in `server.log`.
"""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NamedTuple
from urllib.error import HTTPError
from urllib.request import ProxyHandler, build_opener

from hengliang.base.message import Message, message
from hengliang.measure.parts import take

_LOCK, _NOTE, LOG = "server.lock", "server.json", "server.log"
# Of Windows: DETACHED_PROCESS and CREATE_NEW_PROCESS_GROUP; elsewhere it is a session of its own.
_DETACHED = 0x208 if os.name == "nt" else 0


class Failed(Exception):  # noqa: N818
    """A server that did not begin or did not end."""

    def __init__(self, reason: Message) -> None:
        super().__init__(reason.say("en"))
        self.reason = reason


class Served(NamedTuple):
    """A server: its process, and when it answers its address and the page to look at first."""

    pid: int
    url: str = ""
    page: str = ""


@contextmanager
def held(home: Path) -> Iterator[None]:
    """Holds a folder for the server in this process. Raises `Failed` when another serves it already."""
    home.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(home / _LOCK, os.O_CREAT | os.O_RDWR, 0o600)
    try:
        if not _taken(descriptor):
            raise Failed(
                message("{place} is served already: {url}", place=str(home), url=now.url)
                if (now := found(home))
                else message("{place} is being served already", place=str(home))
            )
        note(home)
        yield
        (home / _NOTE).unlink(missing_ok=True)
    finally:
        os.close(descriptor)


def _taken(descriptor: int) -> bool:
    # Whoever asks whether it is held holds it for a moment.
    for _ in range(20):
        with suppress(OSError):
            take(descriptor)
            return True
        time.sleep(0.05)
    return False


def note(home: Path, url: str = "", page: str = "") -> None:
    """Notes the server in this process, with where it answers when it does."""
    part = home / f".{_NOTE}.part"
    part.write_text(json.dumps(Served(os.getpid(), url, page)._asdict()), encoding="utf-8")
    part.replace(home / _NOTE)


def is_held(home: Path) -> bool:
    """Whether a server of this folder lives, answering or still beginning."""
    try:
        descriptor = os.open(home / _LOCK, os.O_RDWR)
    except OSError:
        return False
    try:
        take(descriptor)
    except OSError:
        return True
    finally:
        os.close(descriptor)
    return False


def found(home: Path) -> Served | None:
    """The server of this folder, when it lives and answers."""
    now = _noted(home) if is_held(home) else None
    return now if now and now.url and _answers(now.url) else None


def _noted(home: Path) -> Served | None:
    with suppress(OSError, ValueError, TypeError):
        return Served(**json.loads((home / _NOTE).read_text(encoding="utf-8")))
    return None


def begin(home: Path, arguments: Sequence[str]) -> Served:
    """Starts `hengliang ARGUMENTS` apart from this process and its terminal, unless this folder is served
    already, and waits until it answers. Raises `Failed` with what it last wrote when it ends instead."""
    if is_held(home):
        return _waited(home, None)
    home.mkdir(parents=True, exist_ok=True)
    with os.fdopen(os.open(home / LOG, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "hengliang", *arguments],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            env=os.environ | {"PYTHONUTF8": "1"},
            start_new_session=True,
            creationflags=_DETACHED,
        )
    try:
        return _waited(home, process)
    except KeyboardInterrupt:
        process.terminate()
        raise


def _waited(home: Path, process: "subprocess.Popen[bytes] | None") -> Served:
    while (now := found(home)) is None:
        if process.poll() is not None if process else not is_held(home):
            raise Failed(message("the server did not begin: {why}", why=_last_words(home)))
        time.sleep(0.2)
    return now


def end(home: Path, seconds: float = 30) -> bool:
    """Ends the server of this folder; False when there was none. Raises `Failed` when it does not end."""
    if not is_held(home):
        return False
    now = _noted(home)
    if now is None:
        raise Failed(message("{place} is being served already", place=str(home)))
    with suppress(ProcessLookupError):
        os.kill(now.pid, signal.SIGTERM)
    until = time.monotonic() + seconds
    while is_held(home):
        if time.monotonic() > until:
            raise Failed(message("process {pid} does not end", pid=now.pid))
        time.sleep(0.1)
    return True


def _answers(url: str) -> bool:
    """Whether anybody answers there, without a proxy."""
    try:
        with build_opener(ProxyHandler({})).open(f"{url}health/", timeout=10):
            return True
    except HTTPError:
        return True
    except OSError:
        return False


def _last_words(home: Path) -> str:
    with suppress(OSError):
        lines = (home / LOG).read_text(encoding="utf-8", errors="replace").strip().splitlines()
        return " / ".join(line.strip() for line in lines[-3:])
    return ""
