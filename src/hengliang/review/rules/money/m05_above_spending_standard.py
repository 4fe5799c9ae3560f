"""
## What it checks

A cost indicator that allows more than the spending standard (支出标准): the amount that its own 设定依据
names as the standard, or the ceiling in the list of the rule profile for what its name says (培训, 会议).

## Why

A spending standard is not to be exceeded. A target above it promises an expense that cannot be approved.

## Example

培训人均成本 ≤ 600 元/人天, 设定依据: 支出标准550元/人天.

## Instead

≤ 550 元/人天.

## Basis

财预〔2021〕101号: the spending standard is a basis of values, mainly for cost, and not to be exceeded
(recalled, to be checked against the official text). The ceilings in the national profiles are those of
central organs, 财行〔2016〕540号 and 财行〔2016〕214号 (recalled, to be checked likewise); a locality puts
its own in its profile.

---

## 查什么

成本指标值高于预算支出标准：该指标“设定依据”中写明的标准金额，或规则集中与指标名称（培训、会议等）对应的限额。

## 为什么

预算支出标准不得突破。指标值高于标准，等于承诺一笔不能批准的支出。

## 示例

“培训人均成本”≤600元/人天，设定依据：支出标准550元/人天。

## 应改为

≤550元/人天。

## 依据

财预〔2021〕101号：预算支出标准主要用于成本指标，不得超出（凭记忆转述，待与正式文本核对）。全国规则集中的限
额取自财行〔2016〕540号、财行〔2016〕214号对中央和国家机关的规定（同样待核对），各地应在本地规则集中填入当地
标准。
"""

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple, cast

from hengliang.base.finding import Severity
from hengliang.base.message import message
from hengliang.base.number import read_number
from hengliang.base.profile import Profile
from hengliang.base.unit import Dimension, unit_at
from hengliang.form.reached import convert
from hengliang.form.value import NumberValue
from hengliang.review.attained import figure
from hengliang.review.row import Row
from hengliang.review.rule import Context, Outcome, Rule

rule = Rule(
    code="M05",
    name="above-spending-standard",
    zh="超支出标准",
    en="above the spending standard",
    severity=Severity.ERROR,
    basis=("101:支出标准",),
    reads=("indicators.target", "indicators.unit", "indicators.basis"),
)

_MONEY = (Dimension.MONEY, Dimension.MONEY_RATE)


class _Standard(NamedTuple):
    limit: Decimal
    source: str


@rule.check
def check(context: Context) -> Iterator[Outcome]:
    compared = False
    for row in context.rows:
        value = row.value
        if not isinstance(value, NumberValue) or value.unit is None or value.unit.dimension not in _MONEY:
            continue
        number = value.number
        standard = _named_standard(row) or _listed_standard(row, context.profile)
        if standard is None:
            continue
        compared = True
        if number > standard.limit:
            yield rule.finds(
                row.path("target"),
                message(
                    "{number} {unit} is above the spending standard of {limit} {unit} ({source})",
                    number=figure(number),
                    limit=figure(standard.limit),
                    unit=row.unit_text,
                    source=standard.source,
                ),
                observed=f"{row.target} {row.unit_text}",
                expected=message("at most {limit} {unit}", limit=figure(standard.limit), unit=row.unit_text),
            )
    if not compared:
        yield rule.not_applicable(message("no amount on the form has a spending standard beside it"))


_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")


def _named_standard(row: Row) -> _Standard | None:
    """The one amount that the row's own 设定依据 calls a standard."""
    basis = row.basis
    if not basis or "标准" not in basis:
        return None
    limits: list[Decimal] = []
    for match in _NUMBER.finditer(basis):
        number, unit = read_number(match[0]), unit_at(basis, match.end())
        limit = convert(number, unit, row.unit_text) if number is not None and unit else None
        if limit is not None:
            limits.append(limit)
    return _Standard(limits[0], "指标值设定依据") if len(limits) == 1 else None


def _listed_standard(row: Row, profile: Profile) -> _Standard | None:
    """The ceiling that the profile lists for words of the row's name, 设定依据 or explanation."""
    text = f"{row.name}{row.basis or ''}{row.explanation or ''}"
    for words, unit, standard in _standards(profile):
        if any(word in text for word in words):
            # 元/人·天 is the same thing as 元/人天, but not the same unit.
            limit = convert(standard.limit, unit, (row.unit_text or "").replace("·", ""))
            return standard._replace(limit=limit) if limit is not None else None
    return None


@lru_cache(maxsize=16)
def _standards(profile: Profile) -> tuple[tuple[tuple[str, ...], str, _Standard], ...]:
    entries = cast("list[dict[str, object]]", profile.get("money.standards"))
    return tuple(
        (
            tuple(cast("list[str]", entry["words"])),
            str(entry["unit"]),
            _Standard(Decimal(str(entry["limit"])), str(entry["source"])),
        )
        for entry in entries
    )
