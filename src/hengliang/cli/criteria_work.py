"""What workers do with lines of sentences."""

import json
from collections.abc import Iterator
from functools import cache
from typing import Any, NamedTuple

from hengliang.base.message import Message, message
from hengliang.base.profile import Profile, load_profile
from hengliang.cli.jobs import Look
from hengliang.criteria.as_json import answer
from hengliang.criteria.question import QuestionError, question_of
from hengliang.report import criterion_text
from hengliang.report.ink import Ink


class LinesJob(NamedTuple):
    """Answer some lines of a file. `first` is the number of the first of them, from 1."""

    lines: tuple[bytes, ...]
    first: int
    profile: str
    look: Look
    as_json: bool


class Answered(NamedTuple):
    """The result of one line, and its status; `error` for a line that is no question."""

    text: str
    status: str


_profile: Any = cache(load_profile)


def answer_lines(job: LinesJob) -> list[Answered]:
    """One result for each line that is not blank."""
    return [*_answers(job)]


def _answers(job: LinesJob) -> Iterator[Answered]:
    profile: Profile = _profile(job.profile)
    for number, line in enumerate(job.lines, job.first):
        if line.strip():
            yield _answer(line, number, profile, job)


def _answer(line: bytes, number: int, profile: Profile, job: LinesJob) -> Answered:
    name: Any = None
    try:
        data = _object(line)
        name = data.get("id")
        found = answer(question_of(data), profile, job.look.language)
    except QuestionError as error:
        return failed(name, number, error.reason, job)
    # A fault of the program on one line is told with that line.
    except Exception as error:
        reason = message("{fault}", fault=f"{type(error).__name__}: {error}")
        return failed(name, number, reason, job)
    if job.as_json:
        return Answered(json.dumps({"id": name, **found}, ensure_ascii=False), found["status"])
    look = criterion_text.Look(job.look.columns, Ink(job.look.colour))
    return Answered(criterion_text.line(found, name, job.look.language, look), found["status"])


def failed(name: Any, number: int, reason: Message, job: LinesJob) -> Answered:
    """The result of a line that cannot be answered."""
    said = reason.say(job.look.language)
    if job.as_json:
        return Answered(json.dumps({"id": name, "line": number, "error": said}, ensure_ascii=False), "error")
    line = message("line {number}: {reason}", number=number, reason=said).say(job.look.language)
    return Answered(Ink(job.look.colour).paint(line, "error"), "error")


def _no_number(name: str) -> None:
    raise ValueError(name)


def _object(line: bytes) -> dict[str, Any]:
    try:
        data = json.loads(line.decode("utf-8-sig"), parse_constant=_no_number)
    except (ValueError, RecursionError) as error:
        raise QuestionError(message("the line is no JSON: {why}", why=str(error))) from error
    if not isinstance(data, dict):
        raise QuestionError(message("the line is no JSON object"))
    return data
