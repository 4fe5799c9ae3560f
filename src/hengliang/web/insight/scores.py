"""The scores of a round, how forms spread their points, and which indicators lose the most."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from itertools import pairwise

from django.utils.translation import gettext as _

from hengliang.form.levels import Level1
from hengliang.score.sheet import State as Points
from hengliang.web.accounts.reader import language
from hengliang.web.evaluation.shown import STATE_TONES, actual_said
from hengliang.web.insight import worst
from hengliang.web.insight.bands import SCORES, SIZES, band_of, score_band
from hengliang.web.insight.charts import Bar, Series, bars, boxes
from hengliang.web.insight.links import to, to_line
from hengliang.web.insight.models import Line
from hengliang.web.insight.queries import Overseen
from hengliang.web.insight.stages import LEVELS, SCORED
from hengliang.web.insight.tables import Cell, Column, Section, Table
from hengliang.web.workflow.states import State


def sections(
    seen: Overseen, levels: Mapping[str, Mapping[int, Decimal]], losing: list[worst.Group]
) -> list[Section]:
    """The sections of the page."""
    return [_scores(seen), worst.section(seen.round.pk, losing), _levels(seen, levels), _sizes(seen)]


def _scores(seen: Overseen) -> Section:
    pk = seen.round.pk
    banded = Counter(found for one in seen.forms if (found := score_band(one)) is not None)
    rows: list[list[Cell]] = []
    for band in SCORES:
        sure, open_ = (
            Cell(number=banded[band, is_sure], href=to("insight-forms", pk, score=band.key, sure=word))
            for is_sure, word in ((True, "yes"), (False, "no"))
        )
        rows.append([Cell(band.label), sure, open_])
    series = [
        Series(name, [Bar(row[at].number or 0, row[at].href) for row in rows], colour)
        for at, (name, colour) in enumerate(((_certain(), "--accent"), (_at_least(), "--pending")), 1)
    ]
    columns = [Column(_("Percent of the points")), Column(_certain(), True), Column(_at_least(), True)]
    table = Table(
        "scores",
        _("How are the scores spread?"),
        columns,
        rows if banded else [],
        _("No self-evaluation was handed in yet."),
    )
    return Section(table, bars([band.label for band in SCORES], series))


def _certain() -> str:
    return _("Score certain")


def _at_least() -> str:
    return _("Score open, at least")


def lines(found: Iterable[Line]) -> Table:
    """Indicators one by one, each with the way to its number or its row."""
    rows: list[list[Cell]] = []
    words = points_words()
    for line in found:
        form, href = line.noted.declaration, to_line(line)
        state = Points(line.state) if line.state and State(form.state) in SCORED else None
        rows.append(
            [
                Cell(str(form), href=to("insight-unit", form.pk)),
                Cell(f"{line.number} {line.name}", href=href),
                Cell(f"{'' if line.operator == '定性' else line.operator}{line.target}{line.unit}"),
                Cell(number=line.points, href=href),
                *(
                    (
                        Cell(
                            actual_said(line.actual, line.facts, language())
                            or words[Points.NOT_REPORTED.value]
                        ),
                        Cell(number=line.low, high=line.high, href=href),
                        Cell(number=line.risk, href=href),
                    )
                    if state
                    else (Cell(), Cell(), Cell())
                ),
                Cell(words[state.value], tone=STATE_TONES[state]) if state else Cell(),
            ]
        )
    columns = [
        Column(_("Organisation")),
        Column(_("Indicator")),
        Column(_("Target value")),
        Column(_("Points of the row"), True),
        Column(_("Actual")),
        Column(_("Points reached"), True),
        Column(_("Points at risk"), True),
        Column(_("State")),
    ]
    return Table("lines", _("Indicators one by one"), columns, rows, _("No indicator fits."))


def points_words() -> dict[str, str]:
    """How far points are known, in words."""
    return {
        Points.SCORED.value: _("scored"),
        Points.BOUNDED.value: _("open"),
        Points.NOT_REPORTED.value: _("Not reported"),
        Points.NOT_APPLICABLE.value: _("does not apply"),
        Points.NO_POINTS.value: _("has no points"),
    }


def level_word(level: str) -> str:
    """The word of a level of indicators."""
    return LEVELS[Level1(level)].say(language()) if level else _("Level not known")


def _levels(seen: Overseen, levels: Mapping[str, Mapping[int, Decimal]]) -> Section:
    pk = seen.round.pk
    order = [level.value for level in LEVELS] + [""]
    shown = [level for level in order if levels.get(level)]
    fives = [fifths(sorted(levels[level].values())) for level in shown]
    rows = [
        [
            Cell(level_word(level)),
            Cell(number=len(levels[level]), href=to("insight-lines", pk, level=level or "none")),
            *(
                Cell(number=number, href=to("insight-forms", pk, noted="yes", level=level or "none"))
                for number in five
            ),
        ]
        for level, five in zip(shown, fives, strict=True)
    ]
    heads = (_("Least"), _("First quarter"), _("Middle"), _("Third quarter"), _("Most"))
    columns = [Column(_("Level 1")), Column(_("Forms"), True), *(Column(head, True) for head in heads)]
    table = Table("levels", _("How many points do the levels get?"), columns, rows, _nothing_yet())
    parts = [_("{one} to {other}").format(one=one, other=other) for one, other in pairwise(heads)]
    return Section(table, boxes([row[0].text for row in rows], fives, parts, _("Points of the row")))


def fifths(numbers: Sequence[Decimal]) -> tuple[Decimal, ...]:
    """Least, first quarter, middle, third quarter and most of numbers in their order; between two neighbours
    in proportion. There is at least one."""
    last = len(numbers) - 1

    def at(share: Decimal) -> Decimal:
        place = share * last
        low = int(place)
        high = min(low + 1, last)
        return numbers[low] + (numbers[high] - numbers[low]) * (place - low)

    return tuple(at(Decimal(quarter) / 4) for quarter in range(5))


def _sizes(seen: Overseen) -> Section:
    pk = seen.round.pk
    counts = Counter(band_of(SIZES, one.indicators).key for one in seen.forms if one.indicators is not None)
    rows = [
        [Cell(band.label), Cell(number=counts[band.key], href=to("insight-forms", pk, size=band.key))]
        for band in SIZES
    ]
    chart = bars(
        [band.label for band in SIZES],
        [Series(_("Forms"), [Bar(row[1].number or 0, row[1].href) for row in rows])],
    )
    columns = [Column(_("Number of indicators")), Column(_("Forms"), True)]
    caption = _("How many indicators do the forms have?")
    return Section(Table("sizes", caption, columns, rows if counts else [], _nothing_yet()), chart)


def _nothing_yet() -> str:
    return _("No form was handed in yet.")
