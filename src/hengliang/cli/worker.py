"""A worker process of `cli.pool`: jobs come by standard input, answers go by standard output."""

import os
import sys
from contextlib import suppress
from importlib import import_module

from hengliang.cli.pool import receive, send

_MEMORY = 4 << 30
"""Bytes of address space; what wants more fails with MemoryError instead of stopping the machine."""


def serve() -> None:
    """Answers every job until there are no more."""
    # Nothing that a library prints may get between the answers.
    jobs, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    _bound_memory()
    work = import_module(sys.argv[1])
    with suppress(EOFError, BrokenPipeError), jobs, answers:
        while True:
            task, job = receive(jobs)
            send(answers, getattr(work, task)(job))


def _bound_memory() -> None:
    if sys.platform == "win32":
        return
    import resource

    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    with suppress(ValueError, OSError):
        most = _MEMORY if hard == resource.RLIM_INFINITY else min(_MEMORY, hard)
        resource.setrlimit(resource.RLIMIT_AS, (most, hard))


if __name__ == "__main__":
    serve()
