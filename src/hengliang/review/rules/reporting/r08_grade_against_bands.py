"""
## What it checks

The grade of a self-evaluation against its total: 90 and more 优, 80 to under 90 良, 60 to under 80 中,
under 60 差, edges exactly. A total that is not out of 100 points (execution left out, say) decides no
grade.

## Why

Money follows the grade. 90.00 is 优 and 89.995 is not, unless the total itself is rounded first.

## Example

90.00, 良.

## Instead

90.00, 优; offered as a proposal.

## Basis

财预〔2020〕10号: four grades (bands confirmed in a secondary source; 80/70/60 in one province). The bands
are values of the rule profile.

---

## 查什么

自评等级应与总分相符：90分及以上为优，80分至不足90分为良，60分至不足80分为中，不足60分为差，按界点准确判断。
满分不是100分的（如未含预算执行），不作判断。

## 为什么

等级与资金安排挂钩。90.00分为优，89.995分在总分取整之前不是优。

## 示例

总分90.00分，等级良。

## 应改为

总分90.00分，等级优（建议值）。

## 依据

财预〔2020〕10号：评价结果分四个等级（界点经转载资料印证；有省份采用80/70/60）。界点为规则集参数。
"""

from collections.abc import Iterator
from decimal import Decimal

from hengliang.base.finding import Edit, Severity
from hengliang.base.message import message
from hengliang.base.profile import Profile
from hengliang.review.attained import NO_REPORT, figure, is_report
from hengliang.review.funds import funds_of
from hengliang.review.rule import Context, Outcome, Rule, proposal

rule = Rule(
    code="R08",
    name="grade-against-bands",
    zh="等级不符",
    en="grade wrong",
    severity=Severity.ERROR,
    basis=("10:等级",),
    reads=("totals", "indicators.points", "money"),
    fix="proposal",
)


@rule.check
def check(context: Context) -> Iterator[Outcome]:
    form = context.form
    if not is_report(form):
        yield rule.not_applicable(NO_REPORT)
        return
    totals = form.totals
    if totals is None or totals.grade is None or totals.score is None:
        yield rule.not_applicable(message("the form has no grade beside a total score"))
        return
    grade = _grade_named(totals.grade, context.profile)
    full = totals.points if totals.points is not None else _full_points(context)
    if grade is None:
        yield rule.undecidable("totals/grade", message("{grade} is none of the grades", grade=totals.grade))
    elif full is not None and full != 100:
        yield rule.undecidable(
            "totals/grade",
            message("the total is out of {full} points, and grades are of 100", full=figure(full)),
        )
    elif (right := _grade_of(totals.score, context.profile)) != grade:
        yield rule.finds(
            "totals/grade",
            message(
                "{score} points are {right}, not {grade}", score=f"{totals.score:f}", right=right, grade=grade
            ),
            observed=totals.grade,
            expected=message("the grade {right}", right=right),
            fix=proposal(
                message("set the grade to {right}", right=right), Edit("totals/grade", totals.grade, right)
            ),
        )


def _grade_named(text: str, profile: Profile) -> str | None:
    word = text.strip(" （()）“”").removesuffix("级")
    return next(
        (
            name
            for name in profile.words("reporting.grades")
            if word in profile.words(f"reporting.grade_words.{name}")
        ),
        None,
    )


def _grade_of(score: Decimal, profile: Profile) -> str:
    names = profile.words("reporting.grades")
    lines = profile.words("reporting.grade_lines")
    return next((name for name, line in zip(names, lines, strict=True) if score >= Decimal(line)), names[-1])


def _full_points(context: Context) -> Decimal | None:
    points = [row.points for row in context.rows]
    if not points or any(one is None for one in points):
        return None
    funds = funds_of(context.form, context.profile)
    execution = (funds.line.points if funds else None) or Decimal(0)
    return sum((one for one in points if one is not None), execution)
