"""
## What it checks

A standard deducts step by step, or more than once, and does not end with 扣完为止. Asked for only where the
profile says so (`scoring.floor_must_be_written`): 财预〔2020〕10号 keeps every score at 0 or more, so
nationally the words add nothing and the rule does not apply.

## Why

Sheets that are added up by hand go below zero when nobody wrote where the deduction ends.

## Example

每超过1%扣1分

## Instead

每超过1%扣1分，扣完为止. The words change no score and are added with `--fix`; a cut standard is left alone.

## Basis

财预〔2020〕10号, scores are not below 0 (recalled, to be checked against the official text). Published
sheets of Hunan offices end deductions so; asking for it there is a choice of this project.

---

## 查什么

评分标准按次扣分或多次扣分，没有写明“扣完为止”。仅在规则集要求时检查（scoring.floor_must_be_written）：财预〔2020〕10号规定得分不低于零，全国规则集中不写也不影响计分，不适用本规则。

## 为什么

手工合计的评分表，没有写明扣到哪里为止，就会扣成负分。

## 示例

每超过1%扣1分

## 应改为

每超过1%扣1分，扣完为止。补上这几个字不改变得分，可自动修正；被截断的评分标准不动。

## 依据

财预〔2020〕10号：得分不低于零（凭记忆转述，待与正式文本核对）。湖南各单位公开的评分表多以“扣完为止”结尾，湖南规则集据此要求，为本项目选定。
"""

from collections.abc import Iterable

from hengliang.base.finding import Edit, Severity
from hengliang.base.message import message
from hengliang.base.profile import Profile
from hengliang.review.by_row import RowOutcome
from hengliang.review.kinds import with_standard
from hengliang.review.row import Row
from hengliang.review.rule import Context, Outcome, Rule, safe_fix
from hengliang.review.sentence import NO_STANDARDS, STANDARD_CUT, Sentence, with_phrase

rule = Rule(
    code="S12",
    name="floor-missing",
    zh="未设扣分下限",
    en="no floor",
    severity=Severity.ADVICE,
    basis=("10:计分",),
    reads=("indicators.criterion",),
    fix="safe",
)
_FOUND = message("a deduction without a floor")
_WANTED = message("the words 扣完为止 at its end")
_FIX = message("add 扣完为止")
_NOT_ASKED = message("scores are never below 0 by 财预〔2020〕10号; the profile does not ask for the words")


@rule.look_at_rows(with_standard)
def look(row: Row, profile: Profile) -> RowOutcome | None:
    sentence = row.sentence
    if not profile.flag("scoring.floor_must_be_written") or sentence.floor or not _can_fall_below(sentence):
        return None
    path = row.path("criterion")
    if sentence.cut:
        return rule.undecidable(path, STANDARD_CUT)
    new = with_phrase(sentence.text, profile.text("scoring.text.floor"))
    return rule.finds(path, _FOUND, sentence.text, _WANTED, safe_fix(_FIX, Edit(path, sentence.text, new)))


@rule.check
def check(context: Context) -> Iterable[Outcome]:
    if not context.profile.flag("scoring.floor_must_be_written"):
        return (rule.not_applicable(_NOT_ASKED),)
    if not context.scored:
        return (rule.not_applicable(NO_STANDARDS),)
    return context.by_row.outcomes(rule.code)


def _can_fall_below(sentence: Sentence) -> bool:
    return len(sentence.losses) > 1 or any(step.then == "loss" for step in sentence.steps)
