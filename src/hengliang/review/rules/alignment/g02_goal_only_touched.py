"""
## What it checks

A phrase of a goal that indicators touch but do not measure directly. It is measured directly when
indicators carry its number, or when their names and explanations hold, by own words, at least half of
its key nouns and among them all that it puts in quotation marks, and not all of these indicators are
funds.
What stands in the same sentence before a result that an indicator carries
(深化医共体建设，县域内就诊率达到90%) is measured by that result. Beside any other number that an
indicator carries (推进智慧警务，新增探头2000个) it is touched: a part of it is measured.
It is only touched when they share fewer nouns, a related word (底图 and 地形图), those who are served
(学生) or common things (报告), or when all that is there is a fund. How nouns are found stands on the
page of G01.

## Why

A neighbour of the goal can be reached while the goal is missed.

## Example

有序投放一批采矿权, touched only by 净矿出让前期资料编制费

## Instead

采矿权出让宗数, ≥ 4 宗

## Basis

财预〔2015〕88号, review point 目标相关性 (recalled, to be checked against the official text). The line
between direct and neighbouring is a choice of this project.

---

## 查什么

目标中的一项只被指标沾边，没有被直接衡量。指标值就是目标数字的，或者指标名称和解释以原词（或同义词）含有
该项至少一半的关键名词、其中引号内的词全部含有，并且这些指标不全是资金名称的，为直接衡量。
同一句中后面写明了结果、且有指标承接该结果的（“深化医共体建设，县域内就诊率达到90%”），前面的事项由该结
果衡量；同一句中有其他数字由指标承接的（“推进智慧警务，新增探头2000个”），为沾边，只衡量了其中一部分。
共有的名词不足一半，只有相关词（如“底图”与“地形图”）、服务对象（如“学生”）或通用事物（如“报告”），或者只
有资金名称的，为沾边。名词的找法见G01。

## 为什么

沾边的指标完成了，目标可能并没有完成。

## 示例

“有序投放一批采矿权”只有“净矿出让前期资料编制费”沾边

## 应改为

采矿权出让宗数，≥4宗

## 依据

财预〔2015〕88号“目标相关性”审核要点（凭记忆转述，待与正式文本核对）。直接与沾边的界线为本项目选定。
"""

from collections.abc import Iterator

from hengliang.base.finding import Severity
from hengliang.base.message import message
from hengliang.base.place import Spot
from hengliang.review.rule import Context, Outcome, Rule
from hengliang.review.topics import Coverage

rule = Rule(
    code="G02",
    name="goal-only-touched",
    zh="目标仅间接覆盖",
    en="goal only touched",
    severity=Severity.ADVICE,
    basis=("88:目标相关性",),
    reads=("goals", "indicators.name", "indicators.explanation", "indicators.target"),
)

_EXPECTED = message("an indicator that measures it directly")
_NO_GOALS = message("the form tells no goals that indicators could touch")


@rule.check
def check(context: Context) -> Iterator[Outcome]:
    if not context.form.goals:
        yield rule.not_applicable(_NO_GOALS)
        return
    for task in context.alignment.tasks:
        if task.coverage is not Coverage.TOUCHED:
            continue
        near = sorted((*task.own, *task.related))
        yield rule.finds(
            (
                Spot(f"goals/{task.goal}", task.phrase.start, task.phrase.end),
                *(Spot(f"indicators/{index}/name") for index in near),
            ),
            message(
                "{task} is only touched by indicator no. {near}",
                task=task.label,
                near=", ".join(str(index + 1) for index in near),
            ),
            observed=task.phrase.text,
            expected=_EXPECTED,
        )
