"""Forms that the tests of the writers share."""

from decimal import Decimal

from hengliang.form.model import Codes, Form, Indicator, Kind, Money, MoneyRow, Purpose, SignOff, Totals


def row(
    name: str, level1: str | None = "产出指标", level2: str | None = "数量指标", **fields: object
) -> Indicator:
    """An indicator that says no more than it must."""
    return Indicator.model_validate({"level1": level1, "level2": level2, "name": name, **fields})


DECLARATION = Form(
    title="部门（单位）整体绩效目标申报表",
    kind=Kind.DEPARTMENT,
    purpose=Purpose.DECLARATION,
    organisation="衡阳市自然资源和规划局",
    fiscal_year=2023,
    duties=("负责自然资源调查监测评价。", "负责自然资源统一确权登记工作。"),
    duty_marks=("1、", "2、"),
    goals=("保障项目用地。", "推进资源保护…"),
    goal_marks=("（一）", "（二）"),
    indicators=(
        row(
            "绿色矿山核查",
            operator="≥",
            target="60",
            unit="家",
            criterion="每少1家扣0.05分",
            explanation="=1+1",
        ),
        row(
            "监测点建设",
            operator="=",
            target="1.50",
            unit="万处",
            criterion="完成可研、实施…",
            truncated=("criterion",),
        ),
        row(
            "验收合格率",
            level2="质量指标",
            operator="≥",
            target="98",
            unit="%",
            points=Decimal("2.5"),
            points_in="column",
        ),
        row("城市设计", level1="效益指标", level2="社会效益指标", operator="定性", target="有效推进"),
    ),
    truncated=("goals/1",),
)
SELF_EVALUATION = Form(
    title="项目支出绩效自评表",
    kind=Kind.PROJECT,
    purpose=Purpose.SELF_EVALUATION,
    project="委托业务项目",
    organisation="池州市贵池区棠溪镇人民政府",
    supervisor="池州市贵池区财政局",
    fiscal_year=2022,
    codes=Codes(project="430400230000000012345"),
    goals=("完成全镇基建工程委托业务50个。",),
    achieved="全年完成委托业务50个。",
    money=Money(
        unit="万元",
        rows=(
            MoneyRow(
                name="年度资金总额",
                initial=Decimal("2300.00"),
                budget=Decimal("2513.48"),
                executed=Decimal("1910.24"),
                rate=Decimal("76.00"),
                points=Decimal(10),
                score=Decimal("7.6"),
            ),
            MoneyRow(name="财政拨款", initial=Decimal("2300.00")),
        ),
    ),
    indicators=(
        row(
            "委托业务数量",
            operator="≥",
            target="50",
            unit="个",
            actual="50",
            points=Decimal(50),
            points_in="column",
            score=Decimal(50),
        ),
        row(
            "服务对象满意度",
            level1="满意度指标",
            level2="服务对象满意度指标",
            operator="≥",
            target="90",
            unit="%",
            points=Decimal(40),
            points_in="column",
            score=Decimal("38.5"),
            reason="@回访样本不足",
        ),
    ),
    totals=Totals(points=Decimal(100), score=Decimal("96.1"), grade="优"),
    signoff=SignOff(preparer="张三", phone="0734-8812345", date="2023年3月10日"),
)
