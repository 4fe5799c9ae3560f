"""What the rules found in the forms of a round: by severity, family and rule, and cell by cell."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from hengliang.base.finding import Severity
from hengliang.report.severity import severity_word
from hengliang.review.catalogue import FAMILIES as ORDER
from hengliang.review.catalogue import rule_by_code
from hengliang.web.accounts.reader import language
from hengliang.web.accounts.said import from_data
from hengliang.web.declarations.grid import field_names
from hengliang.web.insight.charts import Bar, Series, bars
from hengliang.web.insight.links import to, to_row
from hengliang.web.insight.models import Fault
from hengliang.web.insight.queries import Broken, Overseen
from hengliang.web.insight.stages import FAMILIES
from hengliang.web.insight.tables import Cell, Column, Section, Table

TONES = {"error": "bad", "warning": "watch", "advice": "plain"}
_COLOURS = {"error": "--bad", "warning": "--watch", "advice": "--pending"}
_MOST_BARS = 15


def sections(seen: Overseen, families: list[Broken], rules: list[Broken]) -> list[Section]:
    """The sections of the page."""
    return [_families(seen.round.pk, families), _rules(seen.round.pk, rules)]


def _families(pk: int, found: list[Broken]) -> Section:
    known = {(one.key, one.severity): one.findings for one in found}
    letters = [letter for letter in ORDER if any(key == letter for key, _ in known)]
    names = {letter: f"{letter} {FAMILIES[letter].say(language())}" for letter in letters}
    rows: list[list[Cell]] = []
    for letter in letters:
        counts = [known.get((letter, severity.value), 0) for severity in Severity]
        cells = [
            Cell(number=count, href=to("insight-cells", pk, family=letter, severity=severity.value))
            for severity, count in zip(Severity, counts, strict=True)
        ]
        whole = Cell(number=sum(counts), href=to("insight-cells", pk, family=letter))
        rows.append([Cell(names[letter]), *cells, whole])
    series = [
        Series(_word(severity), [Bar(row[at].number or 0, row[at].href) for row in rows], _COLOURS[severity])
        for at, severity in enumerate(Severity, 1)
    ]
    columns = [
        Column(_("What the rules look at")),
        *(Column(_word(severity), True) for severity in Severity),
        Column(_("Findings"), True),
    ]
    table = Table("families", _("What is wrong with the forms?"), columns, rows, _nothing())
    return Section(table, bars(list(names.values()), series, lying=True), is_tall=len(rows) > 6)


def _rules(pk: int, found: list[Broken]) -> Section:
    rows = [
        [
            Cell(f"{one.key} {rule_name(one.key)}", href=to("insight-cells", pk, rule=one.key)),
            Cell(_word(one.severity), tone=TONES[one.severity]),
            Cell(number=one.findings, href=to("insight-cells", pk, rule=one.key, severity=one.severity)),
            Cell(number=one.forms, href=to("insight-forms", pk, rule=one.key)),
        ]
        for one in found
    ]
    shown = list(zip(rows, found, strict=True))[:_MOST_BARS]
    series = [
        Series(
            _word(severity),
            [Bar(one.findings if one.severity == severity else 0, row[2].href) for row, one in shown],
            _COLOURS[severity],
        )
        for severity in Severity
    ]
    columns = [
        Column(_("Rule")),
        Column(_("Severity")),
        Column(_("Findings"), True),
        Column(_("Forms"), True),
    ]
    table = Table("rules", _("Which rules are broken most often?"), columns, rows, _nothing())
    note = _("The chart shows the fifteen with the most.") if len(rows) > _MOST_BARS else ""
    return Section(table, bars([row[0].text for row, _ in shown], series, lying=True), note, is_tall=True)


def cells(found: Iterable[Fault]) -> Table:
    """Findings one by one, each with the way to its cell."""
    fields = field_names()
    rows: list[list[Cell]] = []
    for one in found:
        form = one.noted.declaration
        line = one.line
        field = fields.get(one.key, "")
        name = _("the form as a whole") if line is None else f"{line.number} {line.name}"
        where = f"{name} · {field}" if field else name
        href = to("declaration-findings", form.pk) if line is None else to_row(form.pk, line.row)
        rows.append(
            [
                Cell(str(form), href=to("insight-unit", form.pk)),
                Cell(where, href=href),
                Cell(f"{one.code} {rule_name(one.code)}"),
                Cell(_word(one.severity), tone=TONES[one.severity]),
                Cell(from_data(one.said).say(language())),
            ]
        )
    heads = (_("Organisation"), _("Place"), _("Rule"), _("Severity"), _("What the rule says"))
    return Table("cells", _("Findings one by one"), [Column(head) for head in heads], rows, _nothing())


def rule_name(code: str) -> str:
    """The name of a rule in the language of the reader; empty for one that there is no more."""
    rule = rule_by_code().get(code)
    return "" if rule is None else rule.en if language() == "en" else rule.zh


def _word(severity: str) -> str:
    return severity_word(Severity(severity)).say(language())


def _nothing() -> str:
    return _("Nothing was found, or no form was handed in yet.")
