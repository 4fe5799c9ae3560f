"""The reading of a scoring sentence at a terminal: what was read, asked, assumed, left open and scored."""

from collections import Counter
from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import Any, NamedTuple, cast

from hengliang.base.message import Message, message
from hengliang.criteria.canonical import english, number
from hengliang.criteria.evaluate import Score
from hengliang.criteria.explain import steps_of
from hengliang.criteria.fact_names import facts_said
from hengliang.criteria.nodes import Criterion
from hengliang.criteria.printed import Span
from hengliang.criteria.read import CriterionReading, Status
from hengliang.criteria.scored import NoScore, asked_for, scored
from hengliang.criteria.table import Row, points_said, rows_of, starts_from, unit_said, where_said
from hengliang.report.curve_text import drawing
from hengliang.report.curve_view import NEVER_NEGATIVE
from hengliang.report.grid import BAR, column_widths
from hengliang.report.ink import Ink
from hengliang.report.width import char_width, fit, pad, visible, width, wrap


class Look(NamedTuple):
    """How the view is dressed."""

    columns: int = 100
    ink: Ink = Ink(False)


_PLAIN = Look()
_STYLE = {Status.EXACT: "good", Status.ASSUMED: "advice", Status.BOUNDED: "warning", Status.UNREAD: "error"}
SHAPES = {Status.EXACT: "●", Status.ASSUMED: "◐", Status.BOUNDED: "?", Status.UNREAD: "■"}
"""A shape beside the word, so that the status is known without colour."""


def status_word(status: Status) -> Message:
    """How far the sentence was read, in words."""
    return {
        Status.EXACT: message("exact: every number comes from the sentence"),
        Status.ASSUMED: message("assumed: complete with the assumptions below"),
        Status.BOUNDED: message("bounded: the score lies between two numbers until the owner says more"),
        Status.UNREAD: message("unread: nothing is guessed"),
    }[status]


def render(reading: CriterionReading, given: Sequence[Any], language: str, look: Look = _PLAIN) -> str:
    """The whole view: the sentence with what was read of it, the pieces, and a score for each fact."""
    clauses = _clauses(reading)
    lines = [*_sentence(reading, clauses, look), *_status(reading, language, look), ""]
    lines += _notes(reading, language, look)
    lines += _pieces(reading, language, look)
    if reading.curves is not None:
        marked = [x for x in (number_in(reading, fact) for fact in given) if x is not None]
        lines += ["", *drawing(reading, min(look.columns, 72), marked)]
    for fact in given:
        lines += ["", *_score(reading, fact, clauses, language, look)]
    return "".join(f"{line.rstrip()}\n" for line in lines)


def _clauses(reading: CriterionReading) -> dict[Span, str]:
    """The stretches of the sentence that were read, numbered from the left; one stretch has one number."""
    spans = sorted(set(_spans(reading.tree))) if reading.tree is not None else []
    return {span: str(number) for number, span in enumerate(spans, 1)}


def _spans(tree: Criterion) -> Iterator[Span]:
    for node in (*tree.parts, *tree.gates):
        yield from node.spans
    for section in tree.sections:
        yield from _spans(section)


class _Mark(NamedTuple):
    span: Span
    name: str
    sign: str
    style: str


def _sentence(reading: CriterionReading, clauses: dict[Span, str], look: Look) -> Iterator[str]:
    """The sentence, and below each line of it what was read, left open or not understood."""
    marks = [_Mark(span, name, "─", "info") for span, name in clauses.items()]
    marks += [_Mark(note.span, "", "~", "warning") for note in reading.open]
    marks += [_Mark(note.span, "", "^", "error") for note in reading.unread]
    text = visible(reading.text)
    for start, end in _lines(text, look.columns - 2):
        yield f"  {look.ink.bold(text[start:end])}"
        below = _below(text, start, end, marks, look.ink)
        if below:
            yield f"  {below}"


def _lines(text: str, room: int) -> Iterator[tuple[int, int]]:
    start, used = 0, 0
    for at, char in enumerate(text):
        used += char_width(char)
        if used > room:
            yield start, at
            start, used = at, char_width(char)
    yield start, len(text)


def _below(text: str, start: int, end: int, marks: Sequence[_Mark], ink: Ink) -> str:
    """The signs below the characters from `start` to `end`; later marks stand over earlier ones."""
    signs = [(" ", "")] * width(text[start:end])
    for mark in marks:
        first, last = max(mark.span.start, start), min(mark.span.end, end)
        if first >= last:
            continue
        left, right = width(text[start:first]), width(text[start:last])
        signs[left:right] = [(mark.sign, mark.style)] * (right - left)
        if mark.name and first == mark.span.start and right - left > len(mark.name):
            signs[left : left + len(mark.name)] = [(char, mark.style) for char in mark.name]
    painted, at = "", 0
    while at < len(signs):
        same = at
        while same < len(signs) and signs[same][1] == signs[at][1]:
            same += 1
        run = "".join(sign for sign, _ in signs[at:same])
        painted += ink.paint(run, signs[at][1]) if signs[at][1] else run
        at = same
    return painted.rstrip()


def _status(reading: CriterionReading, language: str, look: Look) -> Iterator[str]:
    said = status_word(reading.status).say(language)
    yield "  " + look.ink.paint(f"{SHAPES[reading.status]} {said}", _STYLE[reading.status])


def _notes(reading: CriterionReading, language: str, look: Look) -> Iterator[str]:
    """What is asked, assumed, open and to be asked, one label each."""
    notes: list[tuple[Message, list[str], str]] = []
    if reading.points is not None:
        notes.append((message("full marks"), [f"{reading.points:f}"], ""))
    asked = [asked_for(reading, each).say(language) for each in reading.variables]
    notes.append((message("asks for"), asked, ""))
    notes.append((message("assumed"), [each.say(language) for each in reading.assumptions], ""))
    for name, found, style in (
        (message("not read"), reading.unread, "error"),
        (message("open"), reading.open, "warning"),
        (message("apart"), reading.verdicts, ""),
    ):
        notes.append((name, [_quoted(reading, *note, language) for note in found], style))
    notes.append((message("ask the owner"), [each.say(language) for each in questions(reading)], "warning"))
    if reading.fallback:
        notes.append((message("may be used"), _offer(reading, language), ""))
    if reading.tree is not None:
        plain = english(reading.tree) if language == "en" else reading.canonical
        notes.append((message("in short"), [plain or ""], ""))
    notes = [(name, texts, style) for name, texts, style in notes if texts]
    room = max((width(name.say(language)) for name, _, _ in notes), default=0)
    for name, texts, style in notes:
        label = pad(name.say(language), room)
        for text in texts:
            first, *more = wrap(visible(text), max(look.columns - room - 4, 20))
            yield f"  {look.ink.dim(label)}  {look.ink.paint(first, style) if style else first}"
            yield from (" " * (room + 4) + (look.ink.paint(line, style) if style else line) for line in more)
            label = " " * room


def _offer(reading: CriterionReading, language: str) -> list[str]:
    """The method of the profile for a sentence without arithmetic, and what it asks for."""
    said = message("method {method} of the profile, if the owner agrees", method=reading.fallback)
    if reading.offer is None:
        return [said.say(language)]
    asked = "; ".join(asked_for(reading.offer, each).say(language) for each in reading.offer.variables)
    return [said.say(language), reading.offer.method.statement.say(language), asked]


def _quoted(reading: CriterionReading, span: Span, reason: Message, language: str) -> str:
    words = reading.text[span.start : span.end]
    return message("“{words}”: {reason}", words=words, reason=reason).say(language)


def questions(reading: CriterionReading) -> Iterator[Message]:
    """What must be asked of whoever wrote the sentence before there can be one score."""
    asked: set[str] = set()
    clauses = _clauses(reading)
    for span, _ in reading.open:
        around = [one for one in clauses if one.start <= span.start and span.end <= one.end]
        start, end = min(around, key=lambda one: one.end - one.start) if around else span
        words = reading.text[start:end].strip("…. ，。；")
        if words in asked:
            continue
        asked.add(words)
        if words and len(words) < len(reading.text.strip("…. ，。；")):
            yield message("how many points exactly belong to “{words}”, and when", words=words)
        else:
            yield message("the whole sentence, with the points for each case")
    if reading.unread:
        yield message("a sentence that says for each case how many points it gives or takes")


def _pieces(reading: CriterionReading, language: str, look: Look) -> Iterator[str]:
    rows = [row for row in rows_of(reading) if can_be(row)]
    if not rows:
        return
    yield ""
    table = [[message("given").say(language), message("points").say(language)]]
    if base := starts_from(reading):
        table.append([message("to begin with").say(language), number(base)])
    table += [[visible(_where(row, reading, language)), visible(_points(row, language))] for row in rows]
    widths = column_widths(table, look.columns - 2)
    for at, cells in enumerate(table):
        shown = [pad(fit(text, room)[0], room) for text, room in zip(cells, widths, strict=True)]
        line = look.ink.info(BAR).join(look.ink.dim(cell) if not at else cell for cell in shown)
        yield f"  {line}"


def can_be(row: Row) -> bool:
    """Whether there is such a number: counts, rates and delays are never below 0."""
    where = row.where
    if isinstance(where, str) or where.high is None or row.variable.kind not in NEVER_NEGATIVE:
        return True
    return where.high > 0 or (where.high == 0 and where.high_closed)


def _where(row: Row, reading: CriterionReading, language: str) -> str:
    said = where_said(row).say(language)
    if len(reading.variables) > 1 and row.variable.is_number:
        return message("{name}: {where}", name=row.variable.name, where=said).say(language)
    return said


def _points(row: Row, language: str) -> str:
    said = points_said(row)
    if row.role == "decides":
        return message("{points}, whatever else is so", points=said).say(language)
    return said.say(language)


def _score(
    reading: CriterionReading, given: Any, clauses: dict[Span, str], language: str, look: Look
) -> Iterator[str]:
    *lines, last = wrap(visible(fact_said(given, reading, language)), max(look.columns - 30, 30))
    yield from (f"  {look.ink.bold(line)}" for line in lines)
    score = scored(reading, given)
    if isinstance(score, NoScore):
        yield f"  {look.ink.bold(last)}"
        said = wrap(visible(score.reason.say(language)), max(look.columns - 4, 24))
        yield from (f"    {look.ink.paint(text, 'error')}" for text in said)
        return
    yield f"  {look.ink.bold(last)}  →  {look.ink.bold(score_said(score).say(language))}"
    if reading.offer is not None:
        offered = scored(reading.offer, given)
        said = offered.reason if isinstance(offered, NoScore) else score_said(offered)
        offer = message("by method {method}: {points}", method=reading.fallback, points=said).say(language)
        yield from (f"    {look.ink.dim(line)}" for line in wrap(visible(offer), look.columns - 4))
    steps = steps_of(score.outcome) if score.outcome is not None else ()
    names = [",".join(clauses[span] for span in step.spans if span in clauses) for step in steps]
    room = max((len(name) for name in names), default=0) + 2
    for step, name in zip(steps, names, strict=True):
        label = f"[{name}]" if name else ""
        for text in wrap(visible(step.text.say(language)), max(look.columns - room - 5, 20)):
            yield f"    {look.ink.info(pad(label, room))} {text}"
            label = ""


def number_in(reading: CriterionReading, given: Any) -> Fraction | None:
    """The number for which a fact was scored; None where it is none."""
    score = scored(reading, given)
    if isinstance(score, NoScore) or score.outcome is None or not score.outcome.effects:
        return None
    fact = score.outcome.effects[0].fact
    return fact if isinstance(fact, Fraction) else None


def fact_text(given: Any, language: str) -> str:
    """A stated fact in one line."""
    if isinstance(given, dict):
        return facts_said(cast("dict[str, Any]", given), language)
    if isinstance(given, list | tuple):
        return " → ".join(map(str, given))
    return str(given)


def fact_said(given: Any, reading: CriterionReading, language: str) -> str:
    """A stated fact as it is shown, with the unit where it is a bare number."""
    text = fact_text(given, language)
    unit = reading.variables[0].unit if len(reading.variables) == 1 else ""
    return text + unit_said(unit) if unit and text[-1:].isdigit() else text


def score_said(score: Score) -> Message:
    """The points: one number, or the least and the most."""
    if score.is_certain:
        return message("{points} points", points=f"{score.low:f}")
    return message("{low} – {high} points, open", low=f"{score.low:f}", high=f"{score.high:f}")


def line(found: dict[str, Any], name: Any, language: str, look: Look) -> str:
    """One line of a list of many sentences, from the data of an answer: status, number, sentence, scores."""
    status = Status(found["status"])
    word = pad(status_name(status).say(language), 8)
    head = look.ink.paint(f"{SHAPES[status]} {word}", _STYLE[status])
    scores = "  ".join(
        f"{fact_text(score['given'], language)} → {_brief(score)}" for score in found["scores"]
    )
    room = look.columns - 12
    name = "" if name is None else f"{visible(str(name))}  "
    shown = visible(scores)
    space = max(room - width(name) - width(shown) - 2, room // 3)
    text = (
        pad(fit(visible(found["text"]), space)[0], space) if shown else fit(visible(found["text"]), space)[0]
    )
    return f"{head} {name}{text}  {fit(shown, room - space - width(name))[0]}".rstrip()


def _brief(score: dict[str, Any]) -> str:
    if "error" in score:
        return "!"
    return score["score"] if "score" in score else f"{score['low']}–{score['high']}"


def summary(counts: Counter[str], language: str, look: Look) -> str:
    """The last line of a list: how many sentences of each status."""
    parts = [
        look.ink.paint(f"{SHAPES[status]} {status_name(status).say(language)} {counts[status.value]}", style)
        for status, style in _STYLE.items()
        if counts[status.value]
    ]
    if counts["error"]:
        said = message("lines that are no question: {count}", count=counts["error"])
        parts.append(look.ink.paint(said.say(language), "error"))
    return " · ".join(parts)


def status_name(status: Status) -> Message:
    """How far a sentence was read, in one word."""
    return {
        Status.EXACT: message("exact"),
        Status.ASSUMED: message("assumed"),
        Status.BOUNDED: message("bounded"),
        Status.UNREAD: message("unread"),
    }[status]
