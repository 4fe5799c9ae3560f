"""All checks of a ledger over its table: values, rules between columns, and checks over several rows.

A check that asks for columns which the source did not have is not run; `skipped` says so.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from string import Formatter

import narwhals as nw

from hengliang.base.message import Message, message
from hengliang.measure.checks.catalogue import shared_check
from hengliang.measure.codes.catalogue import wrong_code
from hengliang.measure.definition import Check, Column, Rule
from hengliang.measure.engines import fetched
from hengliang.measure.finding import Finding
from hengliang.measure.records import Records
from hengliang.measure.table import Table, Unreadable, literal, quoted
from hengliang.measure.type_words import TYPE_WORDS


@dataclass(frozen=True, slots=True)
class Checked:
    """The findings, in the order of rows, and the codes of checks that could not be run."""

    findings: tuple[Finding, ...]
    skipped: tuple[str, ...]


def check(
    table: Table, unreadable: Sequence[Unreadable], records: Records, earlier: Sequence[Finding] = ()
) -> Checked:
    """Runs all checks and marks the rows: `_blocked`, `_questioned`.

    `records` holds the tables of the other ledgers, for checks that ask them. `earlier` is what was found
    while the rows were read: it stands, and a cell that it is about is not found missing too.
    """
    ledger = table.ledger
    findings: list[Finding] = []
    skipped: list[str] = []
    # A repeated row is marked as such first, whatever else is wrong with it: it is no obligation of its own.
    _run(_always(table), table, records, findings, skipped)
    own = [*(unreadable_cell(each) for each in unreadable), *earlier]
    told = {(finding.row, finding.column) for finding in own}
    own += [found for found in _values(table) if (found.row, found.column) not in told]
    asked: list[Rule] = []
    for rule in ledger.rules:
        if _can_be_asked(rule, table):
            asked.append(rule)
        else:
            skipped.append(rule.code)
    own += _broken(table, asked, records)
    _mark(table, own)
    _run((*_recording(table), *ledger.checks), table, records, findings, skipped)
    findings += own
    return Checked(tuple(sorted(findings, key=lambda each: (each.row, each.code))), tuple(skipped))


def _can_be_asked(rule: Rule, table: Table) -> bool:
    """Whether the source has what a rule asks for; of dates in order, two are enough."""
    passed = rule.holds.passed_over
    needed = [name for name in rule.holds.columns if name not in passed]
    if rule.figure is not None:
        needed += rule.figure.columns
    there = sum(name in table.columns for name in passed)
    return table.has(needed) and (not passed or there >= min(2, len(passed)))


def _recording(table: Table) -> tuple[Check, ...]:
    """The checks of when something was recorded, where the source tells that. That a record was changed is
    known by the time of its load too."""
    ledger = table.ledger
    events = [name for name in (ledger.happened, ledger.accepted_on) if name and name in table.columns]
    if not (ledger.happened or ledger.accepted_on) or ledger.is_series:
        return ()
    checks: list[Check] = []
    if "recorded_at" in table.columns and events:
        asked = {c.code for c in ledger.checks}
        parts = {"recorded_at": "recorded_at"} | {f"event_{at}": name for at, name in enumerate(events)}
        checks += [Check(code=code, columns=parts) for code in ("Q12", "Q13", "F05") if code not in asked]
    if "supersedes" in table.columns and "recorded_at" in (*table.columns, *table.filled):
        checks.append(Check(code="F10", columns={"supersedes": "supersedes"}))
    return tuple(checks)


def _run(
    checks: Sequence[Check], table: Table, records: Records, findings: list[Finding], skipped: list[str]
) -> None:
    """Runs checks over several rows, one after the other; later ones see what earlier ones marked."""
    for asked in checks:
        needed = {*asked.columns.values(), *([asked.key] if asked.key else [])}
        needed |= {*(asked.where.columns if asked.where else ())}
        if not table.has(needed) or (asked.ledger is not None and records.table(asked.ledger) is None):
            skipped.append(asked.reports or asked.code)
            continue
        found = shared_check(asked.code)(table, as_asked(asked, table, records), records)
        findings += found
        _mark(table, found)


def as_asked(asked: Check, table: Table, records: Records) -> Check:
    """The check with its figures, those that are parameters too."""
    if not asked.asks:
        return asked
    parameters = records.parameters(table.ledger)
    given = {part: Decimal(str(parameters[name])) for part, name in asked.asks.items()}
    return asked.model_copy(update={"figures": {**asked.figures, **given}})


def _always(table: Table) -> tuple[Check, ...]:
    """The checks that every ledger has: one live row for each key.

    A source may lack the columns of the key that are alike in all rows, and the year.
    """
    ledger = table.ledger
    if any(asked.code == "Q08" for asked in ledger.checks):
        return ()
    alike = {name for name in (*ledger.alike, "fiscal_year") if name not in table.columns}
    keys = [tuple(name for name in names if name not in alike) for names in (ledger.key, *ledger.unique)]
    return tuple(
        Check(code="Q08", columns={f"key_{at}": name for at, name in enumerate(names)})
        for names in keys
        if names
    )


def unreadable_cell(cell: Unreadable) -> Finding:
    """The finding of a cell whose text is not of its column's type."""
    reason = message(
        "“{text}” cannot be read as {type} in the column {column}",
        text=cell.text, type=TYPE_WORDS[cell.column.type], column=cell.column.words,
    )  # fmt: skip
    return Finding("Q10", cell.row, "blocking", reason, column=cell.column.name)


@dataclass(frozen=True, slots=True)
class _Doubt:
    """A condition in SQL that no cell of a column may meet, and what is said of one that does."""

    code: str
    column: Column
    wrong: str
    said: Callable[[object], Message]


def _values(table: Table) -> list[Finding]:
    """What each cell must be by itself: there, a code of the list, within its range.

    All conditions are counted at once and only cells that are wrong are fetched, so that a ledger of any size
    can be checked.
    """
    columns = [column for column in table.ledger.columns if column.name in table.columns]
    doubts = [doubt for column in columns for doubt in _doubts(table, column)]
    if not doubts:
        return []
    name = quoted(table.name)
    counts = ", ".join(f"count(*) filter (where {doubt.wrong})" for doubt in doubts)
    counted = table.connection.sql(f"select {counts} from {name}").fetchall()[0]
    found: list[Finding] = []
    for doubt, count in zip(doubts, counted, strict=True):
        if count:
            cells = table.connection.sql(
                f"select _row, {quoted(doubt.column.name)} from {name} where {doubt.wrong} order by _row"
            ).fetchall()
            found += [_cell(doubt.code, int(row), doubt.column, doubt.said(value)) for row, value in cells]
    return found


def _doubts(table: Table, column: Column) -> Iterator[_Doubt]:
    cell, words = quoted(column.name), column.words
    if column.need == "R" and not column.filled:
        missing = message("a required value is missing: {column}", column=words)
        yield _Doubt("Q01", column, f"{cell} is null", lambda _: missing)
    if column.codes and not column.open:
        yield _Doubt(
            "Q02", column, f"{cell} not in ({_listed(column.codes)})",
            lambda value: message("“{value}” is no code of {column}", value=value, column=words),
        )  # fmt: skip
    if column.format:
        codes = table.connection.sql(f"select distinct {cell} from {quoted(table.name)}").fetchall()
        reasons = {
            str(code): wrong
            for (code,) in codes
            if code is not None and (wrong := wrong_code(column.format, str(code))) is not None
        }
        if reasons:
            wrong = f"{cell} in ({_listed(reasons)})"
            yield _Doubt(column.reported_as, column, wrong, lambda value: reasons[str(value)])
    outside = [f"{cell} < {column.least}"] if column.least is not None else []
    outside += [f"{cell} > {column.most}"] if column.most is not None else []
    for condition in outside:
        yield _Doubt(
            "Q10", column, condition,
            lambda value: message("{value} is outside the range of {column}", value=value, column=words),
        )  # fmt: skip


def _listed(values: Iterable[str]) -> str:
    return ", ".join(literal(value) for value in values)


def _counted(table: Table, conditions: Sequence[nw.Expr]) -> Sequence[int]:
    """How many rows meet each condition, in one pass over the table."""
    if not conditions:
        return ()
    sums = {f"c{at}": each.fill_null(False).cast(nw.Int64).sum() for at, each in enumerate(conditions)}
    return [int(count or 0) for count in fetched(table.frame.select(**sums))[0]]


def _cell(code: str, row: int, column: Column, reason: Message) -> Finding:
    return Finding(code, row, "blocking", reason, column=column.name)


def _broken(table: Table, rules: Sequence[Rule], records: Records) -> list[Finding]:
    """The rows that break rules. As with cells, rules are counted at once and only broken ones looked at."""
    period, parameters = records.period, records.parameters(table.ledger)
    broken = [
        _asked_of(rule, table, records)
        & ~rule.holds.build(
            period, parameters, [name for name in rule.holds.passed_over if name not in table.columns]
        ).fill_null(True)
        for rule in rules
    ]
    found: list[Finding] = []
    for rule, wrong, count in zip(rules, broken, _counted(table, broken), strict=True):
        if count:
            found += _breaches(table, rule, wrong, records)
    return found


def _asked_of(rule: Rule, table: Table, records: Records) -> nw.Expr:
    """The rows that a rule is asked of; all where the source lacks what tells them apart."""
    if rule.where is None or not table.has(rule.where.columns):
        return nw.lit(True)
    return rule.where.build(records.period, records.parameters(table.ledger)).fill_null(False)


def _breaches(table: Table, rule: Rule, wrong: nw.Expr, records: Records) -> list[Finding]:
    period, parameters = records.period, records.parameters(table.ledger)
    figure = rule.figure.build(period, parameters) if rule.figure is not None else nw.lit(None)
    name = rule.figure_name or "figure"
    named_by = [part for _, part, _, _ in Formatter().parse(name) if part]
    rows = fetched(table.frame.filter(wrong).select("_row", figure.alias("_figure"), *named_by))
    found: list[Finding] = []
    for row, value, *names in rows:
        called = name.format_map(dict(zip(named_by, names, strict=True)))
        figures = {} if value is None else {called: value}
        severity = "blocking" if rule.blocking else "audit"
        found.append(Finding(rule.code, int(row), severity, rule.words, figures=figures))
    return found


def _mark(table: Table, findings: Sequence[Finding]) -> None:
    marks: dict[str, dict[int, str]] = defaultdict(dict)
    for finding in findings:
        if finding.severity != "note":
            marks["_blocked" if finding.severity == "blocking" else "_questioned"].setdefault(
                finding.row, finding.code
            )
    for column, codes in marks.items():
        table.mark(column, codes)
