"""Many files at once, each in a process of its own that can be ended.

A parser may hang, crash or eat memory on a hostile file. Work is therefore done by worker processes
(`cli.worker`), which answer in order of the jobs; one that takes too long or dies is replaced, and its job
comes back as `Lost`. Jobs and answers are plain data.
"""

import os
import pickle
import signal
import subprocess
import sys
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from queue import SimpleQueue
from struct import Struct
from threading import Lock, Timer
from types import TracebackType
from typing import IO, Any, NamedTuple

_LENGTH = Struct("<Q")
_AHEAD = 64
"""Jobs that may be done before the answer to the first of them was taken: this bounds the memory for
answers.
"""


class Lost(NamedTuple):
    """A job without an answer: it took more than `seconds`, or its process died (`seconds` is None)."""

    seconds: float | None


class Pool:
    """`workers` processes, started when they are needed. Leave the `with` block to end them all.

    `tasks` names the module whose functions they call.
    """

    def __init__(self, workers: int, seconds: float, tasks: str = "hengliang.cli.work") -> None:
        self._seconds = seconds
        self._threads = ThreadPoolExecutor(workers)
        self._idle: SimpleQueue[_Worker] = SimpleQueue()
        self._all = [_Worker(tasks) for _ in range(workers)]
        for worker in self._all:
            self._idle.put(worker)

    def __enter__(self) -> "Pool":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._threads.shutdown(wait=False, cancel_futures=True)
        for worker in self._all:
            worker.end()
        self._threads.shutdown()

    def start(self, task: str, job: Any) -> Future[Any]:
        """The answer to one job, which is worked on beside others."""
        return self._threads.submit(self._do, task, job)

    def each(self, task: str, jobs: Sequence[Any]) -> Iterator[Any]:
        """The answers of the function `task` to `jobs`, in their order."""
        waiting: deque[Future[Any]] = deque()
        left = iter(jobs)
        while True:
            while len(waiting) < _AHEAD and (job := next(left, None)) is not None:
                waiting.append(self.start(task, job))
            if not waiting:
                return
            yield waiting.popleft().result()

    def _do(self, task: str, job: Any) -> Any:
        worker = self._idle.get()
        try:
            return worker.ask((task, job), self._seconds)
        finally:
            self._idle.put(worker)


class _Worker:
    """One process and the pipes to it."""

    def __init__(self, tasks: str) -> None:
        self._tasks = tasks
        self._process: subprocess.Popen[bytes] | None = None
        self._is_over = False
        # A process must not be started by one thread while another ends all of them.
        self._starting = Lock()

    def ask(self, question: Any, seconds: float) -> Any:
        """The answer of the process; `Lost` when there is none in time."""
        with self._starting:
            if self._is_over:
                return Lost(None)
            process = self._process
            if process is None or process.poll() is not None:
                process = self._process = _started(self._tasks)
        timer = Timer(seconds, _kill, (process,))
        timer.daemon = True
        timer.start()
        try:
            assert process.stdin is not None
            assert process.stdout is not None
            send(process.stdin, question)
            return receive(process.stdout)
        except (EOFError, OSError):
            _end(process)
            return Lost(None if timer.is_alive() else seconds)
        finally:
            timer.cancel()

    def end(self) -> None:
        """Ends the process, whatever it does."""
        with self._starting:
            self._is_over = True
        if self._process is not None:
            _end(self._process)


def _started(tasks: str) -> subprocess.Popen[bytes]:
    """A worker in a session of its own, so that programs it starts end with it."""
    return subprocess.Popen(
        [sys.executable, "-m", "hengliang.cli.worker", tasks],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        start_new_session=True,
    )


def _kill(process: subprocess.Popen[bytes]) -> None:
    with suppress(OSError):
        if hasattr(os, "killpg") and process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()
    process.wait()


def _end(process: subprocess.Popen[bytes]) -> None:
    _kill(process)
    for stream in (process.stdin, process.stdout):
        if stream is not None:
            with suppress(OSError):
                stream.close()


def send(stream: IO[bytes], said: Any) -> None:
    """Writes one message to a pipe."""
    data = pickle.dumps(said, protocol=pickle.HIGHEST_PROTOCOL)
    stream.write(_LENGTH.pack(len(data)) + data)
    stream.flush()


def receive(stream: IO[bytes]) -> Any:
    """Reads one message from a pipe. Raises EOFError when the other side is gone."""
    head = stream.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        raise EOFError
    (length,) = _LENGTH.unpack(head)
    data = stream.read(length)
    if len(data) < length:
        raise EOFError
    return pickle.loads(data)
