"""`hengliang review`: what is wrong with forms, and mending it."""

import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from hengliang.base.message import message
from hengliang.cli.command import language_in, near
from hengliang.cli.jobs import FORMATS, Mode, ReviewPlan, has_run_out
from hengliang.cli.options import Files, Jobs, Profile, StdinFormat, Timeout, Verbose, look_of
from hengliang.cli.output import refuse_inputs
from hengliang.cli.review_run import Order, carry_out
from hengliang.cli.usage import Usage, one_of

if TYPE_CHECKING:
    from hengliang.review.suppress import Suppression

EXAMPLES = """
hengliang review form.xlsx  # Everything that is wrong with a form, cell by cell.
hengliang review form.xlsx --format xlsx  # A copy of the workbook with its cells marked and commented.
hengliang review form.pdf --format docx  # The draft of the official review opinion.
hengliang review form.xlsx --diff  # What can be mended without changing a promise; --fix writes a new file.
hengliang review forms/ --format csv -o findings.csv  # All forms of a folder in one table.
hengliang review forms/ --baseline known.json  # Only what is new since --write-baseline known.json.
hengliang review form.xlsx --select V,S --ignore V23  # Only some rules.
"""


def run(
    ctx: typer.Context,
    files: Files,
    profile: Profile = "national-2015",
    output_format: Annotated[
        str,
        typer.Option(
            "--format",
            metavar="FORMAT",
            help="text if not given, json, sarif or csv; xlsx marks the cells of the workbook, "
            "docx drafts the official opinion.",
        ),
    ] = "text",
    output: Annotated[
        Path | None,
        typer.Option(
            "-o", "--output", metavar="OUT", help="Write to this file, or folder where there are many."
        ),
    ] = None,
    fix: Annotated[
        bool,
        typer.Option("--fix", help="Mend what can be mended without changing a promise, into a new file."),
    ] = False,
    diff: Annotated[
        bool, typer.Option("--diff", help="Show what --fix would change; write nothing.")
    ] = False,
    propose: Annotated[
        bool, typer.Option("--propose", help="List the mends that only the declaring unit can decide on.")
    ] = False,
    select: Annotated[
        list[str] | None,
        typer.Option(metavar="CODES", help="Only rules whose codes begin so: V,S03. May be given again."),
    ] = None,
    ignore: Annotated[
        list[str] | None, typer.Option(metavar="CODES", help="No rules whose codes begin so.")
    ] = None,
    baseline: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Findings in this baseline do not count.")
    ] = None,
    write_baseline: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write all findings to a baseline and stop.")
    ] = None,
    suppressions: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help="Findings overruled with a reason; each form's own FORM.hengliang.toml if not given.",
        ),
    ] = None,
    verbose: Verbose = False,
    quiet: Annotated[bool, typer.Option("-q", "--quiet", help="Only errors and the last line.")] = False,
    statistics: Annotated[
        bool, typer.Option("--statistics", help="Only how often each rule found something.")
    ] = False,
    stdin_format: StdinFormat = None,
    jobs: Jobs = None,
    timeout: Timeout = 60.0,
) -> None:
    """Reviews forms and tells what is wrong with them: the place, the rule, the reason and the remedy.

    Forms of the same organisation for earlier years, given in the same call, are what this year's are
    compared with. An input is never written to.

    Exit codes: 0 nothing that is an error, 1 findings that are errors, 2 wrong usage or a file that cannot
    be read.
    """
    language = language_in(ctx)
    for out in (output, write_baseline):
        refuse_inputs(out, files)
    mode = _mode(fix, diff, propose)
    if mode == "propose" and output is not None:
        # What is written down of proposals is a list for programs.
        output_format = "json"
    today = date.today()  # noqa: DTZ011 - a suppression runs out by the calendar on the wall
    plan = ReviewPlan(
        look=look_of(language, verbose, quiet, to_file=output is not None),
        profile=_known_profile(profile),
        format=one_of(FORMATS, output_format, "--format"),
        mode=mode,
        select=_known_codes(select or []),
        ignore=_known_codes(ignore or []),
        today=today,
        suppressions=_holding(suppressions, today, language),
        baseline=_known_findings(baseline),
    )
    how = "baseline" if write_baseline else "statistics" if statistics else "results"
    order = Order(files, plan, how, write_baseline or output, jobs, timeout, stdin_format)
    if code := carry_out(order):
        raise typer.Exit(code)


def _mode(fix: bool, diff: bool, propose: bool) -> Mode:
    modes: tuple[tuple[Mode, bool], ...] = (("fix", fix), ("diff", diff), ("propose", propose))
    chosen: list[Mode] = [mode for mode, is_on in modes if is_on]
    if len(chosen) > 1:
        raise Usage(message("only one of --fix, --diff and --propose at a time"))
    return chosen[0] if chosen else "review"


def _known_profile(name: str) -> str:
    from hengliang.base.profile import load_profile

    load_profile(name)
    return name


def _known_codes(given: Sequence[str]) -> tuple[str, ...]:
    """Codes as they were given, apart and in capitals. Raises Usage for one that begins no rule's code."""
    codes = tuple(code.strip().upper() for text in given for code in text.split(",") if code.strip())
    if codes:
        from hengliang.review.catalogue import rule_by_code

        for code in codes:
            if not any(known.startswith(code) for known in rule_by_code()):
                hint = near(code, list(rule_by_code())) or message("see them with `hengliang rule --list`")
                raise Usage(message("no rule has the code {code}; {hint}", code=code, hint=hint))
    return codes


def _holding(path: Path | None, today: date, language: str) -> "tuple[Suppression, ...] | None":
    """The suppressions in a file that hold today; the others are told."""
    if path is None:
        return None
    from hengliang.review.suppress import read_suppressions, still_holding

    entered = read_suppressions(path)
    holding = still_holding(entered, today)
    for entry in entered:
        if entry not in holding:
            said = has_run_out(entry.code, entry.place, entry.until).say(language)
            sys.stderr.write(f"{path}: {said}\n")
    return holding


def _known_findings(baseline: Path | None) -> frozenset[str] | None:
    if baseline is None:
        return None
    from hengliang.review.baseline import read_baseline

    return read_baseline(baseline)
