"""
## What it checks

An indicator whose name is an act at the end of which another body decides (查处, 结案, 批准, 移交 …), while
no agreement with it is named on the row (协议, 联合, 会商 …). An act that the duties of the office name is
its own and passes. Where a name is cut off and what can be read names no such act, or the form states no
duties, the rule cannot say.

## Why

A target that courts, towns or other offices can make fail is reached only if they do their part. The
conditions must be there before the target is set.

## Example

违法用地案件查处 > 100 %, scored by 结案率: closing a case is up to courts and towns.

## Instead

Explanation: 与法院、乡镇建立联合执法机制（协议名称、日期）; or what the office does itself, such as 违法用
地案件移送及时率.

## Basis

财预〔2015〕88号, review point 条件充分性 (recalled, to be checked against the official text). The words are
choices of this project.

---

## 查什么

指标名称所指的事项最终由其他机关决定（查处、结案、批准、移交等），而该行没有写明与其协作的依据（协议、联合、
会商等）。部门职责中写明的事项属于本单位职权，不提示。名称被截断且可见部分没有此类事项的，或者表中没有职责的，
不作判断。

## 为什么

法院、乡镇或其他部门不配合就完不成的目标，应当先具备条件再设定。

## 示例

“违法用地案件查处”＞100%，按结案率计分：能否结案取决于法院和乡镇。

## 应改为

指标解释写明：与法院、乡镇建立联合执法机制（写明协议名称、日期）；或者改为本单位能够决定的事项，如“违法用地
案件移送及时率”。

## 依据

财预〔2015〕88号“条件充分性”审核要点（凭记忆转述，待与正式文本核对）。词语由本项目选定。
"""

from collections.abc import Iterator

from hengliang.base.finding import Severity
from hengliang.base.message import message
from hengliang.base.place import Spot
from hengliang.form.model import Indicator
from hengliang.review.rule import Context, Outcome, Rule

rule = Rule(
    code="H08",
    name="target-depending-on-others",
    zh="依赖外部条件",
    en="depends on others",
    severity=Severity.ADVICE,
    basis=("88:条件充分性",),
    reads=(
        "indicators.name",
        "indicators.explanation",
        "indicators.criterion",
        "indicators.remark",
        "duties",
    ),
)


@rule.check
def check(context: Context) -> Iterator[Outcome]:
    acts = context.profile.pattern("history.acts_of_others")
    agreements = context.profile.pattern("history.agreements")
    for row in context.rows:
        name = row.name
        act = acts.search(name)
        if act is None:
            if row.is_cut("name"):
                yield rule.undecidable(
                    row.path("name"), message("the name is cut off and may depend on an act of others")
                )
            continue
        if any(act[0] in duty for duty in context.form.duties):
            continue
        if any(agreements.search(text) for text in _texts(row.indicator)):
            continue
        if not context.form.duties:
            yield rule.undecidable(
                Spot(row.path("name"), *act.span()),
                message(
                    "whether {act} is up to the office shows in its duties, which are not here", act=act[0]
                ),
            )
            continue
        yield rule.finds(
            Spot(row.path("name"), *act.span()),
            message(
                "whether {act} succeeds is decided by others, and no agreement with them is named", act=act[0]
            ),
            observed=name,
            expected=message("the agreement that secures their part, or what the office does itself"),
        )


def _texts(indicator: Indicator) -> Iterator[str]:
    return filter(
        None,
        (
            indicator.name,
            indicator.explanation,
            indicator.criterion,
            indicator.remark,
            indicator.basis,
            indicator.evidence,
        ),
    )
