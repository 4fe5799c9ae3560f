"""Many sentences at once: lines in, lines out, in their order, on all cores."""

import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hengliang.base.message import Message, message
from hengliang.cli.command import USAGE
from hengliang.cli.files import STANDARD_INPUT
from hengliang.cli.jobs import Look
from hengliang.cli.options import workers_for
from hengliang.cli.output import write_text
from hengliang.cli.pool import Lost, Pool
from hengliang.cli.progress import watched
from hengliang.cli.usage import Usage

if TYPE_CHECKING:
    from hengliang.cli.criteria_work import Answered

_TOGETHER = 64
"""Lines in one job: enough that sending them costs nothing beside reading them."""
_SECONDS = 30.0
"""The time for one job."""


def answer_lines(name: str, profile: str, look: Look, as_json: bool, workers: int | None) -> int:
    """Answers the questions of a file, a line each; the exit code."""
    from hengliang.report import criterion_text
    from hengliang.report.ink import Ink

    lines = _lines(name)
    counts: Counter[str] = Counter()

    def told(answers: "Iterator[Answered]") -> Iterator[str]:
        for answered in answers:
            counts[answered.status] += 1
            yield answered.text + "\n"

    write_text(None, told(_answers(lines, profile, look, as_json, workers)))
    if not as_json:
        dressed = criterion_text.Look(look.columns, Ink(look.colour))
        write_text(None, ["\n", criterion_text.summary(counts, look.language, dressed), "\n"])
    return USAGE if counts["error"] else 0


def _lines(name: str) -> Sequence[bytes]:
    if name == STANDARD_INPUT:
        return sys.stdin.buffer.read().splitlines()
    try:
        return Path(name).read_bytes().splitlines()
    except OSError as error:
        why = error.strerror or str(error)
        raise Usage(message("cannot read {file}: {why}", file=name, why=why)) from error


def _answers(
    lines: Sequence[bytes], profile: str, look: Look, as_json: bool, workers: int | None
) -> "Iterator[Answered]":
    from hengliang.cli.criteria_work import LinesJob

    jobs = [
        LinesJob(tuple(lines[start : start + _TOGETHER]), start + 1, profile, look, as_json)
        for start in range(0, len(lines), _TOGETHER)
    ]
    with Pool(workers_for(workers, len(jobs)), _SECONDS, "hengliang.cli.criteria_work") as pool:
        answers = pool.each("answer_lines", jobs)
        said = message("Reading sentences")
        for job, answered in zip(jobs, watched(answers, len(jobs), said, look.language), strict=True):
            yield from _one_by_one(pool, job) if isinstance(answered, Lost) else answered


def _one_by_one(pool: Pool, job: Any) -> "Iterator[Answered]":
    """The lines of a job that brought its worker down, each by itself: the others are answered."""
    from hengliang.cli.criteria_work import failed

    alone = [job._replace(lines=(line,), first=number) for number, line in enumerate(job.lines, job.first)]
    for one, answered in zip(alone, pool.each("answer_lines", alone), strict=True):
        if isinstance(answered, Lost):
            yield failed(None, one.first, _lost(answered), one)
        else:
            yield from answered


def _lost(lost: Lost) -> Message:
    if lost.seconds is None:
        return message("this line brought the reader down")
    return message("this line took more than {seconds} seconds", seconds=round(lost.seconds, 1))
