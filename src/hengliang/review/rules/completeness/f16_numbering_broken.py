"""
## What it checks

The numbers of the duties (1、 2、 …) and of the goals （一） （二） … run on from the first without a gap
or a repetition. Lists in two levels (（一） with 1. 2. below it) are counted level by level. The fix gives
the items the numbers of their places.

## Why

A missing number may be a missing duty. Opinions and links cite goals by their number, so one number must
mean one goal.

## Example

1、 2、 4、

## Instead

1、 2、 3、

## Basis

财预〔2015〕88号, review point 规范完整性 (recalled, to be checked against the official text).

---

## 查什么

部门职责（1、2、…）和总体目标（（一）（二）…）的序号从第一项起连续，不跳号、不重号。有两级序号的分级检查。修
正时按所在位置重新编号。

## 为什么

缺一个号，可能就是漏了一项职责。审核意见、指标对应都按序号引用，一个序号只能指一项。

## 示例

1、2、4、

## 应改为

1、2、3、

## 依据

财预〔2015〕88号“规范完整性”审核要点（凭记忆转述，待与正式文本核对）。
"""

from collections.abc import Iterator, Sequence

from hengliang.base.finding import Edit, Severity
from hengliang.base.message import message
from hengliang.base.place import Spot
from hengliang.review.marks import Mark, read_mark
from hengliang.review.rule import Context, Outcome, Rule, safe_fix

rule = Rule(
    code="F16",
    name="numbering-broken",
    zh="编号不连续",
    en="numbering broken",
    severity=Severity.WARNING,
    basis=("88:规范完整性",),
    reads=("duty_marks", "goal_marks"),
    fix="safe",
)


@rule.check
def check(context: Context) -> Iterator[Outcome]:
    yield from _list("duty_marks", context.form.duty_marks)
    yield from _list("goal_marks", context.form.goal_marks)


def _list(name: str, printed: Sequence[str]) -> Iterator[Outcome]:
    marks = [read_mark(text) for text in printed]
    right = _numbers(marks)
    edits = [
        Edit(f"{name}/{index}", printed[index], mark.written(number))
        for index, (mark, number) in enumerate(zip(marks, right, strict=True))
        if mark is not None and mark.number != number
    ]
    if edits:
        yield rule.finds(
            tuple(Spot(edit.path) for edit in edits),
            message("the numbers of the list skip or repeat at {mark}", mark=edits[0].old),
            observed=" ".join(printed),
            expected=message("{mark} at this place; see whether an item is missing", mark=edits[0].new),
            fix=safe_fix(message("number the items anew"), *edits),
        )


def _numbers(marks: Sequence[Mark | None]) -> list[int]:
    """The number each mark should have. Levels of a list are told apart by how the marks are written."""
    printed = [mark.number for mark in marks if mark]
    if printed == list(range(1, len(printed) + 1)):
        return [mark.number if mark else 0 for mark in marks]
    right: list[int] = []
    counts: dict[tuple[str, str], int] = {}
    last: dict[tuple[str, str], int] = {}
    for mark in marks:
        if mark is None:
            right.append(0)
            continue
        level = mark.style
        if level in counts:
            for deeper in list(counts)[list(counts).index(level) + 1 :]:
                del counts[deeper]
        # An inner list may begin anew below each outer item, or run on through all of them.
        runs_on = last.get(level, 0) + 1
        number = runs_on if mark.number == runs_on else counts.get(level, 0) + 1
        counts[level] = last[level] = number
        right.append(number)
    return right
