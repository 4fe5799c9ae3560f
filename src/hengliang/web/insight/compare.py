"""Forms side by side: what they promise, how they spread their points, what came of each indicator."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from django.utils.translation import gettext as _

from hengliang.base.profile import Profile
from hengliang.review.names import Content, content_of, likeness, plain_name
from hengliang.web.accounts.reader import language
from hengliang.web.insight.charts import Bar, Series, bars
from hengliang.web.insight.links import to, to_line
from hengliang.web.insight.models import Line
from hengliang.web.insight.queries import Known
from hengliang.web.insight.scores import level_word
from hengliang.web.insight.stages import LEVELS, SCORED
from hengliang.web.insight.tables import Cell, Column, Section, Table, said
from hengliang.web.workflow.states import SHOWN

MOST = 6
"""So many forms stand side by side."""

_ALIKE = 70
"""Names of one level that are as like as this, in percent, stand in one row."""

_COLOURS = ("--accent", "--watch", "--pending", "--good", "--bad", "--rule-strong")


def sections(
    forms: Sequence[Known],
    levels: Mapping[str, Mapping[int, Decimal]],
    lines: Iterable[Line],
    profile: Profile,
    pk: int,
) -> list[Section]:
    """The sections of the page."""
    return [_facts(forms, pk), _levels(forms, levels, pk), _indicators(forms, lines, profile)]


def _heads(forms: Sequence[Known], first: str, is_number: bool) -> list[Column]:
    return [Column(first), *(Column(one.name, is_number) for one in forms)]


def _facts(forms: Sequence[Known], pk: int) -> Section:
    def counted(name: str, values: Iterable[int | Decimal | None], hrefs: Iterable[str]) -> list[Cell]:
        return [Cell(name), *(Cell(number=v, href=h) for v, h in zip(values, hrefs, strict=True))]

    lines = [to("insight-lines", pk, form=one.pk) for one in forms]
    rows = [
        counted(_("Indicators"), [one.indicators for one in forms], lines),
        counted(_("Sum of the points"), [one.points for one in forms], lines),
    ]
    found = (
        ("error", _("Errors found"), [one.errors for one in forms]),
        ("warning", _("Warnings found"), [one.warnings for one in forms]),
        ("advice", _("Advice"), [one.advice for one in forms]),
    )
    for severity, name, values in found:
        hrefs = [to("insight-cells", pk, form=one.pk, severity=severity) for one in forms]
        rows.append(counted(name, values, hrefs))
    scored = [to("self-evaluation", one.pk) if one.state in SCORED else "" for one in forms]
    scores = [Cell(number=one.low, high=one.high, href=href) for one, href in zip(forms, scored, strict=True)]
    rows.append([Cell(_("Points reached")), *scores])
    table = Table("facts", _("Side by side"), _heads(forms, _("What is compared"), True), rows)
    note = "；".join(f"{one.name}：{SHOWN[one.state].word.say(language())}" for one in forms)
    return Section(table, note=note)


def _levels(forms: Sequence[Known], levels: Mapping[str, Mapping[int, Decimal]], pk: int) -> Section:
    order = [level for level in (*(one.value for one in LEVELS), "") if level in levels]
    shown = [level for level in order if any(one.pk in levels[level] for one in forms)]
    rows: list[list[Cell]] = []
    series: list[Series] = []
    for level, colour in zip(shown, _COLOURS, strict=False):
        points = [levels[level].get(one.pk, Decimal(0)) for one in forms]
        hrefs = [to("insight-lines", pk, form=one.pk, level=level or "none") for one in forms]
        cells = [Cell(number=value, href=href) for value, href in zip(points, hrefs, strict=True)]
        rows.append([Cell(level_word(level)), *cells])
        stack = [Bar(value, href) for value, href in zip(points, hrefs, strict=True)]
        series.append(Series(level_word(level), stack, colour))
    table = Table("levels", _("How do they spread their points?"), _heads(forms, _("Level 1"), True), rows)
    return Section(table, bars([one.name for one in forms], series, lying=True))


class _Group(NamedTuple):
    """Indicators of several forms that mean the same, by the key of the form."""

    level: str
    plain: str
    content: Content
    lines: dict[int, Line]


def aligned(lines: Iterable[Line], profile: Profile) -> list[dict[int, Line]]:
    """Indicators of the same level whose names are the same or nearly so, by the key of their form;
    those that most forms have first."""
    groups: list[_Group] = []
    for line in lines:
        form = line.noted.declaration.pk
        plain, content = plain_name(line.name), content_of(line.name, profile)
        best, most = None, 0
        for group in groups:
            if group.level != line.level1 or form in group.lines:
                continue
            percent = 101 if group.plain == plain else likeness(group.content, content)
            if percent >= _ALIKE and percent > most:
                best, most = group, percent
        if best is None:
            best = _Group(line.level1, plain, content, {})
            groups.append(best)
        best.lines[form] = line
    return [one.lines for one in sorted(groups, key=lambda one: -len(one.lines))]


def _indicators(forms: Sequence[Known], lines: Iterable[Line], profile: Profile) -> Section:
    states = {one.pk: one.state for one in forms}
    rows: list[list[Cell]] = []
    for group in aligned(lines, profile):
        first = next(iter(group.values()))
        cells = [
            _cell(line, states[one.pk] in SCORED) if (line := group.get(one.pk)) else Cell(_("none"))
            for one in forms
        ]
        rows.append([Cell(first.name), *cells])
    columns = _heads(forms, _("Indicator"), False)
    empty = _("No indicator fits.")
    note = _("Indicators of the same level whose names are nearly the same stand in one row.")
    return Section(Table("indicators", _("Indicator by indicator"), columns, rows, empty), note=note)


def _cell(line: Line, is_scored: bool) -> Cell:
    sign = "" if line.operator == "定性" else line.operator
    parts = [f"{sign}{line.target}{line.unit}"]
    if line.points is not None:
        parts.append(_("{points} points").format(points=said(line.points)))
    if is_scored and line.low is not None and line.high is not None:
        reached = said(line.low) if line.low == line.high else f"{said(line.low)}–{said(line.high)}"
        parts.append(_("reached {points}").format(points=reached))
    text = " · ".join(part for part in parts if part)
    return Cell(text if line.name else "", href=to_line(line))
