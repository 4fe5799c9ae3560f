"""Scored forms that the tests of documents share."""

from decimal import Decimal

from hengliang.base.profile import load_profile
from hengliang.form.actual import Actual
from hengliang.form.model import Form, Indicator, Kind, Money, MoneyRow, Purpose, SignOff
from hengliang.score.run import score
from hengliang.score.sheet import ScoreSheet

PROFILE = "national-2021"


def row(
    name: str,
    operator: str | None,
    target: str,
    unit: str | None,
    points: str,
    criterion: str | None,
    **more: object,
) -> Indicator:
    """An indicator under 产出指标, 数量指标 unless said otherwise."""
    return Indicator.model_validate(
        {
            "level1": "产出指标", "level2": "数量指标", "name": name, "operator": operator, "target": target,
            "unit": unit, "points": points, "points_in": "column", "criterion": criterion, **more,
        }
    )  # fmt: skip


QUALITY = {"level2": "质量指标"}
EFFECT = {"level1": "效益指标", "level2": "社会效益指标"}
PROJECT = Form(
    title="项目支出绩效目标申报表",
    kind=Kind.PROJECT,
    purpose=Purpose.DECLARATION,
    project="矿山生态修复项目",
    organisation="某市自然资源事务中心",
    supervisor="某市自然资源和规划局",
    fiscal_year=2023,
    goals=("完成矿山核查60家。", "验收合格率不低于95%。"),
    goal_marks=("（一）", "（二）"),
    achieved="完成矿山核查57家，验收合格率96.5%。",
    money=Money(
        unit="万元",
        rows=(
            MoneyRow(
                name="年度资金总额",
                initial=Decimal("2300.00"),
                budget=Decimal("2513.48"),
                executed=Decimal("1910.24"),
            ),
            MoneyRow(
                name="当年财政拨款",
                initial=Decimal("2300.00"),
                budget=Decimal("2513.48"),
                executed=Decimal("1910.24"),
            ),
        ),
    ),
    indicators=(
        row("绿色矿山核查数量", "≥", "60", "家", "10", "每少1家扣0.05分，扣完为止"),
        row("验收合格率", "≥", "95", "%", "10", "低于95%的，每降低0.1个百分点扣0.01分，扣完为止", **QUALITY),
        row("监测点建设数量", "=", "120", "处", "20", "按完成比例得分"),
        row("数据差错率", "≤", "3", "%", "10", "3%及以下得10分；3%-5%得6分；5%以上不得分", **QUALITY),
        row("修复面积", "≥", "12.5", "公顷", "10", None),
        row("安全生产", "定性", "无事故", None, "10", "发生安全事故的，不得分", **EFFECT),
        row(
            "群众满意度",
            "≥",
            "90",
            "%",
            "20",
            "满意度≥90%得20分，每降低1个百分点扣2分，扣完为止",
            level1="满意度指标",
            level2="服务对象满意度指标",
        ),
    ),
    signoff=SignOff(preparer="张三", head="李四", phone="0734-8812345", date="2024年3月10日"),
)
CERTAIN = {
    0: Actual("57"),
    1: Actual("94.7%"),
    2: Actual("113"),
    3: Actual("3.2%"),
    4: Actual("12.49"),
    5: Actual("无事故", facts={"发生安全事故": "否"}),
    6: Actual("88.5%"),
}
"""Actual values that leave nothing open."""
LEFT_OPEN = {**CERTAIN, 5: Actual("安全生产形势平稳"), 6: Actual(None), 2: Actual("不适用", applicable=False)}
"""One answer that is neither yes nor no, one that is not reported, one indicator that does not apply."""
DEPARTMENT = PROJECT.model_copy(
    update={
        "kind": Kind.DEPARTMENT,
        "title": "部门整体支出绩效目标申报表",
        "project": None,
        "supervisor": None,
        "organisation": "某市自然资源和规划局",
    }
)


def certain(form: Form = PROJECT, profile: str = PROFILE) -> ScoreSheet:
    """A sheet of which every score is one number."""
    return score(form, CERTAIN, load_profile(profile))


def left_open(form: Form = PROJECT, profile: str = PROFILE) -> ScoreSheet:
    """A sheet with intervals, a missing value and points that went to other rows."""
    return score(form, LEFT_OPEN, load_profile(profile))
