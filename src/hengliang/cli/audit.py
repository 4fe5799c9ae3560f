"""`hengliang audit`: the scores of published self-evaluations recomputed."""

import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

from hengliang.api import DEFAULT_PROFILE
from hengliang.base.message import message
from hengliang.cli.command import USAGE, language_in, say_error
from hengliang.cli.files import Named, named_files
from hengliang.cli.gather import checked, pool_for, read_files
from hengliang.cli.jobs import AuditJob, Look
from hengliang.cli.options import (
    Files,
    Jobs,
    Json,
    Profile,
    StdinFormat,
    Timeout,
    Verbose,
    look_of,
    workers_for,
)
from hengliang.cli.output import refuse_inputs, write_text
from hengliang.cli.progress import watched
from hengliang.cli.terminal import is_watched
from hengliang.cli.usage import Usage
from hengliang.form.errors import UnknownFormat, UnreadableFile

DIFFERS = 1
"""The exit code when a printed score follows from no method."""

EXAMPLES = """
hengliang audit self-evaluation.docx  # Which scores follow from their rows, and which do not.
hengliang audit published/  # All self-evaluations of a folder.
hengliang audit published/ --json -o audit.json  # The same for programs; `hengliang schema audit`.
"""


def run(
    ctx: typer.Context,
    files: Files,
    profile: Profile = DEFAULT_PROFILE,
    as_json: Json = False,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", metavar="FILE", help="Write to this file.")
    ] = None,
    verbose: Verbose = False,
    stdin_format: StdinFormat = None,
    jobs: Jobs = None,
    timeout: Timeout = 60.0,
) -> None:
    """Recomputes the scores, sums and grade of self-evaluations and tells which follow from the form.

    Where no scoring sentence is printed every method that the regulations allow is tried; a score differs
    only when none gives it. Where the form leaves room, that is said instead.

    Exit codes: 0 nothing differs, 1 something differs, 2 wrong usage or a file that cannot be read.
    """
    from hengliang.base.profile import load_profile

    language = language_in(ctx)
    refuse_inputs(output, files)
    load_profile(profile)
    named = named_files(files)
    if not named:
        raise Usage(message("there is nothing to read in {names}", names=" ".join(files)))
    look = look_of(language, verbose, to_file=output is not None)
    code = _carry_out(named, profile, as_json, output, look, stdin_format, jobs, timeout)
    if code:
        raise typer.Exit(code)


def _carry_out(
    named: Sequence[Named], profile: str, as_json: bool, out: Path | None, look: Look,
    stdin_format: str | None, workers: int | None, timeout: float,
) -> int:  # fmt: skip
    language = look.language
    counts: Counter[str] = Counter()
    with pool_for(workers_for(workers, len(named)), timeout) as pool:
        read, failures = read_files(pool, named, timeout, stdin_format, language)
        jobs = [AuditJob(file.name, done.reading, profile, look, as_json) for file, done in read]
        answers: Iterable[Any] = pool.each("audit", jobs)
        if out is not None or as_json or not is_watched(sys.stdout):
            answers = watched(answers, len(jobs), message("Recomputing"), language)
        pieces = _taken(answers, [file for file, _ in read], counts, failures, language)
        _write(pieces, counts, failures, as_json, out, look)
    if failures:
        return USAGE
    return DIFFERS if counts["differs"] else 0


def _taken(
    answers: Iterable[Any], files: Sequence[Named], counts: Counter[str], failures: list[UnreadableFile],
    language: str,
) -> Iterator[str]:  # fmt: skip
    """The pieces as they come. A file without scores is a failure where it was named, not just found."""
    for file, answer in zip(files, answers, strict=True):
        done = checked(answer, file.name, failures, language)
        if done is None:
            continue
        if not done.pieces:
            reason = message("there is no self-evaluation with scores in it")
            error = UnknownFormat(file.name, reason, message("`hengliang read` tells what is"))
            said = message("{file}: {reason}; {remedy}", file=file.name, reason=reason, remedy=error.remedy)
            if file.is_found:
                sys.stderr.write(said.say(language) + "\n")
            else:
                say_error(said.say(language), language)
                failures.append(error)
        counts.update(done.counts)
        yield from done.pieces


def _write(
    pieces: Iterator[str], counts: Counter[str], failures: list[UnreadableFile], as_json: bool,
    out: Path | None, look: Look,
) -> None:  # fmt: skip
    from hengliang.report import audit_json, audit_text
    from hengliang.report.ink import Ink
    from hengliang.score.audit import Verdict

    def by_verdict() -> dict[Verdict, int]:
        return {verdict: counts[verdict.value] for verdict in Verdict}

    if as_json:
        write_text(out, audit_json.whole(pieces, by_verdict, failures, look.language))
    else:

        def told() -> Iterator[str]:
            forms = 0
            for piece in pieces:
                forms += 1
                yield piece
            if forms != 1:
                said = message("{count} self-evaluations", count=forms).say(look.language)
                yield f"{said}  {audit_text.summary(by_verdict(), look.language, Ink(look.colour))}\n"

        write_text(out, told())
    if out is not None:
        write_text(None, [message("written: {file}", file=str(out)).say(look.language), "\n"])
