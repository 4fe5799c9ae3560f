"""
## What it checks

The value type is 定性 (text), and the standard does not tell three results apart, by grade words or by
different points. A value that is only met or not (是/否) needs none. A cut standard is judged by what is
visible if that is ten characters or more and no grade is among it.

## Why

财预〔2020〕10号 scores text targets in three grades: 100–80 %, 80–60 %, 60–0 % of the points.

## Example

定性; 未完成指标值不计分

## Instead

达成年度指标的，得分值的80%（含）至100%；部分达成…60%（含）至80%；未达成…60%以下. This text of the profile
is proposed for values in words; where the value is a number, the type is settled first (V01).

## Basis

财预〔2020〕10号, three grades (recalled; the bands were seen in a published module). A new standard changes
what the points hang on, so the unit decides.

---

## 查什么

指标值类型为“定性”，评分标准却没有按三档用语或不同分数区分出三种结果。只有达成与否的值（是/否）不要求。被截断的评分标准，可见部分达到十个字且没有档次用语的，按可见部分判断。

## 为什么

财预〔2020〕10号对定性指标按三档计分：分值的100%–80%、80%–60%、60%–0。

## 示例

定性；未完成指标值不计分

## 应改为

达成年度指标的，得分值的80%（含）至100%；部分达成……60%（含）至80%；未达成……60%以下。指标值为文字的，建议采用规则集中的这段文字；指标值为数字的，先按V01确定类型。

## 依据

财预〔2020〕10号定性指标三档（凭记忆转述；分档见公开模块）。改评分标准会改变计分，由单位决定。
"""

from hengliang.base.finding import Edit, Severity
from hengliang.base.message import message
from hengliang.base.profile import Profile
from hengliang.review.bounds import is_numeric
from hengliang.review.by_row import RowOutcome
from hengliang.review.grades import has_three_grades, named_grades
from hengliang.review.kinds import with_standard
from hengliang.review.row import Row
from hengliang.review.rule import Rule, proposal
from hengliang.review.sentence import NO_STANDARDS, STANDARD_CUT

rule = Rule(
    code="S13",
    name="text-row-without-three-grades",
    zh="定性缺三档",
    en="text row without three grades",
    severity=Severity.WARNING,
    basis=("10:定性三档",),
    reads=("indicators.operator", "indicators.criterion", "indicators.target"),
    fix="proposal",
)
_FOUND = message("a text target (定性), and a standard without three grades")
_WANTED = message("three grades: 100–80 %, 80–60 % and 60–0 % of the points")
_FIX = message("write the three grades of the profile")


@rule.check_rows(with_standard, none=NO_STANDARDS)
def check(row: Row, profile: Profile) -> RowOutcome | None:
    yes_no = profile.words("values.yes_no")
    visible = profile.number("scoring.visible_characters")
    sentence = row.sentence
    target = row.target
    if row.operator != "定性" or has_three_grades(sentence, profile):
        return None
    if target in yes_no:
        return None
    path = row.path("criterion")
    if sentence.cut:
        begun = sentence.levels + named_grades(sentence.text, profile) > 2
        if begun or len(sentence.text.rstrip("….")) < visible:
            return rule.undecidable(path, STANDARD_CUT)
    new = profile.text("scoring.text.three_grades")
    in_words = target is not None and not is_numeric(row)
    fix = proposal(_FIX, Edit(path, sentence.text, new)) if in_words else None
    return rule.finds(path, _FOUND, sentence.text, _WANTED, fix)
