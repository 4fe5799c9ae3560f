"""
## What it checks

The standard speaks with words of another dimension (word lists of the profile) than the row stands under,
and with none of its own: 验收 under 时效, 计划工期 under 成本. A word that also stands in the name is no
fault.

## Why

What is scored is not what the indicator says it measures.

## Example

时效: 项目通过相关组织的验收

## Instead

时效: 每延迟1个月扣1分

## Basis

财预〔2015〕88号, review point 指标科学性 (recalled, to be checked against the official text).

---

## 查什么

评分标准使用了其他维度的用语（词表见规则集），而没有本维度的用语：时效指标写“验收”，成本指标写“计划工期”。名称中也有的词不算。

## 为什么

计分的内容不是指标所说的内容。

## 示例

时效：项目通过相关组织的验收

## 应改为

时效：每延迟1个月扣1分

## 依据

财预〔2015〕88号“指标科学性”审核要点（凭记忆转述，待与正式文本核对）。
"""

from functools import lru_cache

from hengliang.base.finding import Severity
from hengliang.base.message import message
from hengliang.base.place import Spot
from hengliang.base.profile import Profile
from hengliang.form.levels import Level2
from hengliang.review.by_row import RowOutcome
from hengliang.review.kinds import with_standard
from hengliang.review.row import Row
from hengliang.review.rule import Rule
from hengliang.review.sentence import NO_STANDARDS

rule = Rule(
    code="S08",
    name="standard-of-another-dimension",
    zh="标准与维度不符",
    en="standard of another dimension",
    severity=Severity.WARNING,
    basis=("88:指标科学性",),
    reads=("indicators.criterion", "indicators.level2", "indicators.name"),
)
_WANTED = message("a standard that scores what the row measures")
_COSTS = (Level2.ECONOMIC_COST, Level2.SOCIAL_COST, Level2.ECOLOGICAL_COST)


@rule.check_rows(with_standard, none=NO_STANDARDS)
def check(row: Row, profile: Profile) -> RowOutcome | None:
    sentence = row.sentence
    level2 = row.level2
    if level2 is None:
        return None
    dimension = Level2.COST.value if level2 in _COSTS else level2.value
    span = _foreign(sentence.text, dimension, profile)
    if span is None:
        return None
    word = sentence.text[span[0] : span[1]]
    if word not in row.name:
        return rule.finds(
            Spot(row.path("criterion"), *span),
            message("{word} does not belong under {level}", word=word, level=row.indicator.level2 or ""),
            word,
            _WANTED,
        )
    return None


@lru_cache(maxsize=65536)
def _foreign(text: str, dimension: str, profile: Profile) -> tuple[int, int] | None:
    """The first word of another dimension, where no word of this one stands beside it."""
    found = profile.pattern(f"scoring.dimension.{dimension}.foreign").search(text)
    if found is None or profile.pattern(f"scoring.dimension.{dimension}.own").search(text):
        return None
    return found.span()
