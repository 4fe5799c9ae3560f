"""A table of a board: shown on the page behind its chart, and handed out as CSV or workbook."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any, NamedTuple
from urllib.parse import quote

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _

from hengliang.base.number import plain
from hengliang.report.plain_table import Value, to_csv, to_xlsx


class Column(NamedTuple):
    """The head of a column; numbers stand to the right."""

    label: str
    is_number: bool = False


class Cell(NamedTuple):
    """One cell: a text, a number (whole, or a decimal), an interval, or a state with its tone. The `href` of
    a number leads to what it counts."""

    text: str = ""
    number: Decimal | int | None = None
    high: Decimal | None = None
    """The upper end where the number is an interval."""
    href: str = ""
    tone: str = ""

    def shown(self, column: Column) -> dict[str, Any]:
        """As `table.html` takes it."""
        if not column.is_number:
            return {"text": self.text, "href": self.href, "tone": self.tone, "label": column.label}
        low = said(self.number)
        is_open = self.high is not None and self.high != self.number
        return {
            "number": True,
            "label": column.label,
            "value": "" if is_open else low,
            "low": low if is_open else "",
            "high": said(self.high) if is_open else "",
            "unit": self.text,
            "href": self.href,
        }

    def written(self, column: Column) -> Value:
        """As a file holds it: a number as a number, an interval as a text."""
        if not column.is_number:
            return self.text
        if self.number is None:
            return None
        if self.high is not None and self.high != self.number:
            return f"{said(self.number)}–{said(self.high)}"
        return Decimal(self.number)


def said(number: Decimal | int | None) -> str:
    """A number as a column shows it: counts as they are, decimals with two places, or all they have."""
    if not isinstance(number, Decimal):
        return "" if number is None else str(number)
    rounded = number.quantize(Decimal("0.01"))
    return plain(rounded if rounded == number else number.normalize())


class Table(NamedTuple):
    """A table with its name in addresses and its caption; `empty` is said where there are no rows."""

    name: str
    caption: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[Cell]]
    empty: str = ""

    def shown(self) -> dict[str, Any]:
        """The parameters of `table.html`."""
        return {
            "caption": self.caption,
            "columns": [{"label": one.label, "number": one.is_number} for one in self.columns],
            "rows": [
                {"cells": [cell.shown(column) for cell, column in zip(row, self.columns, strict=True)]}
                for row in self.rows
            ],
            "empty": self.empty,
        }


class Section(NamedTuple):
    """A question, its chart where it has one, and the table of the same numbers."""

    table: Table
    chart: Mapping[str, Any] | None = None
    note: str = ""
    is_tall: bool = False
    is_open: bool = False
    """Whether the table stands open below its chart."""
    is_folded: bool = False
    """Whether a long table without a chart waits to be opened."""
    has_files: bool = True


_FOLDED = 12
"""A table of more rows is long."""

_KINDS = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def answer(
    request: HttpRequest, template: str, context: dict[str, Any], sections: Sequence[Section]
) -> HttpResponse:
    """The page of the sections, or one of their tables as a file (`?table=NAME&as=csv`)."""
    ending = request.GET.get("as", "")
    if ending:
        found = [one.table for one in sections if one.table.name == request.GET.get("table")]
        if not found or ending not in _KINDS:
            raise Http404
        return _file(found[0], ending, str(context["page_title"]))
    context |= {"sections": [_shown(one, request.GET) for one in sections]}
    return render(request, template, context)


def _shown(section: Section, asked: QueryDict) -> dict[str, Any]:
    table = section.table
    query = asked.copy()
    query.pop("page", None)
    return {
        "id": table.name,
        "chart": section.chart if table.rows else None,
        "note": section.note,
        "tall": section.is_tall,
        "open": section.is_open,
        "folded": section.is_folded and len(table.rows) > _FOLDED,
        "count": len(table.rows),
        "table": table.shown(),
        "files": [
            {
                "label": label,
                "said": _("{caption} as {kind}").format(caption=table.caption, kind=label),
                "url": f"?{query.urlencode()}&table={table.name}&as={ending}".replace("?&", "?"),
            }
            for ending, label in (("csv", "CSV"), ("xlsx", "Excel"))
        ]
        if table.rows and section.has_files
        else [],
    }


def _file(table: Table, ending: str, title: str) -> HttpResponse:
    heads = [one.label for one in table.columns]
    rows = [
        [cell.written(column) for cell, column in zip(row, table.columns, strict=True)] for row in table.rows
    ]
    made = to_csv(heads, rows) if ending == "csv" else to_xlsx(table.caption, heads, rows)
    name = quote(f"{title}-{table.caption}.{ending}", safe="")
    headers = {"Content-Disposition": f"attachment; filename*=UTF-8''{name}"}
    return HttpResponse(made, content_type=_KINDS[ending], headers=headers)
