"""Where results go: standard output or a file, whole or not at all, and never one of the inputs."""

import os
import sys
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from itertools import count
from pathlib import Path

from hengliang.base.message import message
from hengliang.cli.usage import Usage


def write_text(out: Path | None, parts: Iterable[str], encoding: str = "utf-8") -> None:
    """Writes `parts` to `out`, or to standard output when it is None."""
    if out is None:
        for part in parts:
            sys.stdout.write(part)
        sys.stdout.flush()
        return
    with (
        written_whole(out) as made,
        made.open("w", encoding=encoding, errors="replace", newline="") as stream,
    ):
        for part in parts:
            stream.write(part)


@contextmanager
def written_whole(out: Path) -> Iterator[Path]:
    """A path to write to, which becomes `out` when all went well. Raises Usage when it cannot."""
    part = out.with_name(f".{out.name}.{os.getpid()}.part")
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        yield part
        part.replace(out)
    except OSError as error:
        why = error.strerror or str(error)
        raise Usage(message("cannot write {file}: {why}", file=str(out), why=why)) from error
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)


def refuse_inputs(out: Path | None, inputs: Sequence[str]) -> None:
    """Raises Usage when `out` is one of the inputs."""
    if out is None or not out.exists():
        return
    for name in inputs:
        if Path(name).exists() and out.samefile(name):
            raise Usage(message("{file} is an input and is never overwritten", file=str(out)))


def new_name(wanted: Path, taken: Collection[Path] = ()) -> Path:
    """`wanted`, or the like with a number when there is such a file already or the name is `taken`."""
    if wanted not in taken and not wanted.exists():
        return wanted
    first, dot, endings = wanted.name.partition(".")
    for number in count(2):
        name = wanted.with_name(f"{first}-{number}{dot}{endings}")
        if name not in taken and not name.exists():
            return name
    raise AssertionError
