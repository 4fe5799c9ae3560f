"""The pieces of a review, one per file, put together into one result."""

from collections.abc import Iterable, Iterator

from hengliang.base.message import message
from hengliang.cli.jobs import ReviewPlan
from hengliang.cli.sums import Sums

STREAMED = ("json", "sarif", "csv")
"""Formats that programs read: nothing else may stand on the same stream."""


def framed(plan: ReviewPlan, pieces: Iterable[str], sums: Sums) -> Iterator[str]:
    """The result for programs, in parts; `sums` is looked at when all pieces are there."""
    from hengliang.base.profile import load_profile
    from hengliang.report import as_csv, as_json, as_sarif
    from hengliang.report.records import Rest
    from hengliang.review.catalogue import selected
    from hengliang.review.verdict import Counts

    language = plan.look.language
    if plan.format == "csv":
        return as_csv.whole(pieces, language)
    if plan.mode == "propose":
        return as_json.proposals(pieces)
    rules = selected(plan.select, plan.ignore)

    def rest() -> Rest:
        return Rest(Counts(*sums.counts), tuple(sums.failures), sums.duplicates.records)

    if plan.format == "sarif":
        return as_sarif.whole(pieces, rules, language, rest)
    return as_json.whole(pieces, load_profile(plan.profile), rules, language, rest)


def closing(plan: ReviewPlan, sums: Sums) -> str:
    """The last lines for people: what was written, and how many findings there are of each kind."""
    from hengliang.report import as_text
    from hengliang.report.ink import Ink
    from hengliang.review.verdict import Counts

    if not sums.counts:
        return ""
    look = as_text.Look(plan.look.columns, Ink(plan.look.colour))
    said = as_text.summary(Counts(*sums.counts), plan.look.language, look, plan.mode)
    alike = sums.duplicates.text
    # What was mended was told form by form, with the file it went to.
    written = "" if plan.mode == "fix" else written_lines(plan, sums)
    return written + (alike and f"{alike}\n") + said


def statistics(plan: ReviewPlan, sums: Sums) -> str:
    """How often each rule found something, and the sum."""
    from hengliang.report import as_text
    from hengliang.report.ink import Ink

    look = as_text.Look(plan.look.columns, Ink(plan.look.colour))
    return as_text.statistics(sums.codes, plan.look.language, look) + closing(plan, sums)


def written_lines(plan: ReviewPlan, sums: Sums) -> str:
    """A line for each file that was written."""
    said = (message("written: {file}", file=name).say(plan.look.language) for name in sums.written)
    return "".join(f"{line}\n" for line in said)
