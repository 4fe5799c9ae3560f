"""
## What it checks

A row that counts a thing, and another that wants 100 % of the same thing: the names are nearly the same
or have the same object (as in I02), and the rate is one of completion or names no rate at all. Rates of
something else (合格率, 满意度) pass.

## Why

100 % of what is counted says the same once more: both rows are reached or missed together.

## Example

地质灾害监测预警点建成数, ≥ 100 处, and 地质灾害监测预警点建设完成率, ≥ 100 %

## Instead

The count only.

## Basis

财预〔2021〕101号, principle 重点突出 (recalled, to be checked against the official text).

---

## 查什么

一行计数，另一行要求同一事项完成100%：名称近似或对象相同（同I02），而且比率是完成率，或者没有写明是什么
率。其他比率（合格率、满意度等）通过。

## 为什么

对同一事项既计数又要求100%，说的是一回事：要么同时完成，要么同时完不成。

## 示例

地质灾害监测预警点建成数，≥100处；地质灾害监测预警点建设完成率，≥100%

## 应改为

只保留计数。

## 依据

财预〔2021〕101号“重点突出”原则（凭记忆转述，待与正式文本核对）。
"""

from collections.abc import Iterator

from hengliang.base.finding import Severity
from hengliang.base.message import message
from hengliang.base.place import Spot
from hengliang.base.profile import Profile
from hengliang.base.unit import Dimension
from hengliang.review.bounds import HUNDRED, is_percent
from hengliang.review.names import is_measure, longest_end, near_pairs, without_tail
from hengliang.review.row import Row
from hengliang.review.rule import Context, Outcome, Rule

rule = Rule(
    code="I23",
    name="rate-repeats-count",
    zh="完成率重复总量",
    en="rate repeats a count",
    severity=Severity.ADVICE,
    basis=("101:重点突出",),
    reads=("indicators.name", "indicators.target", "indicators.unit"),
)

_EXPECTED = message("the count only")
_COUNTED = (Dimension.COUNT, Dimension.AREA, Dimension.LENGTH, Dimension.MASS, Dimension.VOLUME)


@rule.check
def check(context: Context) -> Iterator[Outcome]:
    rows, profile = context.rows, context.profile
    rates = [row for row in rows if is_percent(row) and row.number == HUNDRED and _repeats(row, profile)]
    counts = [row for row in rows if row.unit is not None and row.unit.dimension in _COUNTED]
    if not rates or not counts:
        return
    pairs = near_pairs(tuple([row.name for row in rows]), profile)
    near = {one: other for pair in pairs for one, other in (pair, pair[::-1])}
    least = int(profile.number("indicators.object_length"))
    objects = context.alignment.objects
    of_object = {own: row for row in reversed(counts) if len(own := objects[row.index]) >= least}
    counted = {row.index: row for row in counts}
    told: set[int] = set()
    for rate in rates:
        count = of_object.get(objects[rate.index]) or counted.get(near.get(rate.index, -1))
        if count is not None:
            yield _finding(rate, count)
            if count.index not in told:
                told.add(count.index)
                yield _finding(count, rate)


def _finding(row: Row, other: Row) -> Outcome:
    return rule.finds(
        (Spot(row.path("target")), Spot(other.path("target"))),
        message(
            "this and indicator no. {other} count the same thing, once as a number and once as 100 %",
            other=other.index + 1,
        ),
        observed=f"{row.target}{row.unit_text}",
        expected=_EXPECTED,
    )


def _repeats(row: Row, profile: Profile) -> bool:
    """Whether the rate is one of completion, or of nothing named."""
    name = row.name
    if row.is_cut("name") or not is_measure(name, profile):
        return True
    return longest_end(without_tail(name), "indicators.repeat.completion", profile) > 0
