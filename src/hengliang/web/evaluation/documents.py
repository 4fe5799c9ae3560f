"""The official documents of a declaration in force: what is written, by what, under which name."""

from collections.abc import Callable
from datetime import date
from typing import NamedTuple, cast

from django.utils import timezone
from django.utils.translation import gettext as _

from hengliang.base.profile import load_profile
from hengliang.form.model import Likelihood
from hengliang.form.monitored import Execution, Progress, monitoring_table
from hengliang.form.writers import docx, xlsx
from hengliang.report import (
    evaluation_docx,
    evaluation_pdf,
    evaluation_report_docx,
    evaluation_xlsx,
    explanation_docx,
    explanation_pdf,
)
from hengliang.report.evaluation_layout import layout_for
from hengliang.report.evaluation_report import Findings, Told
from hengliang.score.sheet import ScoreSheet
from hengliang.web.declarations.models import Declaration
from hengliang.web.evaluation import queries
from hengliang.web.evaluation.scoring import as_written, form_in_force, form_of_stage, handed_in, score_of

TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
}


class Document(NamedTuple):
    """A document that was written."""

    name: str
    """What it is, without the form that it is of."""
    content: bytes
    filename: str
    type: str


_TABLES = {"xlsx": evaluation_xlsx, "docx": evaluation_docx, "pdf": evaluation_pdf}
_EXPLAINED = {"docx": explanation_docx, "pdf": explanation_pdf}


def _table(declaration: Declaration, ending: str, language: str) -> bytes:
    sheet = score_of(declaration)
    layout = layout_for(sheet.form.kind, load_profile(declaration.round.profile))
    return _TABLES[ending].to_bytes(sheet, layout, language)


def _explanation(declaration: Declaration, ending: str, language: str) -> bytes:
    return _EXPLAINED[ending].to_bytes(score_of(declaration), language)


def _self_report(declaration: Declaration, ending: str, language: str) -> bytes:
    sealed = handed_in(declaration)
    return _report(declaration, timezone.localdate(sealed.at) if sealed else None, None, language)


def _outside_report(declaration: Declaration, ending: str, language: str) -> bytes:
    found = queries.report(declaration)
    if found is None:
        raise KeyError(ending)
    findings = Findings(found.author.full_name, found.findings, found.advice, found.score, found.grade)
    return _report(declaration, timezone.localtime(found.at).date(), findings, language)


def _report(declaration: Declaration, on: date | None, findings: Findings | None, language: str) -> bytes:
    causes = {number - 1: (one.cause, one.remedy) for number, one in queries.deviations(declaration).items()}
    sheet: ScoreSheet = score_of(declaration)
    told = Told(on.isoformat() if on else "", causes, findings)
    return evaluation_report_docx.to_bytes(sheet, told, language)


_Writer = Callable[[Declaration, str, str], bytes]
_WRITERS: dict[str, tuple[_Writer, tuple[str, ...], Callable[[], str]]] = {
    "table": (_table, ("xlsx", "docx", "pdf"), lambda: _("Self-evaluation table")),
    "explanation": (_explanation, ("docx", "pdf"), lambda: _("Explanation of scores")),
    "report": (_self_report, ("docx",), lambda: _("Self-evaluation report")),
    "evaluation": (_outside_report, ("docx",), lambda: _("Evaluation report")),
}

KINDS = tuple(_WRITERS)
"""What there is beside the monitoring tables."""

LONG_ROWS = 150
"""A form with more indicators is written in the background: the table of 200 takes more than a second."""


def has(what: str, ending: str) -> bool:
    """Whether there is such a document in such a format."""
    return what in _WRITERS and ending in _WRITERS[what][1]


def is_long(declaration: Declaration, what: str, ending: str) -> bool:
    """Whether a document takes longer than a page may: many rows, or a picture of each curve."""
    return (what, ending) == ("explanation", "docx") or len(form_in_force(declaration).indicators) > LONG_ROWS


def document(declaration: Declaration, what: str, ending: str, language: str) -> Document:
    """A document of the evaluation. Raises KeyError for one that there is not."""
    write, endings, name = _WRITERS[what]
    if ending not in endings:
        raise KeyError(ending)
    return _named(declaration, write(declaration, ending, language), name(), ending)


def monitoring(declaration: Declaration, month: int, ending: str) -> Document:
    """The monitoring table of a stage (绩效目标执行监控表), as the unit reported it. Raises KeyError."""
    rows = {
        number - 1: Progress(
            row.value,
            row.forecast or None,
            row.cause or None,
            cast("Likelihood | None", row.likelihood or None),
        )
        for number, row in queries.stage_rows(declaration, month).items()
    }
    spent = queries.spending(declaration, month)
    execution = None if spent is None else Execution(as_written(spent.budget), as_written(spent.executed))
    stated_on = form_of_stage(declaration, queries.stage(declaration, month))
    form = monitoring_table(stated_on, month, rows, execution)
    made = {"docx": docx.to_bytes, "xlsx": xlsx.to_bytes}[ending](form)
    return _named(declaration, made, _("Monitoring table, month 1 to %(month)d") % {"month": month}, ending)


def _named(declaration: Declaration, content: bytes, name: str, ending: str) -> Document:
    filename = f"{declaration}-{declaration.round.fiscal_year}-{name}.{ending}"
    return Document(name, content, filename, TYPES[ending])
