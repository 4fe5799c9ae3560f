"""The indicators that lose the most in a round: those of the same name in many forms counted as one."""

from collections import Counter
from collections.abc import Iterable
from decimal import Decimal
from typing import NamedTuple

from django.utils.translation import gettext as _

from hengliang.base.number import round_half_up
from hengliang.review.names import plain_name
from hengliang.web.insight.charts import Bar, Series, bars
from hengliang.web.insight.links import to
from hengliang.web.insight.tables import Cell, Column, Section, Table

MOST = 50
"""So many names are shown."""
_MOST_BARS = 15


class Scored(NamedTuple):
    """What was scored of one indicator of a form (by its key); `weight` is above 0."""

    name: str
    form: int
    weight: Decimal
    low: Decimal | None
    high: Decimal | None


class Group(NamedTuple):
    """The indicators of one name: as most forms write it, how many there are in how many forms, the mean
    shares of their points in percent that are lost and that may be lost, and the points of both in all."""

    plain: str
    name: str
    forms: int
    indicators: int
    lost: Decimal
    may: Decimal
    risk: Decimal


def groups(found: Iterable[Scored]) -> list[Group]:
    """The groups that lose points or may lose some, those with the most first."""
    by: dict[str, list[Scored]] = {}
    for one in found:
        by.setdefault(plain_name(one.name), []).append(one)
    made = (_group(plain, rows) for plain, rows in by.items())
    return sorted((one for one in made if one.risk > 0), key=lambda one: (-one.risk, one.plain))


def _group(plain: str, rows: list[Scored]) -> Group:
    name, _count = min(Counter(one.name for one in rows).items(), key=lambda one: (-one[1], one[0]))
    lost, may, risk = Decimal(0), Decimal(0), Decimal(0)
    for one in rows:
        low = one.low or Decimal(0)
        high = one.weight if one.high is None else one.high
        lost += (one.weight - high) / one.weight
        may += (high - low) / one.weight
        risk += one.weight - low
    lost, may = (round_half_up(share * 100 / len(rows)) for share in (lost, may))
    return Group(plain, name, len({one.form for one in rows}), len(rows), lost, may, risk)


def section(pk: int, found: list[Group]) -> Section:
    """The table of the groups, each with the way to its forms and to its indicators one by one."""
    rows: list[list[Cell]] = []
    for one in found[:MOST]:
        lines = to("insight-lines", pk, indicator=one.plain)
        at_risk = to("insight-lines", pk, indicator=one.plain, risk="yes")
        rows.append(
            [
                Cell(one.name, href=at_risk),
                Cell(number=one.forms, href=to("insight-forms", pk, indicator=one.plain)),
                Cell(number=one.indicators, href=lines),
                Cell(number=one.lost, href=at_risk),
                Cell(number=one.may, href=at_risk),
                Cell(number=one.risk, href=at_risk),
            ]
        )
    shown = list(zip(found[:_MOST_BARS], rows, strict=False))
    series = [
        Series(_("Lost"), [Bar(one.lost, row[0].href) for one, row in shown], "--bad"),
        Series(_("May be lost"), [Bar(one.may, row[0].href) for one, row in shown], "--watch"),
    ]
    chart = bars([f"{one.name} ({one.forms})" for one, _row in shown], series, lying=True)
    columns = [
        Column(_("Indicator")),
        Column(_("Forms"), True),
        Column(_("Indicators"), True),
        Column(_("Mean share lost (%)"), True),
        Column(_("Mean share that may be lost (%)"), True),
        Column(_("Points at risk"), True),
    ]
    caption, empty = _("Which indicators lose the most points?"), _("No indicator has points at risk.")
    notes = [
        _(
            "Indicators of the same name are counted together. "
            "The chart shows the fifteen names with the most points at risk."
        )
    ]
    if len(found) > MOST:
        notes.append(_("The {count} with the most points at risk.").format(count=MOST))
    return Section(Table("worst", caption, columns, rows, empty), chart, " ".join(notes), is_tall=True)
