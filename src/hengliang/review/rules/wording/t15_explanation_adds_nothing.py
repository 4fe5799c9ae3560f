"""
## What it checks

The explanation says more than name and value do. It adds nothing when, without dates, filler words (完成,
数量 …) and the value with its unit, only words of the name or nothing at all is left. An explanation that
was cut off is not decided.

## Why

The explanation is where an indicator says what is counted, by which formula, and from which records.
2023年年底完成 leaves all three open.

## Example

名称 绿色矿山核查; 解释 绿色矿山核查60家

## Instead

解释 核查并出具合格意见的露天矿山家数，以核查报告为准

## Basis

财预〔2021〕101号, 指标解释: what it measures, formula, scope of the data (recalled, to be checked against
the official text).

---

## 查什么

指标解释应在名称和指标值之外有所说明。去掉日期、套话（完成、数量等）以及指标值和单位之后，剩下的全是名称里的
词或什么也不剩的，予以提示。解释被截断的，判为“无法判定”。

## 为什么

解释要说清统计什么、怎么计算、数据从哪里来。“2023年年底完成”一样也没有说。

## 示例

名称“绿色矿山核查”，解释“绿色矿山核查60家”。

## 应改为

解释“核查并出具合格意见的露天矿山家数，以核查报告为准”。

## 依据

财预〔2021〕101号：指标解释应说明评价内容、计算公式和数据口径（凭记忆转述，待与正式文本核对）。
"""

import re
from functools import cache

from hengliang.base.finding import Severity
from hengliang.base.message import message
from hengliang.base.number import find_quantities, read_number
from hengliang.base.place import Spot
from hengliang.base.profile import Profile
from hengliang.review.by_row import RowOutcome
from hengliang.review.row import Row
from hengliang.review.rule import Rule

rule = Rule(
    code="T15",
    name="explanation-adds-nothing",
    zh="解释无增量",
    en="explanation adds nothing",
    severity=Severity.ADVICE,
    basis=("101:指标解释",),
    reads=("indicators.name", "indicators.target", "indicators.explanation"),
)

_CUT = message("the explanation is cut off, what it adds may follow")
_FOUND = message("the explanation says no more than name and value do")
_EXPECTED = message("what is counted, by which formula, from which records")


@rule.check_rows()
def check(row: Row, profile: Profile) -> RowOutcome | None:
    words, figures, signs = _fillers(profile)
    explanation, name = row.explanation, row.name
    # What is left is a character that neither the name nor the words without content have.
    if not explanation or explanation.strip(signs + name):
        return None
    if words.sub("", figures.sub("", explanation)) not in name or not _restates(explanation, row):
        return None
    if row.is_cut("explanation"):
        return rule.undecidable(row.path("explanation"), _CUT)
    return rule.finds(
        Spot(row.path("explanation"), 0, len(explanation)),
        _FOUND,
        observed=explanation,
        expected=_EXPECTED,
    )


def _restates(explanation: str, row: Row) -> bool:
    """Whether the numbers of the explanation, but for years, are those of the name and the target."""
    target = read_number(row.target or "")
    return all(
        mention.quantity.number == target
        or mention.quantity.unit in ("年", "月", "日")
        or str(mention.quantity.number) in row.name
        for mention in find_quantities(explanation)
    )


@cache
def _fillers(profile: Profile) -> tuple[re.Pattern[str], re.Pattern[str], str]:
    """Words that add nothing, figures with units and marks, and the characters that these are made of."""

    def one_of(key: str) -> str:
        return "|".join(map(re.escape, sorted(profile.words(key), key=len, reverse=True)))

    figures = rf"[0-9][0-9.,]*(?:万|亿)?(?:{one_of('wording.measure_words')})?|[^\w\n]"
    words = (*profile.words("wording.filler_words"), *profile.words("wording.measure_words"))
    signs = "".join(sorted({*"".join(words), *"0123456789.,%万亿，。；：、（）()“”…《》 "}))
    return re.compile(one_of("wording.filler_words")), re.compile(figures), signs
