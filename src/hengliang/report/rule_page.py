"""The page of a rule and the list of all rules, for a terminal."""

from collections.abc import Iterator, Sequence

from hengliang.base.message import message
from hengliang.report.basis import basis_lines
from hengliang.report.ink import Ink
from hengliang.report.severity import SEVERITIES, severity_word
from hengliang.report.width import width, wrap
from hengliang.review.page import page_of
from hengliang.review.rule import Rule

_FIXES = {
    "safe": message("safe fix: --fix applies it"),
    "proposal": message("proposal: --propose lists it, the unit decides"),
    "none": message("no fix: only people can mend it"),
}


def page(rule: Rule, language: str, columns: int, ink: Ink) -> str:
    """The page for a terminal: what the rule is, then its text."""
    title = rule.en if language == "en" else rule.zh
    severity = ink.paint(severity_word(rule.severity).say(language), rule.severity.value)
    facts = [
        severity,
        _FIXES[rule.fix].say(language),
        message("since {version}", version=rule.since).say(language),
    ]
    if rule.status != "stable":
        facts.append(rule.status)
    lines = [
        f"{ink.bold(f'{rule.code} {title}')}  {ink.dim(rule.name)}",
        message("; ").say(language).join(facts),
        "",
        *_rendered(rule, language, columns, ink),
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


def _rendered(rule: Rule, language: str, columns: int, ink: Ink) -> Iterator[str]:
    """The paragraphs of the page; running text is wrapped, tables, lists and code stay as they are."""
    for heading, text in page_of(rule, language):
        yield ink.bold(heading)
        for block in text.split("\n\n"):
            lines = block.split("\n")
            is_running = len(lines) == 1 and not block.startswith(("|", "- ", "* ", "    "))
            for line in wrap(block, columns - 2) if is_running else lines:
                yield f"  {line}"
        yield ""
