"""
## What it checks

A row under 社会效益 whose name speaks of nature or the environment, or a row under 生态效益 with no
word of them in name, explanation or scoring standard. Environments that are no nature (营商环境,
办学环境) do not count.

## Why

Effects are weighed and added up by kind. Nature protected does not show as a social effect, nor urban
design as an ecological one.

## Example

社会效益指标 保护矿产资源环境; 生态效益指标 重点地段城市设计

## Instead

保护矿产资源环境 under 生态效益, with a measure: 矿山修复面积.

## Basis

财预〔2021〕101号, social and ecological effect (recalled, to be checked against the official text).

---

## 查什么

社会效益指标的名称讲的是自然和环境，或者生态效益指标的名称、解释和评分标准都没有生态环境用语。“营商环境”
“办学环境”等不是自然环境的不计。

## 为什么

效益按类别分配权重、汇总结果。保护生态不能算社会效益，城市设计不能算生态效益。

## 示例

社会效益指标“保护矿产资源环境”；生态效益指标“重点地段城市设计”

## 应改为

“保护矿产资源环境”移到生态效益，并改为可衡量的“矿山修复面积”。

## 依据

财预〔2021〕101号社会效益、生态效益（凭记忆转述，待与正式文本核对）。
"""

from hengliang.base.finding import Edit, Severity
from hengliang.base.message import message
from hengliang.base.place import Spot
from hengliang.base.profile import Profile
from hengliang.form.levels import Level2
from hengliang.review.by_row import RowOutcome
from hengliang.review.kinds import under
from hengliang.review.row import Row
from hengliang.review.rule import Rule, proposal

rule = Rule(
    code="I17",
    name="social-and-ecological-swapped",
    zh="社会生态错放",
    en="social and ecological swapped",
    severity=Severity.WARNING,
    basis=("101:社会效益", "101:生态效益"),
    reads=("indicators.level2", "indicators.name", "indicators.explanation", "indicators.criterion"),
    fix="proposal",
)

_NONE = message("the form has no indicators of social or ecological effect")


@rule.check_rows(under(Level2.SOCIAL, Level2.ECOLOGICAL), none=_NONE)
def check(row: Row, profile: Profile) -> RowOutcome | None:
    return _social(row, profile) if row.level2 is Level2.SOCIAL else _ecological(row, profile)


def _nature(text: str, profile: Profile) -> tuple[int, int] | None:
    """The first word of nature or the environment in `text`."""
    words = profile.pattern("indicators.effect.ecological")
    if words.search(text) is None:
        return None
    masked = profile.pattern("indicators.effect.no_ecological").sub(lambda match: "〇" * len(match[0]), text)
    found = words.search(masked)
    return found.span() if found else None


def _social(row: Row, profile: Profile) -> RowOutcome | None:
    name = row.name
    span = _nature(name, profile)
    if span is None:
        return None
    words = (profile.text("tree.words.level1.benefit"), profile.text("tree.words.level2.ecological"))
    return rule.finds(
        Spot(row.path("name"), *span),
        message("{name} speaks of the environment, but stands under social effect", name=name),
        observed=name,
        expected=message("a row under ecological effect"),
        fix=proposal(
            message("Move the row to {level1} / {level2}", level1=words[0], level2=words[1]),
            Edit(row.path("level2"), row.indicator.level2, words[1]),
        ),
    )


def _ecological(row: Row, profile: Profile) -> RowOutcome | None:
    near = profile.pattern("indicators.effect.near_ecological")
    texts = [text for text in (row.name, row.explanation, row.criterion) if text]
    if any(_nature(text, profile) or near.search(text) for text in texts):
        return None
    return rule.finds(
        row.path("name"),
        message("{name} stands under ecological effect, but speaks of no environment", name=row.name),
        observed=row.name,
        expected=message("an effect on nature, or the kind it belongs to"),
    )
