"""
## What it checks

No text of the form ends with … or with two dots or more, and none that was longer on the form of an earlier
year breaks off in the middle. A listing that shows the first thirteen characters of each cell makes such
texts. All cut cells of one row are one finding.

## Why

What is approved must be readable. A scoring standard that ends with 每… cannot be applied, and nobody can
tell later what was meant.

## Example

结案率达到90%以上计2分，每…

## Instead

结案率达到90%以上计2分，每降低1个百分点扣0.1分，扣完为止

## Basis

财预〔2015〕88号, review point 规范完整性: content complete, accurate and detailed (recalled, to be checked
against the official text).

---

## 查什么

表中各栏文字不应以“…”或两个以上圆点结尾；与上年申报表相同的文字，也不应中途断掉。列表页面只显示每格前十几个
字时，导出的文字就会这样。同一行各格合为一条提示。

## 为什么

批复的内容必须读得完整。评分标准写到“每…”为止，既无法计分，事后也说不清原意。

## 示例

结案率达到90%以上计2分，每…

## 应改为

结案率达到90%以上计2分，每降低1个百分点扣0.1分，扣完为止

## 依据

财预〔2015〕88号“规范完整性”审核要点：内容完整、准确、详实（凭记忆转述，待与正式文本核对）。
"""

import re
from collections.abc import Iterator

from hengliang.base.finding import Finding, Severity
from hengliang.base.message import message
from hengliang.base.place import Spot
from hengliang.base.profile import Profile
from hengliang.form.field import text_at
from hengliang.review.by_row import RowOutcome
from hengliang.review.row import Row
from hengliang.review.rule import Context, Outcome, Rule

rule = Rule(
    code="F14",
    name="text-cut-off",
    zh="文字被截断",
    en="text cut",
    severity=Severity.ERROR,
    basis=("88:规范完整性",),
    reads=(
        "duties",
        "goals",
        "indicators.name",
        "indicators.target",
        "indicators.explanation",
        "indicators.criterion",
        "indicators.remark",
        "truncated",
    ),
)

# 。。 is a slip (T01); three of them stand for an ellipsis.
_CUT = re.compile(r"[…⋯.．･。](?:(?<=[…⋯])[…⋯.．･。]*|(?<=[.．･])[.．･]+|。。+)(?=\n)")
_ENDS = ("…\n", "⋯\n", "..\n", "．．\n", "･･\n", "。。。\n")
# Of these texts rule F15 asks whether their last sentence is finished.
_PARAGRAPHS = ("duties/", "goals/", "midterm_goals/")

_ONE = message("the text is cut off; what follows is lost")
_WHOLE = message("the whole text, from the document that the form was made from")


def is_cut_somewhere(row: Row) -> bool:
    """Rows of which the reader marked a text as cut."""
    return bool(row.truncated)


@rule.look_at_rows(is_cut_somewhere)
def look(row: Row, profile: Profile) -> RowOutcome | None:
    return _row_finding(row, _marked(row))


@rule.check
def check(context: Context) -> Iterator[Outcome]:
    marked = context.by_row.outcomes(rule.code)
    others = {path: Spot(path) for path in context.form.truncated if not path.startswith(_PARAGRAPHS)}
    # Mostly the reader has marked all that is cut, and where it stands need not be looked up again.
    seen = sum([spot.start is not None for outcome in marked for spot in outcome.spots])
    unmarked = sum(map(context.texts.whole.count, _ENDS)) > seen
    if not unmarked and not context.previous:
        for spot in others.values():
            yield rule.finds(spot, _ONE, text_at(context.form, spot.path) or "", _WHOLE)
        yield from marked
        return
    rows = {row.index: _marked(row) for row in context.rows if row.truncated}
    if unmarked:
        for found in context.texts.find(_CUT):
            head, _, rest = found.path.partition("/")
            index, _, field = rest.partition("/")
            if head == "indicators":
                rows.setdefault(int(index), {})[field] = found.spots[-1]
            else:
                others[found.path] = found.spots[-1]
    for row in context.rows if context.previous else ():
        for spot in _shortened(context, row):
            rows.setdefault(row.index, {}).setdefault(spot.path.rpartition("/")[2], spot)
    for spot in others.values():
        yield rule.finds(spot, _ONE, text_at(context.form, spot.path) or "", _WHOLE)
    for index, spots in sorted(rows.items()):
        yield _row_finding(context.rows[index], spots)


def _marked(row: Row) -> dict[str, Spot]:
    """The fields of a row that the reader marked as cut, each with its … where it shows one."""
    spots: dict[str, Spot] = {}
    for field in row.truncated:
        text: str = getattr(row.indicator, field, None) or ""
        start = len(text.rstrip("…⋯"))
        spots[field] = Spot(row.path(field), start, len(text)) if start < len(text) else Spot(row.path(field))
    return spots


def _row_finding(row: Row, spots: dict[str, Spot]) -> Finding:
    say = (
        _ONE
        if len(spots) == 1
        else message("{count} texts of this row are cut off; what follows is lost", count=len(spots))
    )
    first: str = getattr(row.indicator, next(iter(spots)), None) or ""
    return rule.finds(tuple(spots.values()), say, first, _WHOLE)


def _shortened(context: Context, row: Row) -> Iterator[Spot]:
    """Texts of a row that went on, the year before, where they now break off inside a clause."""
    for past in context.past.of(row)[:1]:
        for field in ("explanation", "criterion"):
            now: str = getattr(row.indicator, field) or ""
            then: str = getattr(past.indicator, field) or ""
            if (
                len(now) >= 8
                and then.startswith(now)
                and then[len(now) :][:1].isalnum()
                and now[-1:].isalnum()
            ):
                yield Spot(row.path(field), len(now) - 1, len(now))
