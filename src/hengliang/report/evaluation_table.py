"""The self-evaluation table on one grid, from a score sheet and a layout: which box stands where, what it
shows, and which of them are computed. The writers for workbook, Word and PDF all start from here.
"""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import accumulate, groupby, pairwise

from hengliang.base.message import message
from hengliang.form.model import Form, Indicator, MoneyRow
from hengliang.form.writers.compose import numbered
from hengliang.form.writers.content import clean
from hengliang.form.writers.layout import LABEL_WIDTH, spans_of
from hengliang.form.writers.tables import money_name
from hengliang.report.evaluation_box import Box, Role, Table, label_box, short
from hengliang.report.evaluation_content import amount_box, indicator_box, total_box
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
)
from hengliang.score.execution import total_line
from hengliang.score.sheet import ScoreSheet

_LEAST: Caption = ("最低得分", "Least points")
_MOST: Caption = ("最高得分", "Most points")
_BOUND_WIDTH = 18


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
            return any(indicator_box(column.field, row, self.language).text for row in self.sheet.rows)
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
                for box in (label_box(self.say(pair.caption)), Box(Role.TEXT, self.of_form(pair.field), 0, 0))
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
            label_box(self.say(part.caption)),
            Box(Role.TEXT, self.of_form(part.field), 0, 0, height=part.height),
        ]
        self.line(boxes, spans_of(self.widths, (LABEL_WIDTH, sum(self.widths) - LABEL_WIDTH)))

    def goals(self, part: Goals) -> None:
        half = (sum(self.widths) - LABEL_WIDTH) // 2
        label, *spans = spans_of(self.widths, (LABEL_WIDTH, half, half))
        self.put(Box(Role.LABEL, self.say(part.caption), self.count, label[0], 2, label[1]))
        self.line([label_box(self.say(part.expected)), label_box(self.say(part.achieved))], spans)
        texts = (self.of_form("goals"), self.of_form("achieved"))
        self.line([Box(Role.TEXT, text, 0, 0, height=part.height) for text in texts], spans)

    def heading(self, part: Heading) -> None:
        execution = self.sheet.execution
        own = execution.points if execution is not None else Decimal(0)
        points = own if part.points == "execution" else self.sheet.total.of - own
        self.whole(Role.LABEL, self.say(part.caption).format(points=short(points)))

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
        self.line([label_box(self.say(column.caption)) for column in part.columns], spans)
        for index, row in enumerate(rows):
            name = money_name(money, index, row) if money is not None else row.name
            execution = self.sheet.execution if row is chief else None
            boxes = [
                Box(Role.TEXT, name, 0, 0)
                if column.field == "name"
                else amount_box(column.field, row, execution, self.language)
                for column in part.columns
            ]
            self.line(boxes, spans)

    def indicators(self) -> None:
        self.head_row = self.count
        self.line([label_box(self.say(column.caption)) for column in self.columns], self.spans)
        first = self.count
        for column, (start, count) in zip(self.columns, self.spans, strict=True):
            for box in self.column(column.field):
                self.put(box._replace(row=first + box.row, column=start, columns=count))
        self.count += len(self.sheet.rows)
        self.total()

    def column(self, field: IndicatorField) -> Iterator[Box]:
        rows = self.sheet.rows
        if field not in ("level1", "level2"):
            yield from (
                indicator_box(field, row, self.language)._replace(row=at) for at, row in enumerate(rows)
            )
            return
        for _, group in groupby(enumerate(rows), lambda pair: _levels(pair[1].indicator, field)):
            members = list(group)
            shown = indicator_box(field, members[0][1], self.language)
            if not shown.text:
                yield from (shown._replace(row=at) for at, _ in members)
            else:
                yield shown._replace(row=members[0][0], rows=len(members))

    def total(self) -> None:
        """The line of the total: a label up to the first figure, points, score and grade."""
        fields = [column.field for column in self.columns]
        first = max(1, min(fields.index(field) for field in ("points", "score") if field in fields))
        label = label_box(self.say(self.layout.indicators.total))
        self.put(label._replace(row=self.count, columns=self.spans[first][0]))
        for index in range(first, len(fields)):
            start, count = self.spans[index]
            box = total_box(self.sheet, fields, index, self.language)
            self.put(box._replace(row=self.count, column=start, columns=count))
        self.count += 1

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


def _parts(column: IndicatorColumn) -> list[int]:
    """The widths of the parts of a column."""
    each, rest = divmod(column.width, column.parts)
    return [each + (index < rest) for index in range(column.parts)]
