"""Carrying out a review of many files: read all, review each, put the results together."""

import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, Literal, NamedTuple

from hengliang.base.message import message
from hengliang.cli.command import USAGE, say_error
from hengliang.cli.earlier import earlier_forms
from hengliang.cli.files import STANDARD_INPUT, Named, named_files
from hengliang.cli.frames import STREAMED, closing, framed, statistics, written_lines
from hengliang.cli.gather import checked, pool_for, read_files
from hengliang.cli.jobs import DuplicatesJob, ReadDone, ReviewJob, ReviewPlan, overrules_nothing
from hengliang.cli.options import workers_for
from hengliang.cli.output import new_name, write_text
from hengliang.cli.progress import watched
from hengliang.cli.sums import Sums
from hengliang.cli.terminal import is_watched
from hengliang.cli.usage import Usage
from hengliang.form.errors import UnknownFormat, UnreadableFile

_ERRORS_FOUND = 1
_OWN_FILES = {"xlsx": ".reviewed.xlsx", "docx": ".opinion.docx"}
_FIXED_AS = {".docx": ".docx", ".csv": ".csv", ".json": ".json", ".md": ".md"}
"""What a mended form is written as, by what it was; a workbook where that cannot be written."""


class Order(NamedTuple):
    """A review as it was asked for. `how` is what is given back, `out` where to, None for standard output."""

    names: Sequence[str]
    plan: ReviewPlan
    how: Literal["results", "statistics", "baseline"]
    out: Path | None
    jobs: int | None
    seconds: float
    stdin_ending: str | None

    @property
    def makes_files(self) -> bool:
        """Whether each input gets a file of its own: a mended form, a marked workbook, an opinion."""
        plan = self.plan
        return self.how == "results" and (
            plan.mode == "fix" or (plan.mode == "review" and plan.format in _OWN_FILES)
        )


def carry_out(order: Order) -> int:
    """Reviews the files and writes the results. Returns the exit code."""
    plan = order.plan
    language = plan.look.language
    files = named_files(order.names)
    if not files:
        raise Usage(message("there is nothing to read in {names}", names=" ".join(order.names)))
    sums = Sums(language)
    with pool_for(workers_for(order.jobs, len(files)), order.seconds) as pool:
        read, failures = read_files(pool, files, order.seconds, order.stdin_ending, language)
        sums.failures += failures
        read = _with_forms(read, sums.failures, language)
        if _seeks_duplicates(order) and sum(len(done.keys) for _, done in read) > 1:
            packed = tuple((file.name, done.reading) for file, done in read)
            search = DuplicatesJob(packed, plan.profile, plan.look)
            sums.looking_for_duplicates = pool.start("duplicates", search)
        jobs = _jobs(order, read)
        answers = pool.each("review", jobs)
        if order.out is not None or order.makes_files or not is_watched(sys.stdout):
            answers = watched(answers, len(jobs), message("Reviewing"), language)
        pieces = _taken(answers, jobs, sums, language)
        _write(order, pieces, sums)
    for code, place in sorted(sums.unused or ()):
        said = overrules_nothing(code, place).say(language)
        sys.stderr.write(f"{said}\n")
    if sums.failures:
        return USAGE
    return _ERRORS_FOUND if sums.errors and order.how != "baseline" else 0


def _seeks_duplicates(order: Order) -> bool:
    plan = order.plan
    return order.how == "results" and plan.mode == "review" and not plan.look.quiet


def _with_forms(
    read: Sequence[tuple[Named, ReadDone]], failures: list[UnreadableFile], language: str
) -> list[tuple[Named, ReadDone]]:
    """The files that hold a form. Holding none is a failure where the file was named, not just found."""
    found: list[tuple[Named, ReadDone]] = []
    for file, done in read:
        if done.keys:
            found.append((file, done))
            continue
        error = UnknownFormat(
            file.name,
            message("there is no declaration, monitoring or self-evaluation form in it"),
            message("`hengliang read` tells what is"),
        )
        said = message("{file}: {reason}; {remedy}", file=file.name, reason=error.reason, remedy=error.remedy)
        if file.is_found:
            sys.stderr.write(said.say(language) + "\n")
        else:
            say_error(said.say(language), language)
            failures.append(error)
    return found


def _jobs(order: Order, read: Sequence[tuple[Named, ReadDone]]) -> list[ReviewJob]:
    earlier = earlier_forms([done for _, done in read])
    outs = _outs(order, read)
    return [
        ReviewJob(file.name, done.reading, forms, order.plan, out)
        for (file, done), forms, out in zip(read, earlier, outs, strict=True)
    ]


def _outs(order: Order, read: Sequence[tuple[Named, ReadDone]]) -> Iterator[tuple[Path, ...]]:
    """The files that each input's own results go to: beside the input, or where the order says."""
    if not order.makes_files and order.plan.mode != "diff":
        yield from (() for _ in read)
        return
    out = order.out if order.makes_files else None
    is_one_file = out is not None and bool(out.suffix) and not out.is_dir()
    taken: set[Path] = set()
    for file, done in read:
        home = Path("input" if file.name == STANDARD_INPUT else file.name)
        endings = _endings(order.plan, home.suffix.lower(), len(done.keys))
        if out is not None and is_one_file and len(read) == len(endings) == 1:
            yield (out,)
            continue
        folder = home.parent if out is None else out
        names: list[Path] = []
        for ending in endings:
            names.append(new_name(folder / f"{home.stem}{ending}", taken))
            taken.add(names[-1])
        yield tuple(names)


def _endings(plan: ReviewPlan, suffix: str, forms: int) -> list[str]:
    """What the names of a file's own results end in: one for the file, or one for each mended form."""
    if plan.mode == "review":
        return [_OWN_FILES[plan.format]]
    ending = f".fixed{_FIXED_AS.get(suffix, '.xlsx')}"
    return [ending] if forms == 1 else [f".{number}{ending}" for number in range(1, forms + 1)]


def _taken(answers: Iterable[Any], jobs: Sequence[ReviewJob], sums: Sums, language: str) -> Iterator[str]:
    """The pieces of the answers as they come, each added to `sums`."""
    for job, answer in zip(jobs, answers, strict=True):
        done = checked(answer, job.name, sums.failures, language)
        if done is not None:
            sums.add(done)
            for remark in done.remarks:
                sys.stderr.write(remark + "\n")
            yield done.piece


def _write(order: Order, pieces: Iterator[str], sums: Sums) -> None:
    """Writes the results where they go. What went into files is told on standard output."""
    plan = order.plan
    if order.how == "baseline":
        from hengliang.review.baseline import baseline_text

        _drain(pieces)
        write_text(order.out, [baseline_text(sums.baseline)])
        sums.written.append(str(order.out))
        write_text(None, [closing(plan, sums)])
    elif order.how == "statistics":
        _drain(pieces)
        write_text(order.out, [statistics(plan, sums)])
    elif plan.format in STREAMED:
        out = None if order.makes_files else order.out
        encoding = "utf-8-sig" if plan.format == "csv" and out is not None else "utf-8"
        write_text(out, framed(plan, pieces, sums), encoding)
        if out is not None:
            sums.written.append(str(out))
            write_text(None, [closing(plan, sums)])
        else:
            # Standard output belongs to the program that reads it.
            sys.stderr.write(written_lines(plan, sums))
    elif plan.mode in ("diff", "propose"):
        write_text(order.out, pieces)
    else:
        out = None if order.makes_files else order.out
        write_text(out, _closed(pieces, plan, sums))
        if out is not None:
            sums.written.append(str(out))
            write_text(None, [closing(plan, sums)])


def _closed(pieces: Iterator[str], plan: ReviewPlan, sums: Sums) -> Iterator[str]:
    yield from pieces
    yield closing(plan, sums)


def _drain(pieces: Iterator[str]) -> None:
    for _ in pieces:
        pass
