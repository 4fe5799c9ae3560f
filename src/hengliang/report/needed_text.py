"""What must be reached for more points, for people at a terminal."""

from collections.abc import Iterator, Sequence

from hengliang.base.message import Message, message
from hengliang.criteria.curve import Interval
from hengliang.criteria.scored import meaning_of
from hengliang.criteria.table import stretch_said
from hengliang.criteria.variable import Kind, Variable
from hengliang.report.sheet_text import Look, actual_said, points_said
from hengliang.report.width import fit, pad, visible, width, wrap
from hengliang.score.needed import Enough, Needed, TotalNeeded

_NAME = 28


def render_rows(rows: Sequence[Needed], language: str, look: Look) -> str:
    """What each of `rows` needs, those that have it already in one line."""
    return "".join(f"{line.rstrip()}\n" for line in _rows(rows, language, look))


def render_total(total: TotalNeeded, goal: str, language: str, look: Look) -> str:
    """What the sheet as a whole needs, and each row if all others stay as they are."""
    return "".join(f"{line.rstrip()}\n" for line in _total(total, goal, language, look))


def _rows(rows: Sequence[Needed], language: str, look: Look) -> Iterator[str]:
    missing = [one for one in rows if not one.has]
    had = tuple(one.row.index + 1 for one in rows if one.has)
    yield look.ink.bold(message("Needed, each row by itself:").say(language))
    yield from _table(missing, language, look)
    if had:
        said = message("these have it already: {numbers}", numbers=had).say(language)
        yield from (look.ink.dim(f"  {line}") for line in wrap(said, look.columns - 2))


def _total(total: TotalNeeded, goal: str, language: str, look: Look) -> Iterator[str]:
    yield look.ink.bold(message("Needed for {goal}:", goal=goal).say(language))
    said = message(
        "{points} of the points of this sheet; it stands at {now}",
        points=f"{total.goal:f}", now=points_said(total.low, total.high),
    )  # fmt: skip
    yield f"  {said.say(language)}"
    if not total.gap:
        yield "  " + look.ink.good(message("reached for certain").say(language))
        return
    if total.most < total.goal:
        said = message("cannot be reached: the most is {most} points", most=f"{total.most:f}")
        yield "  " + look.ink.paint(said.say(language), "error")
        return
    said = message("{gap} points are missing for certainty", gap=f"{total.gap:f}")
    yield f"  {said.say(language)}"
    if total.high >= total.goal:
        yield "  " + message("what is open may already come to it: ask the owner").say(language)
    if len(total.fewest) > 1:
        numbers = tuple(index + 1 for index in total.fewest)
        said = message("these rows at their most suffice together: {numbers}", numbers=numbers)
        yield f"  {said.say(language)}"
    able = [one for one in total.alone if one.ways]
    if not able:
        yield "  " + message("no row can close the gap by itself").say(language)
        return
    yield "  " + message("one of these by itself, all else as it is:").say(language)
    yield from _table(able, language, look)


def _table(rows: Sequence[Needed], language: str, look: Look) -> Iterator[str]:
    room = min(max((width(visible(one.row.indicator.name)) for one in rows), default=0), _NAME)
    for one in rows:
        name = pad(fit(visible(one.row.indicator.name), room)[0], room)
        now = actual_said(one.row, language) or message("not reported").say(language)
        head = f"  {one.row.index + 1:>3} {name}  "
        said = message(
            "{points} points: {what} (now {now})",
            points=f"{one.points:f}", what=needed_said(one), now=now,
        )  # fmt: skip
        first, *more = wrap(visible(said.say(language)), max(look.columns - width(head), 20))
        yield f"{head}{first}"
        yield from (" " * width(head) + line for line in more)


def needed_said(one: Needed) -> Message:
    """What a row needs, in words."""
    if not one.ways:
        return one.reason or message("it cannot be said what is needed")
    said: Message | None = None
    for way in one.ways:
        part = _enough(way)
        if part is not None:
            said = part if said is None else message("{one}, or {other}", one=said, other=part)
    return said or message("it cannot be said what is needed")


def _enough(way: Enough) -> Message | None:
    surely, perhaps = _stretches(way.variable, way.surely), _stretches(way.variable, way.perhaps)
    if surely is None and perhaps is None:
        return None
    if surely is None:
        said = message("perhaps {where}", where=perhaps)
    elif way.surely != way.perhaps and _is_open(way):
        said = message("surely {surely}; what else would do is left open", surely=surely)
    elif perhaps is not None and way.surely != way.perhaps:
        said = message("surely {surely}, perhaps {perhaps}", surely=surely, perhaps=perhaps)
    else:
        said = surely
    if way.at_best:
        return message("{where}, with all other facts at their best", where=said)
    return said


def _is_open(way: Enough) -> bool:
    """Whether anything may do: every answer, or every number that can be."""
    if way.variable.kind is Kind.MET:
        return len(way.perhaps) > len(way.surely)
    return any(_is_all(way.variable, where) for where in way.perhaps)


def _is_all(variable: Variable, where: Interval | str) -> bool:
    if isinstance(where, str) or where.high is not None:
        return False
    return where.low is None or (variable.kind is not Kind.VALUE and where.low == 0)


def _stretches(variable: Variable, found: Sequence[Interval | str]) -> Message | None:
    said: Message | None = None
    for where in found:
        part = _stretch(variable, where)
        said = part if said is None else message("{one} or {other}", one=said, other=part)
    return said


def _stretch(variable: Variable, where: Interval | str) -> Message:
    if isinstance(where, str):
        return stretch_said(variable, where)
    said = _delay(where, variable.unit) if variable.kind is Kind.DELAY else stretch_said(variable, where)
    if variable.kind is Kind.VALUE and not variable.name:
        return said
    if variable.kind is Kind.DELAY:
        return said
    return message("{meaning} {where}", meaning=meaning_of(variable), where=said)


def _delay(where: Interval, unit: str) -> Message:
    """A stretch of delays as people say it."""
    if where.high is not None and where.high == 0:
        return message("not too late")
    return message("too late by {where}", where=stretch_said(Variable(Kind.DELAY, "", unit), where))
