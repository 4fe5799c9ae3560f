"""Reading the files of a command in worker processes; what cannot be read is told and counted."""

import sys
from collections.abc import Sequence
from typing import Any, NamedTuple

from hengliang.base.message import message
from hengliang.cli.command import say_error, say_unreadable
from hengliang.cli.files import STANDARD_INPUT, Named
from hengliang.cli.jobs import ReadDone, ReadJob
from hengliang.cli.pool import Lost, Pool
from hengliang.cli.progress import watched
from hengliang.cli.usage import Usage
from hengliang.form.errors import Damaged, TooLarge, UnreadableFile

_GRACE = 5.0
"""Seconds that a worker may take beyond the limit that readers keep themselves."""


class Gathered(NamedTuple):
    """What was read, in the order of the files, and what could not be."""

    readings: list[tuple[Named, ReadDone]]
    failures: list[UnreadableFile]


def pool_for(workers: int, seconds: float) -> Pool:
    """Workers that are ended when one file takes longer than `seconds` and a little."""
    return Pool(workers, seconds + _GRACE)


def read_files(
    pool: Pool, files: Sequence[Named], seconds: float, ending: str | None, language: str
) -> Gathered:
    """Reads `files`; says on standard error which could not be read, and why."""
    jobs = [_job(file, seconds, ending) for file in files]
    gathered = Gathered([], [])
    answers = watched(pool.each("read", jobs), len(jobs), message("Reading"), language)
    for file, answer in zip(files, answers, strict=True):
        done = checked(answer, file.name, gathered.failures, language)
        if done is not None:
            gathered.readings.append((file, done))
    return gathered


def _job(file: Named, seconds: float, ending: str | None) -> ReadJob:
    if file.name != STANDARD_INPUT:
        return ReadJob(file.name, seconds)
    return ReadJob(file.name, seconds, sys.stdin.buffer.read(), f".{(ending or 'txt').lstrip('.').lower()}")


def checked(answer: Any, name: str, failures: list[UnreadableFile], language: str) -> Any:
    """A worker's answer, or None when it is a failure, which is told and added to `failures`."""
    if isinstance(answer, Lost):
        answer = _lost(name, answer)
    if isinstance(answer, Usage):
        say_error(answer.said.say(language), language)
        answer = Damaged(name, answer.said, message("choose another place"))
        failures.append(answer)
        return None
    if isinstance(answer, UnreadableFile):
        say_unreadable(answer.file, answer.reason, answer.remedy, language)
        failures.append(answer)
        return None
    return answer


def _lost(name: str, lost: Lost) -> UnreadableFile:
    if lost.seconds is None:
        reason = message("it brought the reader down")
        return Damaged(name, reason, message("save it anew in a current format, and try again"))
    reason = message("it took more than {seconds} seconds", seconds=round(lost.seconds, 1))
    return TooLarge(name, reason, message("give it more time with --timeout, or take out what is no form"))
