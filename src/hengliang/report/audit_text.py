"""The audit of a self-evaluation for people at a terminal: what differs with the arithmetic, what is open."""

from collections.abc import Iterator, Sequence

from hengliang.base.message import Message, message
from hengliang.base.number import read_number
from hengliang.form.model import Indicator
from hengliang.report.ink import Ink
from hengliang.report.sheet_text import Look
from hengliang.report.width import fit, pad, visible, width, wrap
from hengliang.score.allowed import Candidate
from hengliang.score.audit import Finding, RowAudit, Verdict, counted
from hengliang.score.audit_sums import Audit, Figure

_NAME = 30
_SHAPES = {Verdict.AGREES: "●", Verdict.DIFFERS: "■", Verdict.UNDECIDED: "?"}
_STYLES = {Verdict.AGREES: "good", Verdict.DIFFERS: "error", Verdict.UNDECIDED: "undecidable"}


def render(audited: Audit, file: str, language: str, look: Look) -> str:
    """One self-evaluation. Rows that agree are shown only when all is asked for."""
    return "".join(f"{line.rstrip()}\n" for line in _lines(audited, file, language, look))


def _lines(audited: Audit, file: str, language: str, look: Look) -> Iterator[str]:
    form = audited.form
    year = message("year {year}", year=form.fiscal_year).say(language) if form.fiscal_year else None
    rows = message("{count} indicators", count=len(form.indicators)).say(language)
    line = "  ".join(visible(part) for part in (form.organisation, form.project, year, rows) if part)
    yield f"{look.ink.bold(visible(file))}  {line}"
    for row in audited.rows:
        if row.finding.verdict is Verdict.DIFFERS or look.verbose:
            yield from _row(row, language, look)
    for one in audited.sums:
        if one.finding.verdict is not Verdict.AGREES or look.verbose:
            yield from _finding("", figure_said(one.figure).say(language), "", one.finding, language, look)
    if not look.verbose:
        yield from _undecided(audited.rows, language, look)
    yield "  " + summary(counted(audited.findings), language, look.ink)
    yield ""


def figure_said(figure: Figure) -> Message:
    """What a figure beside the rows is called."""
    return {
        "execution": message("score for the execution of the budget"),
        "rate": message("execution rate"),
        "points": message("sum of the points"),
        "score": message("sum of the scores"),
        "grade": message("grade"),
    }[figure]


def verdict_said(verdict: Verdict) -> Message:
    """A verdict in one word."""
    return {
        Verdict.AGREES: message("agrees"),
        Verdict.DIFFERS: message("differs"),
        Verdict.UNDECIDED: message("undecided"),
    }[verdict]


def _row(row: RowAudit, language: str, look: Look) -> Iterator[str]:
    facts = _facts(row.indicator, language)
    yield from _finding(str(row.index + 1), row.indicator.name, facts, row.finding, language, look)


def _facts(indicator: Indicator, language: str) -> str:
    """Target, actual, points and score in a line."""
    sign = "" if indicator.operator in (None, "定性") else indicator.operator or ""
    target = f"{sign}{indicator.target or ''}{indicator.unit or ''}" if indicator.target else ""
    actual = indicator.actual or "?"
    if read_number(actual) is not None:
        actual += indicator.unit or ""
    points = f"{indicator.points:f}" if indicator.points is not None else "?"
    score = f"{indicator.score:f}" if indicator.score is not None else "?"
    said = message(
        "target {target}, actual {actual}, {score} of {points}",
        target=target or "?", actual=actual, score=score, points=points,
    )  # fmt: skip
    return said.say(language)


def _finding(
    number: str, name: str, facts: str, finding: Finding, language: str, look: Look
) -> Iterator[str]:
    shape = _SHAPES[finding.verdict]
    style = _STYLES[finding.verdict]
    word = look.ink.paint(f"{shape} {verdict_said(finding.verdict).say(language)}", style)
    label = fit(visible(name), _NAME)[0]
    padded = pad(label, _NAME if facts else width(label))
    yield f"  {word}  {number:>3} {padded}  {look.ink.dim(visible(facts))}"
    yield from (f"      {line}" for line in wrap(visible(finding.reason.say(language)), look.columns - 6))
    if finding.verdict is Verdict.DIFFERS:
        yield from _tried(finding.candidates, language, look)


def _tried(candidates: Sequence[Candidate], language: str, look: Look) -> Iterator[str]:
    """What was tried, with the arithmetic."""
    for one in candidates:
        # The last step only repeats the sum of a single one.
        told = one.steps if len(one.steps) > 2 else one.steps[:1]
        steps = message("; ").say(language).join(step.text.say(language) for step in told)
        sign = f"{one.side} " if one.side is not None else ""
        code = "" if one.method == "sentence" else f"{one.method} "
        text = f"{sign}{code}{one.name.say(language)}"
        if steps:
            text += f"{message(': ').say(language)}{steps}"
        first, *more = wrap(visible(text), look.columns - 10)
        yield f"      {look.ink.info('·')} {look.ink.dim(first)}"
        yield from (f"        {look.ink.dim(line)}" for line in more)


def _undecided(rows: Sequence[RowAudit], language: str, look: Look) -> Iterator[str]:
    """Rows that cannot be decided, those of one reason in one line."""
    reasons: dict[str, list[str]] = {}
    for row in rows:
        if row.finding.verdict is Verdict.UNDECIDED:
            reasons.setdefault(row.finding.reason.say(language), []).append(f"#{row.index + 1}")
    word = verdict_said(Verdict.UNDECIDED).say(language)
    for reason, numbers in reasons.items():
        head = look.ink.paint(f"? {word}", "undecidable")
        for at, line in enumerate(wrap(visible(f"{reason}  {' '.join(numbers)}"), look.columns - 6)):
            yield f"  {head}  {line}" if at == 0 else f"      {line}"


def summary(counts: dict[Verdict, int], language: str, ink: Ink) -> str:
    """How many figures agree, differ and cannot be decided."""
    said = [
        ink.paint(f"{_SHAPES[verdict]} {verdict_said(verdict).say(language)} {count}", _STYLES[verdict])
        for verdict, count in counts.items()
        if count
    ]
    return " · ".join(said) or message("There is nothing to recompute.").say(language)
