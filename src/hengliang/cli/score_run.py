"""Carrying out a scoring: read the form and the actual values, score, and write what came out."""

from pathlib import Path
from typing import NamedTuple

from hengliang.base.message import message
from hengliang.cli.export import which_form
from hengliang.cli.files import STANDARD_INPUT, Named
from hengliang.cli.gather import checked, pool_for, read_files
from hengliang.cli.jobs import Look, RecordsJob, ScoreJob
from hengliang.cli.output import write_text
from hengliang.cli.usage import Usage

_SHEETS = (".json", ".xlsx", ".docx", ".pdf", ".html")
_EXPLANATIONS = (".docx", ".pdf", ".html")
_REPORTS = (".docx",)
_TEMPLATES = (".xlsx", ".csv", ".json")


class ScoreOrder(NamedTuple):
    """A scoring as it was asked for."""

    form: str
    actuals: str | None
    profiles: tuple[str, ...]
    as_json: bool
    out: Path | None
    template: Path | None
    need: str | None
    number: int | None
    look: Look
    seconds: float
    stdin_ending: str | None
    layout: str | None = None
    explain: Path | None = None
    records: RecordsJob | None = None
    report: Path | None = None
    findings: Path | None = None


class Outcome(NamedTuple):
    """How it went: files that could not be read, and rows of actual values that were not used."""

    failed: bool
    left_out: int


def carry_out(order: ScoreOrder) -> Outcome:
    """Scores one form and writes the results."""
    _check(order)
    language = order.look.language
    with pool_for(1, order.seconds) as pool:
        readings, failures = read_files(
            pool, [Named(order.form)], order.seconds, order.stdin_ending, language
        )
        for _, done in readings:
            job = ScoreJob(
                order.form, done.reading, which_form(done.keys, order.number), order.actuals, order.profiles,
                _format(order), order.template or order.out, order.need, order.look, order.seconds,
                order.layout, order.explain, order.records, order.report, order.findings,
            )  # fmt: skip
            answer = checked(next(pool.each("score", [job])), order.form, failures, language)
            if answer is not None:
                write_text(None, [answer.text])
                for written in answer.written:
                    said = message("written: {file}", file=written)
                    write_text(None, [said.say(language), "\n"])
                return Outcome(bool(failures), answer.left_out)
    return Outcome(bool(failures), 0)


def _format(order: ScoreOrder) -> str:
    """What to make: `template`, or the format of the sheet: text, json, or the ending of a document."""
    if order.template is not None:
        return "template"
    if order.out is not None:
        return order.out.suffix.lower().lstrip(".")
    return "json" if order.as_json else "text"


def _check(order: ScoreOrder) -> None:
    """Raises Usage for what cannot be carried out, before anything is read."""
    from hengliang.base.profile import load_profile

    for name in order.profiles:
        load_profile(name)
    if order.form == order.actuals == STANDARD_INPUT:
        raise Usage(message("the form and the actual values cannot both be standard input"))
    if order.actuals == STANDARD_INPUT:
        raise Usage(message("actual values are read from a file"))
    for out, endings in (
        (order.out, _SHEETS), (order.template, _TEMPLATES), (order.explain, _EXPLANATIONS),
        (order.report, _REPORTS),
    ):  # fmt: skip
        if out is not None and out.suffix.lower() not in endings:
            said = ", ".join(ending.lstrip(".") for ending in endings)
            raise Usage(message("{file}: the ending is one of {endings}", file=str(out), endings=said))
    if order.out is not None and order.out.suffix.lower() != ".json" and len(order.profiles) > 1:
        raise Usage(message("a self-evaluation table is written for one profile"))
    if order.findings is not None and order.report is None:
        raise Usage(message("--findings go with --report"))
