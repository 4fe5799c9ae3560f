"""The page of a rule, from the docstring of its module, and the list of all rules."""

import sys
from collections.abc import Iterator, Sequence

from hengliang.base.message import message
from hengliang.report.basis import basis_lines
from hengliang.report.ink import Ink
from hengliang.report.severity import SEVERITIES, severity_word
from hengliang.report.width import width, wrap
from hengliang.review.rule import Rule

_FIXES = {
    "safe": message("safe fix: --fix applies it"),
    "proposal": message("proposal: --propose lists it, the unit decides"),
    "none": message("no fix: only people can mend it"),
}
_LANGUAGES = "\n---\n"


def page_text(rule: Rule, language: str) -> str:
    """The page as its author wrote it, in Markdown: English first, Chinese after a line of dashes."""
    whole = sys.modules[rule.run.__module__].__doc__ or ""
    english, _, chinese = whole.partition(_LANGUAGES)
    return (english if language == "en" else chinese or english).strip()


def page(rule: Rule, language: str, columns: int, ink: Ink) -> str:
    """The page for a terminal: what the rule is, then its text."""
    title = rule.en if language == "en" else rule.zh
    other = rule.zh if language == "en" else rule.en
    severity = ink.paint(severity_word(rule.severity).say(language), rule.severity.value)
    facts = [
        severity,
        _FIXES[rule.fix].say(language),
        message("since {version}", version=rule.since).say(language),
    ]
    if rule.status != "stable":
        facts.append(rule.status)
    lines = [
        f"{ink.bold(f'{rule.code} {title}')}  {ink.dim(f'{other} ({rule.name})')}",
        message(", ").say(language).join(facts),
        "",
        *_rendered(page_text(rule, language), columns, ink),
        "",
        ink.bold(message("Rests on").say(language)),
        *(f"  {line}" for basis in basis_lines(rule, language) for line in wrap(basis, columns - 2)),
    ]
    return "".join(f"{line}\n" for line in lines)


def table(rules: Sequence[Rule], language: str, ink: Ink) -> str:
    """All rules, one a line, by family."""
    words = {severity: severity_word(severity).say(language) for severity in SEVERITIES}
    room = max(map(width, words.values()))
    signs = {"safe": "*", "proposal": "?", "none": " "}
    lines: list[str] = []
    family = ""
    for rule in rules:
        if family and rule.code[0] != family:
            lines.append("")
        family = rule.code[0]
        severity = ink.paint(words[rule.severity], rule.severity.value) + " " * (
            room - width(words[rule.severity])
        )
        title = rule.en if language == "en" else rule.zh
        lines.append(f"{ink.bold(rule.code)}  {severity}  [{signs[rule.fix]}]  {title}  {ink.dim(rule.name)}")
    lines += ["", ink.dim(message("[*] mended by --fix   [?] with a proposal").say(language))]
    return "".join(f"{line}\n" for line in lines)


def _rendered(text: str, columns: int, ink: Ink) -> Iterator[str]:
    """The little Markdown that pages are written in, for a terminal: headings, lists, tables and code as
    they stand.
    """
    paragraph: list[str] = []
    is_code = False
    for line in [*text.splitlines(), ""]:
        if line.startswith("```"):
            is_code = not is_code
            continue
        is_plain = not is_code and bool(line.strip()) and not line.startswith(("#", "|", "- ", "    "))
        if is_plain or (paragraph and line.startswith("  ") and line.strip() and not is_code):
            paragraph.append(line.strip())
            continue
        if paragraph:
            yield from _paragraph(paragraph, columns)
            paragraph = []
        if is_code:
            yield f"  {line}"
        elif line.startswith("- "):
            paragraph.append(line)
        elif line.startswith("#"):
            yield ink.bold(line.lstrip("# "))
        else:
            yield line


def _paragraph(lines: Sequence[str], columns: int) -> Iterator[str]:
    if lines:
        indent = "  " if lines[0].startswith("- ") else ""
        first, *more = wrap(_joined(lines), columns - len(indent))
        yield first
        yield from (indent + line for line in more)


def _joined(lines: Sequence[str]) -> str:
    """Lines of one paragraph as one: Chinese lines join without a blank."""
    text = ""
    for line in lines:
        if text and text[-1].isascii() and line[:1].isascii():
            text += " "
        text += line
    return text
