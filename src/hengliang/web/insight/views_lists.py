"""What the numbers of the boards lead to: lists of forms, of findings in their cells, of indicators."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from hengliang.base.finding import Severity
from hengliang.report.severity import severity_word
from hengliang.review.catalogue import FAMILIES as ORDER
from hengliang.web.accounts.policies import requires
from hengliang.web.accounts.reader import language, person_of
from hengliang.web.declarations.shown import shown_state
from hengliang.web.insight import broken, queries, scores
from hengliang.web.insight.bands import SCORES, SIZES, Band, fits
from hengliang.web.insight.links import asked, to
from hengliang.web.insight.queries import Known
from hengliang.web.insight.stages import DEADLINES, FAMILIES, LEVELS, SCORED, STEPS
from hengliang.web.insight.tables import Cell, Column, Section, Table, answer
from hengliang.web.insight.views_round import frame, opened
from hengliang.web.workflow.roles import Permission

_PAGE = 50
_MOST_WRITTEN = 20_000
"""So many rows are written while somebody waits."""
Option = dict[str, str]


def _options(pairs: Iterable[tuple[str, str]]) -> list[Option]:
    return [{"value": value, "label": label} for value, label in pairs]


def _bands(bands: Sequence[Band]) -> list[Option]:
    return _options((band.key, band.label) for band in bands)


def _filter(
    wanted: Mapping[str, str], name: str, label: str, options: list[Option] | None = None
) -> dict[str, Any]:
    return {"name": name, "label": label, "value": wanted.get(name, ""), "options": options}


def _severities() -> list[Option]:
    return _options((one.value, severity_word(one).say(language())) for one in Severity)


def _departments(names: Mapping[str, str]) -> list[Option]:
    return _options(names.items())


def _paged(
    request: HttpRequest, found: QuerySet[Any] | Sequence[Any]
) -> tuple[Sequence[Any], dict[str, Any]]:
    """The things on the page that is asked for (for a file, all of them), and what is shown of pages. Raises
    Http404 when there are too many for a file."""
    pages = Paginator(found, _PAGE)
    query = request.GET.copy()
    query.pop("page", None)
    if request.GET.get("as"):
        if pages.count > _MOST_WRITTEN:
            raise Http404
        return list(found), {"count": pages.count}
    page = pages.get_page(request.GET.get("page"))
    return list(page), {"pages": page, "query": query.urlencode(), "count": pages.count}


def _answer(request: HttpRequest, context: dict[str, Any], table: Table) -> HttpResponse:
    section = Section(table)
    if context["count"] > _MOST_WRITTEN:
        note = _("A file holds up to {count} rows; narrow the list to download it.")
        section = Section(table, note=note.format(count=_MOST_WRITTEN), has_files=False)
    return answer(request, "insight/list.html", context, [section])


@requires(Permission.SEE_ROUND)
@require_GET
def forms(request: HttpRequest, pk: int) -> HttpResponse:
    """The forms of a round, narrowed as the numbers of the boards are."""
    seen, person = opened(request, pk), person_of(request)
    wanted = asked(request)
    found = [one for one in seen.forms if fits(one, wanted)]
    if code := wanted.get("rule"):
        broken_in = queries.forms_with(person, seen.round, code)
        found = [one for one in found if one.pk in broken_in]
    if name := wanted.get("indicator"):
        having = queries.forms_naming(person, seen.round, name)
        found = [one for one in found if one.pk in having]
    points: Mapping[int, Decimal] = {}
    level = wanted.get("level", "")
    if level:
        points = queries.points_by_level(person, seen.round).get("" if level == "none" else level, {})
        found = sorted((one for one in found if one.pk in points), key=lambda one: points[one.pk])
    shown, pages = _paged(request, found)
    word = language()
    steps = _options((one.key, one.word.say(word)) for one in STEPS)
    late = _options((one.key, one.late.say(word)) for one in DEADLINES)
    findings = _options(
        (("error", _("with errors")), ("warning", _("with warnings")), ("none", _("without either")))
    )
    context = frame(request, seen, "insight-forms") | pages | {
        "filters": [
            _filter(wanted, "q", _("Organisation or project")),
            _filter(wanted, "department", _("Department"), _departments(seen.departments)),
            _filter(wanted, "step", _("Step"), steps),
            _filter(wanted, "reached", _("Came this far"), steps),
            _filter(wanted, "late", _("Late"), [*_options((("any", _("with anything")),)), *late]),
            _filter(wanted, "findings", _("Findings"), findings),
            _filter(wanted, "rule", _("Rule")),
            _filter(wanted, "indicator", _("Has the indicator")),
            _filter(wanted, "score", _("Percent of the points"), _bands(SCORES)),
            _filter(wanted, "sure", _("Score"), _options((("yes", _("certain")), ("no", _("open"))))),
            _filter(wanted, "size", _("Number of indicators"), _bands(SIZES)),
            _filter(wanted, "level", _("Points of the level"), _levels()),
            _filter(wanted, "noted", _("Handed in"), _options((("yes", _("yes")),))),
        ],
    }  # fmt: skip
    table = _forms_table(shown, pk, points if level else None, level)
    return _answer(request, context, table)


def _levels() -> list[Option]:
    return [*_options((one.value, word.say(language())) for one, word in LEVELS.items()),
            {"value": "none", "label": _("Level not known")}]  # fmt: skip


def _forms_table(found: Sequence[Known], pk: int, points: Mapping[int, Decimal] | None, level: str) -> Table:
    late = {one.key: one.late.say(language()) for one in DEADLINES}
    columns = [
        Column(_("Organisation")),
        Column(_("State")),
        Column(_("Late with")),
        Column(_("Indicators"), True),
        Column(_("Sum of the points"), True),
        Column(_("Errors found"), True),
        Column(_("Warnings found"), True),
        Column(_("Points reached"), True),
    ]
    if points is not None:
        columns.append(Column(_("Points of the level"), True))
    rows: list[list[Cell]] = []
    for one in found:
        state = shown_state(one.state.value)
        lines = to("insight-lines", pk, form=one.pk)
        counts = (
            [
                Cell(number=one.indicators, href=lines),
                Cell(number=one.points, href=lines),
                Cell(number=one.errors, href=to("insight-cells", pk, form=one.pk, severity="error")),
                Cell(number=one.warnings, href=to("insight-cells", pk, form=one.pk, severity="warning")),
            ]
            if one.indicators is not None
            else [Cell()] * 4
        )
        row = [
            Cell(one.name, href=to("insight-unit", one.pk)),
            Cell(state["word"], tone=state["tone"]),
            Cell("、".join(late[key] for key in one.late)),
            *counts,
            Cell(number=one.low, high=one.high, href=to("self-evaluation", one.pk))
            if one.state in SCORED
            else Cell(),
        ]
        if points is not None:
            row.append(Cell(number=points[one.pk], href=to("insight-lines", pk, form=one.pk, level=level)))
        rows.append(row)
    return Table("forms", _("Forms one by one"), columns, rows, _("No form fits."))


@requires(Permission.SEE_ROUND)
@require_GET
def cells(request: HttpRequest, pk: int) -> HttpResponse:
    """Findings one by one, down to the cell."""
    seen, person = opened(request, pk), person_of(request)
    wanted = asked(request)
    shown, pages = _paged(request, queries.faults(person, seen.round, wanted))
    families = _options((one, f"{one} {FAMILIES[one].say(language())}") for one in ORDER)
    names = _options((str(one.pk), one.name) for one in seen.forms if one.indicators is not None)
    context = frame(request, seen, "insight-findings") | pages | {
        "filters": [
            _filter(wanted, "rule", _("Rule")),
            _filter(wanted, "family", _("What the rules look at"), families),
            _filter(wanted, "severity", _("Severity"), _severities()),
            _filter(wanted, "department", _("Department"), _departments(seen.departments)),
            _filter(wanted, "form", _("Form"), names),
        ],
    }  # fmt: skip
    return _answer(request, context, broken.cells(shown))


@requires(Permission.SEE_ROUND)
@require_GET
def lines(request: HttpRequest, pk: int) -> HttpResponse:
    """Indicators one by one, down to the number or the row."""
    seen, person = opened(request, pk), person_of(request)
    wanted = asked(request)
    shown, pages = _paged(request, queries.lines(person, seen.round, wanted))
    names = _options((str(one.pk), one.name) for one in seen.forms if one.indicators is not None)
    known = _options(scores.points_words().items())
    context = frame(request, seen, "insight-lines") | pages | {
        "filters": [
            _filter(wanted, "q", _("Words in the name")),
            _filter(wanted, "indicator", _("Name of the indicator")),
            _filter(wanted, "level", _("Level 1"), _levels()),
            _filter(wanted, "points", _("How far the points are known"), known),
            _filter(wanted, "risk", _("Points at risk"), _options((("yes", _("most first")),))),
            _filter(wanted, "form", _("Form"), names),
        ],
    }  # fmt: skip
    return _answer(request, context, scores.lines(shown))
