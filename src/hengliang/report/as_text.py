"""Findings for people at a terminal: where, what, the words underlined, the remedy.

Findings of one rule stand together, errors first. Unless all are asked for, errors show their
first ten rows, warnings two and advice one line; the places left out are named by their numbers.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from hengliang.base.finding import Finding, Severity
from hengliang.base.message import Message, message
from hengliang.form.field import text_at
from hengliang.form.model import Form
from hengliang.report.basis import basis_line
from hengliang.report.excerpt import excerpt
from hengliang.report.grouped import chief_paths, groups, numbers, undecided_groups
from hengliang.report.ink import Ink, plain
from hengliang.report.labels import place_label
from hengliang.report.severity import SEVERITIES, severity_word
from hengliang.report.width import pad, visible, width, wrap
from hengliang.review.catalogue import rule_by_code
from hengliang.review.verdict import Counts, Verdict

_ROWS = {Severity.ERROR: 10, Severity.WARNING: 2, Severity.ADVICE: 0}
"""How many rows are shown of the findings of one rule unless all are asked for."""


class Look(NamedTuple):
    """How a text is dressed: columns, colour, and whether every place or only the errors are shown."""

    columns: int = 100
    ink: Ink = Ink(False)
    verbose: bool = False
    quiet: bool = False


_PLAIN = Look()


def render(verdict: Verdict, language: str, look: Look = _PLAIN) -> str:
    """Everything found in one form; "" when there is nothing to say."""
    text = ""
    for group in groups(verdict.findings):
        if look.quiet and group[0].severity != Severity.ERROR:
            continue
        most = None if look.verbose else _ROWS[group[0].severity]
        if most == 0:
            text += _line(verdict, group, language, look)
        else:
            text += _block(verdict, group, most, language, look) + "\n"
    if text and not text.endswith("\n\n"):
        text += "\n"
    if not look.quiet:
        text += _paragraph(_undecided(verdict, language, look))
        text += _paragraph(_overruled(verdict, language, look))
    return text


def heading(verdict: Verdict, language: str, look: Look) -> str:
    """One line that names a form: its file, organisation, project, year and number of indicators."""
    form = verdict.form
    year = message("year {year}", year=form.fiscal_year) if form.fiscal_year else None
    rows = message("{count} indicators", count=len(form.indicators))
    parts = [form.organisation, form.project, year and year.say(language), rows.say(language)]
    line = "  ".join(visible(part) for part in parts if part)
    return f"{look.ink.bold(visible(verdict.file))}  {line}\n"


def summary(counts: Counts, language: str, look: Look, mode: str = "review") -> str:
    """The last lines: how many findings there are of each kind, and what can be done about them.

    `mode` is what is being done already: `fix` needs no telling that there is --fix.
    """
    kinds = [
        (counts.errors, message("{count} error"), message("{count} errors"), "error"),
        (counts.warnings, message("{count} warning"), message("{count} warnings"), "warning"),
        (counts.advice, message("{count} piece of advice"), message("{count} pieces of advice"), "advice"),
        (counts.undecidable, message("{count} undecidable"), message("{count} undecidable"), "undecidable"),
    ]
    found = [
        look.ink.paint((one if count == 1 else many)._replace(values={"count": count}).say(language), style)
        for count, one, many, style in kinds
        if count
    ]
    line = " · ".join(found) or look.ink.good(message("Nothing found.").say(language))
    if counts.suppressed or counts.known:
        aside = message(
            "({suppressed} suppressed, {known} in the baseline)",
            suppressed=counts.suppressed,
            known=counts.known,
        )
        line += look.ink.dim(" " + aside.say(language))
    lines = [line]
    if counts.safe_fixes and mode == "review":
        said = message("Safe fixes: {count} (--diff shows them, --fix applies them)", count=counts.safe_fixes)
        lines.append(said.say(language))
    if counts.proposals and mode != "propose":
        said = message("Proposals for the unit to decide on: {count} (--propose)", count=counts.proposals)
        lines.append(said.say(language))
    return "".join(f"{line}\n" for line in lines)


def statistics(codes: Counter[str], language: str, look: Look) -> str:
    """A table of how often each rule found something, most often first within a severity."""
    rules = rule_by_code()
    listed = sorted(codes, key=lambda code: (SEVERITIES.index(rules[code].severity), -codes[code], code))
    digits = max((len(str(count)) for count in codes.values()), default=1)
    words = {severity: severity_word(severity).say(language) for severity in SEVERITIES}
    columns = max(map(width, words.values()))
    lines: list[str] = []
    for code in listed:
        rule = rules[code]
        severity = look.ink.paint(pad(words[rule.severity], columns), rule.severity.value)
        fixable = {"safe": "*", "proposal": "?", "none": " "}[rule.fix]
        name = rule.en if language == "en" else rule.zh
        lines.append(f"{codes[code]:>{digits}}  {code} {severity} [{fixable}] {name}\n")
    if lines:
        key = message("[*] mended by --fix   [?] with a proposal").say(language)
        lines.append(look.ink.dim(key) + "\n")
    return "".join(lines)


def _block(verdict: Verdict, group: Sequence[Finding], most: int | None, language: str, look: Look) -> str:
    shown = excerpt(verdict.form, group, language, look.columns, look.ink, most)
    lines = [_head(verdict, group, language, look), *shown.lines]
    if shown.hidden:
        lines += _rest(verdict, shown.hidden, language, look)
    lines += _notes(verdict.form, group, language, look)
    return "".join(f"{line}\n" for line in lines)


def _head(verdict: Verdict, group: Sequence[Finding], language: str, look: Look) -> str:
    first = group[0]
    place = verdict.source.place_of(first.spots[0].path)
    where = f"{verdict.file}:{place.within}" if place and place.within else verdict.file
    severity = look.ink.paint(severity_word(first.severity).say(language), first.severity.value)
    said = visible(first.message.say(language))
    count = ""
    if len(group) > 1:
        count = look.ink.dim(" " + message("[{count} places]", count=len(group)).say(language))
    colon = message(": ").say(language)
    return f"{visible(where)}: {look.ink.bold(first.code)} {severity}{colon}{said}{count}"


def _line(verdict: Verdict, group: Sequence[Finding], language: str, look: Look) -> str:
    """A rule's findings in one line, with the numbers of their places."""
    head = _head(verdict, group[:1], language, look)
    places = numbers(verdict.form, chief_paths(group), language)
    return _with_places(head, len(group), places if len(group) > 1 or "#" in places else "", look)


def _with_places(head: str, count: int, places: str, look: Look) -> str:
    """A line with the number of its places and their names, which move down where there is no room."""
    line = head + (look.ink.dim(f" [{count}]") if count > 1 else "")
    if not places:
        return f"{line}\n"
    if width(plain(line)) + 2 + width(places) <= look.columns:
        return f"{line}  {look.ink.dim(places)}\n"
    return line + "".join(f"\n      {look.ink.dim(part)}" for part in wrap(places, look.columns - 6)) + "\n"


def _rest(verdict: Verdict, paths: Sequence[str], language: str, look: Look) -> Iterator[str]:
    places = numbers(verdict.form, paths, language)
    said = message("and {count} more: {places}", count=len(paths), places=places).say(language)
    for line in wrap(said, look.columns - 8):
        yield look.ink.dim(f"      {line}")


def _notes(form: Form, group: Sequence[Finding], language: str, look: Look) -> Iterator[str]:
    """What is asked, how to mend it, and on what it rests, as far as all of the group have it in common."""
    first = group[0]
    notes: list[tuple[Message, str]] = []
    if len(group) == 1 and first.observed and not _is_shown(form, first, language):
        notes.append((message("found"), first.observed))
    if first.expected and _alike(group, lambda finding: finding.expected, language):
        notes.append((message("expected"), first.expected.say(language)))
    if first.fix and _alike(group, lambda finding: finding.fix and finding.fix.say, language):
        how = message("safe, --fix") if first.fix.safe else message("proposal, --propose")
        notes.append((message("remedy"), f"{first.fix.say.say(language)} [{how.say(language)}]"))
    rule = rule_by_code().get(first.code)
    if rule and rule.basis:
        notes.append((message("basis"), basis_line(rule, language)))
    colon = message(": ").say(language)
    for name, text in notes:
        label = f"{name.say(language)}{colon}"
        indent = 8 + width(label)
        first_line, *more = wrap(visible(text), max(look.columns - indent, 20))
        yield f"      {look.ink.info('=')} {look.ink.bold(label)}{first_line}"
        yield from (" " * indent + line for line in more)


def _is_shown(form: Form, finding: Finding, language: str) -> bool:
    """Whether what was observed can be read in the sentence or in the cells above."""
    texts = [text_at(form, spot.path) or "" for spot in finding.spots]
    return any(finding.observed in text for text in [finding.message.say(language), *texts])


def _alike(group: Sequence[Finding], ask: Callable[[Finding], Message | None], language: str) -> bool:
    """Whether all of a group say the same where `ask` looks."""
    return len({said and said.say(language) for said in map(ask, group)}) == 1


def _undecided(verdict: Verdict, language: str, look: Look) -> Iterator[str]:
    """One line for each rule that could not decide, and why."""
    for together in undecided_groups(verdict.undecidable):
        word = look.ink.paint(message("undecidable").say(language), "undecidable")
        colon = message(": ").say(language)
        places = numbers(verdict.form, chief_paths(together), language)
        reason = visible(together[0].reason.say(language))
        line = f"{visible(verdict.file)}: {look.ink.bold(together[0].code)} {word}{colon}{reason}"
        yield _with_places(line, len(together), places, look).rstrip("\n")


def _overruled(verdict: Verdict, language: str, look: Look) -> Iterator[str]:
    """When all is asked for: what was set aside, and what does not apply."""
    if not look.verbose:
        return
    for finding, entry in verdict.suppressed:
        place = place_label(verdict.form, finding.spots[0].path, language)
        said = message(
            "{code} at {place} is suppressed by {by}: {reason}",
            code=finding.code,
            place=place,
            by=entry.by,
            reason=entry.reason,
        )
        yield look.ink.dim(f"{visible(verdict.file)}: {visible(said.say(language))}")
    for finding in verdict.known:
        place = place_label(verdict.form, finding.spots[0].path, language)
        said = message("{code} at {place} is in the baseline", code=finding.code, place=place)
        yield look.ink.dim(f"{visible(verdict.file)}: {visible(said.say(language))}")
    for none in verdict.not_applicable:
        said = message("{code} does not apply: {reason}", code=none.code, reason=none.reason)
        yield look.ink.dim(f"{visible(verdict.file)}: {visible(said.say(language))}")


def _paragraph(lines: Iterator[str]) -> str:
    text = "".join(f"{line}\n" for line in lines)
    return text and f"{text}\n"
