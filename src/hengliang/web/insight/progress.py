"""How far a round is: by step, by department, and what is late."""

from collections import Counter

from django.utils.translation import gettext as _

from hengliang.web.accounts.reader import language
from hengliang.web.insight.charts import Bar, Series, bars
from hengliang.web.insight.links import to
from hengliang.web.insight.queries import Known, Overseen
from hengliang.web.insight.stages import DEADLINES, STEP_OF, STEPS
from hengliang.web.insight.tables import Cell, Column, Section, Table

_MOST_BARS = 15


def sections(seen: Overseen) -> list[Section]:
    """The sections of the page."""
    return [_steps(seen), _late(seen), _departments(seen), _missing(seen)]


def _steps(seen: Overseen) -> Section:
    pk, word = seen.round.pk, language()
    here = Counter(STEP_OF[one.state].key for one in seen.forms)
    rows: list[list[Cell]] = []
    left = len(seen.forms)
    for step in STEPS:
        rows.append(
            [
                Cell(step.word.say(word)),
                Cell(number=here[step.key], href=to("insight-forms", pk, step=step.key)),
                Cell(number=left, href=to("insight-forms", pk, reached=step.key)),
            ]
        )
        left -= here[step.key]
    begun = Cell(number=len(seen.missing), href="#missing")
    whole = Cell(number=len(seen.forms) + len(seen.missing), href="#departments")
    rows.insert(0, [Cell(_("Not begun")), begun, whole])
    counts = [Bar(row[1].number or 0, row[1].href) for row in rows]
    chart = bars([row[0].text for row in rows], [Series(_("Forms"), counts)], lying=True)
    table = Table(
        "steps",
        _("Where do the forms stand?"),
        [Column(_("Step")), Column(_("Stand here"), True), Column(_("Came this far"), True)],
        rows,
    )
    return Section(table, chart if seen.forms or seen.missing else None)


def _late(seen: Overseen) -> Section:
    rows: list[list[Cell]] = []
    for one in DEADLINES:
        day = getattr(seen.round, one.field)
        count = sum(1 for form in seen.forms if one.key in form.late)
        href = to("insight-forms", seen.round.pk, late=one.key)
        rows.append([Cell(one.late.say(language())), Cell(day.isoformat() if day else _("no deadline")),
                     Cell(number=count, href=href)])  # fmt: skip
    columns = [Column(_("What is late")), Column(_("Deadline")), Column(_("Forms"), True)]
    return Section(Table("late", _("What is late?"), columns, rows))


def _departments(seen: Overseen) -> Section:
    pk, word = seen.round.pk, language()
    by: dict[str, list[Known]] = {path: [] for path in sorted(seen.departments)}
    for one in seen.forms:
        by[one.department].append(one)
    missing = Counter(one.department for one in seen.missing)
    rows: list[list[Cell]] = []
    waiting: list[tuple[int, str, Bar, Bar]] = []
    for path, forms in by.items():
        here = Counter(STEP_OF[one.state].key for one in forms)
        name = seen.departments[path]
        at = {"department": path}
        unit = to("insight-forms", pk, step="unit", **at)
        rows.append(
            [
                Cell(name, href=to("insight-forms", pk, **at)),
                Cell(number=missing[path], href="#missing"),
                *(
                    Cell(number=here[step.key], href=to("insight-forms", pk, step=step.key, **at))
                    for step in STEPS
                ),
                Cell(
                    number=sum(1 for one in forms if one.late), href=to("insight-forms", pk, late="any", **at)
                ),
                Cell(
                    number=sum(one.errors or 0 for one in forms),
                    href=to("insight-cells", pk, severity="error", **at),
                ),
            ]
        )
        not_yet = missing[path] + here["unit"]
        if not_yet:
            waiting.append((-not_yet, name, Bar(here["unit"], unit), Bar(missing[path], "#missing")))
    waiting.sort(key=lambda one: one[:2])
    shown = waiting[:_MOST_BARS]
    chart = bars(
        [one[1] for one in shown],
        [
            Series(STEPS[0].word.say(word), [one[2] for one in shown]),
            Series(_("Not begun"), [one[3] for one in shown], "--watch"),
        ],
        lying=True,
    )
    columns = [
        Column(_("Department")),
        Column(_("Not begun"), True),
        *(Column(step.word.say(word), True) for step in STEPS),
        Column(_("Late"), True),
        Column(_("Errors found"), True),
    ]
    table = Table("departments", _("Which departments have not handed in?"), columns, rows)
    note = _("The chart shows the fifteen with the most.") if len(waiting) > _MOST_BARS else ""
    return Section(table, chart if shown else None, note, is_tall=len(shown) > 6)


def _missing(seen: Overseen) -> Section:
    rows = [[Cell(one.name), Cell(seen.departments.get(one.department, ""))] for one in seen.missing]
    columns = [Column(_("Organisation")), Column(_("Department"))]
    empty = _("Every organisation that fills in forms has one in this round.")
    return Section(Table("missing", _("Who has not begun?"), columns, rows, empty), is_folded=True)
