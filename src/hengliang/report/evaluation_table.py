"""The self-evaluation table on one grid, from a score sheet and a layout: which box stands where, what it
shows, and which of them are computed. The writers for workbook, Word and PDF all start from here.
"""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from enum import StrEnum
from itertools import accumulate, groupby, pairwise
from typing import NamedTuple

from hengliang.base.message import message
from hengliang.base.number import plain
from hengliang.form.model import Form, Indicator, MoneyRow
from hengliang.form.writers.compose import numbered
from hengliang.form.writers.content import clean
from hengliang.form.writers.layout import LABEL_WIDTH, spans_of
from hengliang.form.writers.tables import money_name
from hengliang.report.evaluation_layout import (
    Box as TextBox,
)
from hengliang.report.evaluation_layout import (
    Caption,
    Fields,
    FormField,
    Goals,
    Heading,
    IndicatorColumn,
    IndicatorField,
    Layout,
    MoneyBlock,
    MoneyField,
)
from hengliang.report.evaluation_texts import actual_text, goal_text, grade_text, points_text, row_points_text
from hengliang.score.execution import total_line
from hengliang.score.sheet import RowScore, ScoreSheet, State

_LEAST: Caption = ("最低得分", "Least points")
_MOST: Caption = ("最高得分", "Most points")
_BOUND_WIDTH = 18


class Role(StrEnum):
    """How a box is set."""

    TITLE = "title"
    SUBTITLE = "subtitle"
    LABEL = "label"  # words of the table itself
    TEXT = "text"  # running text, flush left
    SHORT = "short"  # a word or sign, centred
    NUMBER = "number"  # a figure, centred
    MONEY = "money"  # an amount, flush right
    RATE = "rate"  # percent


class Slot(NamedTuple):
    """What a box is to a formula: `actual` and `score` of an indicator, `budget`, `total` …"""

    what: str
    place: int = 0


class Box(NamedTuple):
    """A box of the grid, counted from 0. `height` in millimetres is the least it takes."""

    role: Role
    text: str
    row: int
    column: int
    rows: int = 1
    columns: int = 1
    slot: Slot | None = None
    number: Decimal | None = None
    is_open: bool = False
    """Whether something about it is still to be asked or filled in."""
    height: int = 0


class Table(NamedTuple):
    """The whole table."""

    boxes: tuple[Box, ...]
    widths: tuple[int, ...]
    """The widths of the columns in millimetres."""
    row_count: int
    head_row: int
    """The row with the heads of the indicators, which is repeated on every page."""
    first_indicator: int
    fields: tuple[str, ...]
    """The field that each column shows among the indicators."""
    notes: tuple[str, ...]
    """What is to be said below the table."""

    def at(self, what: str, place: int = 0) -> Box | None:
        """The box with this slot; None where the layout has none."""
        return next((box for box in self.boxes if box.slot == (what, place)), None)


def table_of(sheet: ScoreSheet, layout: Layout, language: str, bounds: bool = False) -> Table:
    """The table. `language` is that of captions and notes (zh_Hans or en).

    With `bounds` two columns behind the score hold the least and the most points.
    """
    return _Grid(sheet, layout, language, bounds).table()


class _Grid:
    def __init__(self, sheet: ScoreSheet, layout: Layout, language: str, bounds: bool) -> None:
        self.sheet, self.layout, self.language = sheet, layout, language
        self.columns = tuple(self.needed(bounds))
        self.widths = tuple(width for column in self.columns for width in _parts(column))
        ends = [0, *accumulate(column.parts for column in self.columns)]
        self.spans = [(start, end - start) for start, end in pairwise(ends)]
        """The first column of the grid and the number of them, for each column of the indicators."""
        self.boxes: list[Box] = []
        self.count = 0
        self.head_row = 0

    def table(self) -> Table:
        self.whole(Role.TITLE, self.say(self.layout.title))
        year = self.sheet.form.fiscal_year
        if year is not None:
            self.whole(Role.SUBTITLE, self.say(self.layout.subtitle).format(year=year))
        for part in self.layout.parts:
            match part:
                case Fields():
                    self.fields(part)
                case TextBox():
                    self.text(part)
                case Goals():
                    self.goals(part)
                case MoneyBlock():
                    self.money(part)
                case Heading():
                    self.heading(part)
                case _:
                    self.indicators()
        return Table(
            tuple(self.boxes), self.widths, self.count, self.head_row, self.head_row + 1,
            tuple(field for column in self.columns for field in (column.field, *[""] * (column.parts - 1))),
            tuple(self.notes()),
        )  # fmt: skip

    @property
    def form(self) -> Form:
        return self.sheet.form

    def say(self, caption: Caption) -> str:
        return caption[1] if self.language == "en" else caption[0]

    def needed(self, bounds: bool) -> Iterator[IndicatorColumn]:
        for column in self.layout.indicators.columns:
            if self.is_needed(column):
                yield column
            if bounds and column.field == "score":
                yield IndicatorColumn(field="low", caption=_LEAST, width=_BOUND_WIDTH)
                yield IndicatorColumn(field="high", caption=_MOST, width=_BOUND_WIDTH)

    def is_needed(self, column: IndicatorColumn) -> bool:
        if column.only == "reweighted":
            return any(row.weight != row.points and row.weight for row in self.sheet.rows)
        if column.only == "filled":
            return any(self.shown(column.field, row).text for row in self.sheet.rows)
        return True

    def put(self, box: Box) -> None:
        self.boxes.append(box)

    def line(self, boxes: Sequence[Box], spans: Sequence[tuple[int, int]]) -> None:
        for box, (column, columns) in zip(boxes, spans, strict=True):
            self.put(box._replace(row=self.count, column=column, columns=columns))
        self.count += 1

    def whole(self, role: Role, text: str) -> None:
        self.put(Box(role, text, self.count, 0, 1, len(self.widths)))
        self.count += 1

    def fields(self, part: Fields) -> None:
        for pairs in part.lines:
            label = min(LABEL_WIDTH, sum(self.widths) // (2 * len(pairs)))
            room = sum(self.widths) // len(pairs) - label
            boxes = [
                box
                for pair in pairs
                for box in (_label(self.say(pair.caption)), Box(Role.TEXT, self.of_form(pair.field), 0, 0))
            ]
            self.line(boxes, spans_of(self.widths, tuple([label, room] * len(pairs))))

    def of_form(self, field: FormField) -> str:
        form = self.form
        match field:
            case "":
                return ""
            case "goals":
                return numbered(form.goals, form.goal_marks, "goals", form.truncated).text
            case "duties":
                return numbered(form.duties, form.duty_marks, "duties", form.truncated).text
            case "fiscal_year":
                return str(form.fiscal_year or "")
        record, _, name = field.rpartition("/")
        holder = getattr(form, record) if record else form
        return clean(getattr(holder, name, None) or "")

    def text(self, part: TextBox) -> None:
        boxes = [
            _label(self.say(part.caption)),
            Box(Role.TEXT, self.of_form(part.field), 0, 0, height=part.height),
        ]
        self.line(boxes, spans_of(self.widths, (LABEL_WIDTH, sum(self.widths) - LABEL_WIDTH)))

    def goals(self, part: Goals) -> None:
        half = (sum(self.widths) - LABEL_WIDTH) // 2
        label, *spans = spans_of(self.widths, (LABEL_WIDTH, half, half))
        self.put(Box(Role.LABEL, self.say(part.caption), self.count, label[0], 2, label[1]))
        self.line([_label(self.say(part.expected)), _label(self.say(part.achieved))], spans)
        texts = (self.of_form("goals"), self.of_form("achieved"))
        self.line([Box(Role.TEXT, text, 0, 0, height=part.height) for text in texts], spans)

    def heading(self, part: Heading) -> None:
        execution = self.sheet.execution
        own = execution.points if execution is not None else Decimal(0)
        points = own if part.points == "execution" else self.sheet.total.of - own
        self.whole(Role.LABEL, self.say(part.caption).format(points=_short(points)))

    def money(self, part: MoneyBlock) -> None:
        money = self.form.money
        unit = clean(money.unit or "") if money is not None else "万元"
        rows = money.rows if money is not None else tuple(MoneyRow(name=name) for name in part.lines)
        chief = total_line(money) if money is not None else rows[0]
        label, *spans = spans_of(self.widths, (LABEL_WIDTH, *(column.width for column in part.columns)))
        caption = self.say(part.caption).format(unit=unit)
        if not unit:
            caption = caption.partition("\n")[0]
        self.put(Box(Role.LABEL, caption, self.count, label[0], 1 + len(rows), label[1]))
        self.line([_label(self.say(column.caption)) for column in part.columns], spans)
        for index, row in enumerate(rows):
            name = money_name(money, index, row) if money is not None else row.name
            boxes = [
                Box(Role.TEXT, name, 0, 0)
                if column.field == "name"
                else self.amount(column.field, row, row is chief)
                for column in part.columns
            ]
            self.line(boxes, spans)

    def amount(self, field: MoneyField, row: MoneyRow, is_chief: bool) -> Box:
        execution = self.sheet.execution if is_chief else None
        if field in ("initial", "budget", "executed"):
            number = {"initial": row.initial, "budget": row.budget, "executed": row.executed}[field]
            if execution is not None and number is None:
                number = {"initial": None, "budget": execution.budget, "executed": execution.executed}[field]
            text = "" if number is None else f"{number:,f}"
            slot = Slot(field) if execution is not None and field != "initial" else None
            return Box(Role.MONEY, text, 0, 0, slot=slot, number=number)
        if execution is None:
            number = {"points": row.points, "rate": row.rate, "score": None}.get(field)
            text = "" if number is None else f"{plain(number)}%" if field == "rate" else plain(number)
            return Box(Role.RATE if field == "rate" else Role.NUMBER, text, 0, 0, number=number)
        if field == "points":
            return Box(
                Role.NUMBER,
                plain(execution.points),
                0,
                0,
                slot=Slot("execution_points"),
                number=execution.points,
            )
        if field == "rate":
            text = "" if execution.rate is None else f"{execution.rate:f}%"
            return Box(Role.RATE, text, 0, 0, slot=Slot("rate"), number=execution.rate)
        said = points_text(execution.low, execution.high, self.language)
        is_open = execution.low is None or execution.low != execution.high
        return Box(
            Role.NUMBER, said, 0, 0, slot=Slot("execution_score"), number=execution.low, is_open=is_open
        )

    def indicators(self) -> None:
        self.head_row = self.count
        self.line([_label(self.say(column.caption)) for column in self.columns], self.spans)
        first = self.count
        for column, (start, count) in zip(self.columns, self.spans, strict=True):
            for box in self.column(column.field):
                self.put(box._replace(row=first + box.row, column=start, columns=count))
        self.count += len(self.sheet.rows)
        self.total()

    def column(self, field: IndicatorField) -> Iterator[Box]:
        rows = self.sheet.rows
        if field not in ("level1", "level2"):
            yield from (self.shown(field, row)._replace(row=at) for at, row in enumerate(rows))
            return
        for _, group in groupby(enumerate(rows), lambda pair: _levels(pair[1].indicator, field)):
            members = list(group)
            shown = self.shown(field, members[0][1])
            if not shown.text:
                yield from (shown._replace(row=at) for at, _ in members)
            else:
                yield shown._replace(row=members[0][0], rows=len(members))

    def shown(self, field: IndicatorField, row: RowScore) -> Box:
        """The box of one indicator in one column."""
        indicator = row.indicator
        match field:
            case "number":
                return Box(Role.SHORT, str(row.index + 1), 0, 0)
            case "goal":
                return Box(Role.SHORT, goal_text(indicator), 0, 0)
            case "value":
                return Box(Role.SHORT, clean(indicator.target or ""), 0, 0)
            case "actual":
                missing = row.state is State.NOT_REPORTED
                return Box(
                    Role.SHORT, actual_text(row), 0, 0, slot=Slot("actual", row.index), is_open=missing
                )
            case "points":
                return _figure(row.points, Slot("points", row.index))
            case "weight":
                return _figure(row.weight, Slot("weight", row.index))
            case "score":
                is_open = row.state in (State.BOUNDED, State.NOT_REPORTED)
                text = row_points_text(row, self.language)
                return Box(
                    Role.NUMBER, text, 0, 0, slot=Slot("score", row.index), number=row.low, is_open=is_open
                )
            case "low" | "high":
                number = row.low if field == "low" else row.high
                return _figure(number, Slot(field, row.index))
            case "reason":
                given = None if row.actual is None or row.actual.is_measured else row.actual
                note = None if given is None else given.noted(self.language)
                return Box(Role.TEXT, clean(indicator.reason or note or ""), 0, 0)
            case "level1" | "level2" | "unit" | "operator" | "remark":
                return Box(Role.SHORT, clean(getattr(indicator, field) or ""), 0, 0)
            case _:
                return Box(Role.TEXT, clean(getattr(indicator, field) or ""), 0, 0)

    def total(self) -> None:
        """The line of the total: a label up to the first figure, points, score and grade."""
        fields = [column.field for column in self.columns]
        first = max(1, min(fields.index(field) for field in ("points", "score") if field in fields))
        label = _label(self.say(self.layout.indicators.total))
        self.put(label._replace(row=self.count, columns=self.spans[first][0]))
        for index in range(first, len(fields)):
            start, count = self.spans[index]
            self.put(self.total_box(fields, index)._replace(row=self.count, column=start, columns=count))
        self.count += 1

    def total_box(self, fields: Sequence[str], index: int) -> Box:
        """The box of the total in one column."""
        total, grade, field = self.sheet.total, self.sheet.grade, fields[index]
        if field == ("weight" if "weight" in fields else "points"):
            return _figure(total.of, Slot("of"))
        if field == "score":
            said = f"{total.low:f}" if total.is_certain else f"{total.low:f} – {total.high:f}"
            is_open = not total.is_certain
            return Box(Role.NUMBER, said, 0, 0, slot=Slot("total"), number=total.low, is_open=is_open)
        if field in ("low", "high"):
            return _figure(total.low if field == "low" else total.high, Slot(f"total_{field}"))
        if index == len(fields) - 1 and grade is not None:
            return Box(Role.SHORT, grade_text(self.sheet, self.language), 0, 0, slot=Slot("grade"))
        return Box(Role.SHORT, "", 0, 0)

    def notes(self) -> Iterator[str]:
        """What a reader must know to understand the figures."""
        sheet = self.sheet
        bounded, missing = sheet.total.bounded, sheet.total.missing
        if bounded:
            yield message(
                "{count} scores are open: they stand as the least and the most points", count=bounded
            ).say(self.language)
        if missing:
            yield message(
                "{count} actual values are not reported; in the total each counts from 0 to its full points",
                count=missing,
            ).say(self.language)
        yield from (one.say(self.language) for one in sheet.assumptions)
        yield message("scored under the rule profile {profile}", profile=sheet.profile).say(self.language)


def _levels(row: Indicator, field: str) -> tuple[str | None, ...]:
    return (row.level1,) if field == "level1" else (row.level1, row.level2)


def _label(text: str) -> Box:
    return Box(Role.LABEL, text, 0, 0)


def _figure(number: Decimal | None, slot: Slot) -> Box:
    if number is None:
        return Box(Role.NUMBER, "", 0, 0, slot=slot)
    short = Decimal(_short(number))
    return Box(Role.NUMBER, _short(number), 0, 0, slot=slot, number=short)


def _short(number: Decimal) -> str:
    """Points without needless zeros."""
    text = plain(number)
    return text.rstrip("0").rstrip(".") if "." in text else text


def _parts(column: IndicatorColumn) -> list[int]:
    """The widths of the parts of a column."""
    each, rest = divmod(column.width, column.parts)
    return [each + (index < rest) for index in range(column.parts)]
