"""Forms for property tests: any form that the model allows, and forms as an office prints them.

`any_forms` fills the fields with whatever fits their types. `printed_forms` are forms in the shape in which a
reader returns them (levels that group rows, marks on several goals, points said once), with texts as they
stand in real forms and texts that look like something else: signs, numbers, heads, marks, formulas.
"""

from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from hengliang.form.model import (
    OPERATORS,
    Codes,
    Form,
    Indicator,
    Kind,
    Money,
    MoneyRow,
    Operator,
    Purpose,
    SignOff,
    Target,
    Task,
    Totals,
)

TEXTS = st.text(st.characters(exclude_categories=("Cs",)), max_size=20)
NUMBERS = st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**12), max_value=10**12)


def _optional(values: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.none() | values


def _tuples(values: st.SearchStrategy[Any], most: int = 3) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.lists(values, max_size=most).map(tuple)


def any_forms() -> st.SearchStrategy[Form]:
    """Any form that the model allows."""
    text, number = _optional(TEXTS), _optional(NUMBERS)
    operator = _optional(st.sampled_from(OPERATORS))
    target = st.builds(Target, operator=operator, target=text, unit=text)
    money_row = st.builds(
        MoneyRow,
        name=TEXTS,
        **{name: number for name in MoneyRow.model_fields if name != "name"},
    )
    indicator = st.builds(
        Indicator,
        name=TEXTS,
        operator=operator,
        points=number,
        score=number,
        points_in=st.sampled_from((None, "column", "remark")),
        midterm=_optional(target),
        truncated=_tuples(st.sampled_from(("name", "criterion"))),
        **{
            name: text
            for name, field in Indicator.model_fields.items()
            if field.annotation == str | None and name != "name"
        },
    )
    return st.builds(
        Form,
        kind=st.sampled_from(Kind),
        purpose=st.sampled_from(Purpose),
        fiscal_year=_optional(st.integers(1990, 2100)),
        codes=st.builds(Codes, region=text, department=text, project=text),
        duties=_tuples(TEXTS),
        duty_marks=_tuples(TEXTS),
        goals=_tuples(TEXTS),
        goal_marks=_tuples(TEXTS),
        midterm_goals=_tuples(TEXTS),
        tasks=_tuples(st.builds(Task, name=TEXTS, content=text, amount=number, fiscal=number, other=number)),
        money=_optional(st.builds(Money, unit=text, rows=_tuples(money_row))),
        indicators=_tuples(indicator),
        totals=_optional(st.builds(Totals, points=number, score=number, grade=text)),
        signoff=_optional(st.builds(SignOff, **dict.fromkeys(SignOff.model_fields, text))),
        truncated=_tuples(TEXTS),
        **dict.fromkeys(("title", "organisation", "supervisor", "project", "months", "achieved"), text),
    )


# The words of which printed texts are made. None of them ends with … and none is blank.
NAMES = (
    "绿色矿山核查数量",
    "1：500地形图更新",
    "“多测合一”成果质量年度检查",
    "100处地质灾害普适性监测预警",
    "2023年度储量动态监管",
    "★预算执行率",
    "其中：高标准农田建设面积",
    "受益脱贫(含监测对象)户人口数",
    "项目（工程）验收合格率",
    "12345热线办结率",
    "服务对象满意度",
    "群众生产、生活条件改善状况",
    "3个中心+5个平台建成数",
    "=SUM(A1:A9)",
    "+86热线接通率",
    "@政务号推文数",
    "-5℃以下供暖保障天数",
    "指标A/B测试覆盖率",
    "1.2万亩林地管护面积",
    "一级响应次数",
    "“三公”经费控制率,不含公务用车",
    "应急演练|桌面推演场次",
    "田长制*网格员覆盖率",
    "全角ＡＢＣ１２３设备台数",
    "得分率不达标单位整改数",
)
EXPLANATIONS = (
    "绿色矿山建设数60家",
    "当年完成的人工造林面积，以验收单为准",
    "按月、季、度、半年制作报表；",
    "≥60家为达标",
    "（1）统计口径：全市；（2）数据来源：台账",
    "案件查处前完成",
    '考核"两率",一票否决',
    "3月底前完成方案,6月底前完成主体,12月底前验收",
    "单位：家",
    "备注栏另行说明",
    "=B2*C2",
    "@所有人",
    "①新建②续建③改造",
    "反映" + "全市自然资源调查监测评价工作的进展情况、成果质量和应用成效，" * 6,
)
CRITERIA = (
    "未完成一家扣0.05分",
    "每降低1%扣1分,扣完为止",
    "结案率达到90%以上计2分，每低1个百分点扣0.5分",
    "达到目标值得满分，否则按完成率×分值计分",
    "优：3分；良：2分；中：1分；差：0分",
    "<60%不得分；60%≤完成率<80%得1分",
    "未完成指标值不计分",
    "+每超1家加0.1分，最多加1分",
)
# Of these, texts are put together that nobody has thought of.
PIECES = (
    "≥", "<", "≤60%", "=", "100", "0.5", "1：500", "２０２３", "95%以上", "不超过", "其中：", "（一）",
    "1、", "①", "(2)", "★", "“", "”", "\"", "'", "《", "》", "（", "）", "(", ")", "[", "]", "、", "，",
    ",", "；", ";", "：", ":", "。", "…的", "—", "-", "/", "|", "*", "_", "`", "#", "~", "\\", "&lt;",
    "&", "$", "@", "+", "%", "a b", "GIS", "CO2", "km²", "㎡", "℃", "𠮷", "é", "绿色矿山", "核查",
    "完成", "扣1分", "数量", "指标", "备注", "合计数", "预算金额", "万元", "年度目标", "联系",
    "电话号码", "项目名称表述", "无",
)  # fmt: skip
TITLES = {
    (Kind.DEPARTMENT, Purpose.DECLARATION): ("部门（单位）整体绩效目标申报表", "部门整体支出绩效目标表"),
    (Kind.DEPARTMENT, Purpose.MONITORING): ("部门整体支出绩效目标执行监控表",),
    (Kind.DEPARTMENT, Purpose.SELF_EVALUATION): ("部门整体支出绩效自评表",),
    (Kind.PROJECT, Purpose.DECLARATION): ("项目支出绩效目标申报表", "项目绩效目标表"),
    (Kind.PROJECT, Purpose.MONITORING): ("项目支出绩效目标执行监控表",),
    (Kind.PROJECT, Purpose.SELF_EVALUATION): ("项目支出绩效自评表",),
}
ORGANISATIONS = ("衡阳市自然资源和规划局", "稷山县翟店镇卫生院", "西部（重庆）科学城融媒体中心", "第1中学")
PROJECTS = ("委托业务项目", "2023年“三江六岸”城市设计（二期）", "农业水价综合改革精准补贴和节水奖励项目")
ITEMS = (
    "依法履行全民所有土地、矿产、森林等自然资源资产所有者职责。",
    "确保项目用地“征、供、用、补、查”各个流程高效流畅，新建矿山100%达到绿色矿山标准。",
    "推进县市区铁塔监测工作，实行“一地一码”；完成60家核查。",
    "3个重点项目年内开工，其中：1个竣工。",
    "负责国土空间用途管制（含乡镇）及城乡规划管理。",
)
MARKS = (
    lambda number: f"{number}、",
    lambda number: f"{number}.",
    lambda number: f"（{'一二三四五六七八九'[number - 1]}）",
    lambda number: f"({number})",
    lambda number: "①②③④⑤⑥⑦⑧⑨"[number - 1],
    lambda number: f"目标{number}：",
    lambda number: f"{'一二三四五六七八九'[number - 1]}、",
)
TREES: tuple[tuple[tuple[str, tuple[str, ...]], ...], ...] = (
    (
        ("产出指标", ("数量指标", "质量指标", "时效指标", "成本指标")),
        ("效益指标", ("经济效益指标", "社会效益指标", "生态效益指标", "可持续影响指标")),
        ("满意度指标", ("服务对象满意度指标",)),
    ),
    (
        ("成本指标", ("经济成本指标", "社会成本指标", "生态环境成本指标")),
        ("产出指标", ("数量指标", "质量指标", "时效指标")),
        ("效益指标", ("经济效益指标", "社会效益指标", "生态效益指标")),
        ("满意度指标", ("服务对象满意度指标",)),
    ),
)
UNITS = ("家", "处", "%", "个", "万元", "元/亩", "平方公里", "月", "工作日", "人次", "个百分点")
WORDS = ("有效推进", "显著提升", "是", "完成2次培训,1份报告", "长期", "优良中差四档评定")
DATES = ("12月底", "2023年12月31日", "2020年10月", "每季度末")
OTHER_TEXTS = ("受疫情影响，3个项目延期；已调整计划。", "无偏差", "上年结转20万元", "(1)加强调度(2)按月通报")


def pieced(least: int = 1, most: int = 6) -> st.SearchStrategy[str]:
    """Words and marks in any order, as long as they begin with a word and end in one."""
    return st.lists(st.sampled_from(PIECES), min_size=least, max_size=most).map(
        lambda pieces: f"监测{''.join(pieces)}情况"
    )


def amounts(places: int = 2) -> st.SearchStrategy[Decimal]:
    """Amounts of money, scores and points as they are printed."""
    return st.integers(0, 10**9).map(lambda number: Decimal(number).scaleb(-places)) | st.sampled_from(
        (Decimal(0), Decimal("10"), Decimal("97.3"), Decimal("1234567.89"), Decimal("0.05"))
    )


def _cut(texts: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.one_of(texts, texts, texts, texts.map(lambda text: text[:13].rstrip() + "…"))


@st.composite
def _target(draw: st.DrawFn) -> tuple[Operator | None, str | None, str | None]:
    shape = draw(st.sampled_from(("number", "number", "number", "words", "date", "nothing")))
    if shape == "number":
        number = draw(
            st.sampled_from(("60", "100", "1.2", "0", "38508", "0.05", "12.50", "1234567.89"))
            | st.integers(0, 10**6).map(str)
        )
        return draw(st.sampled_from((*OPERATORS, None))), number, draw(st.none() | st.sampled_from(UNITS))
    if shape == "words":
        return "定性", draw(st.sampled_from(WORDS)), draw(st.none() | st.just("%"))
    if shape == "date":
        return draw(st.sampled_from(("≤", None))), draw(st.sampled_from(DATES)), None
    return draw(st.sampled_from((None, "定性"))), None, draw(st.none() | st.sampled_from(UNITS))


@st.composite
def _indicator(draw: st.DrawFn, form: dict[str, Any]) -> dict[str, Any]:
    operator, target, unit = draw(_target())
    row: dict[str, Any] = {
        "name": draw(_cut(st.sampled_from(NAMES) | pieced())),
        "operator": operator,
        "target": target,
        "unit": unit,
        "explanation": draw(_optional(_cut(st.sampled_from(EXPLANATIONS) | pieced()))),
        "criterion": draw(_optional(_cut(st.sampled_from(CRITERIA) | pieced()))),
    }
    if draw(st.booleans()):
        points = draw(st.sampled_from((Decimal(3), Decimal("2.5"), Decimal(10), Decimal("0.5"))))
        row |= {"points": points, "points_in": form["points_in"]}
    if row.get("points_in") == "remark":
        row["remark"] = f"{row['points']}分"
    else:
        row["remark"] = draw(st.none() | st.sampled_from(OTHER_TEXTS) | pieced())
    extras = {
        "midterm": lambda: draw(_target()),
        "basis": lambda: draw(st.sampled_from(("历史标准", "计划标准：市政府工作报告", "2022年值"))),
        "evidence": lambda: draw(st.sampled_from(("验收报告", "台账、照片", "统计年鉴2022"))),
        "actual": lambda: draw(
            st.sampled_from(("57", "97.30", "300余人", "达成预期指标", "1.2亿元", "≥90%"))
        ),
        "score": lambda: draw(amounts(1)),
        "forecast": lambda: draw(st.sampled_from(("100%", "60", "预计全部完成", "880"))),
        "likelihood": lambda: draw(st.sampled_from(("确定能", "有可能", "完全不可能"))),
        "reason": lambda: draw(st.sampled_from(OTHER_TEXTS) | pieced()),
    }
    for name, value in extras.items():
        if name in form["columns"] and draw(st.booleans()):
            row[name] = value()
    if isinstance(row.get("midterm"), tuple):
        half = dict(zip(("operator", "target", "unit"), row["midterm"], strict=True))
        # A row with a target for the whole term only is no indicator of the year: a reader leaves it.
        row["midterm"] = half if half["target"] is not None and row.get("target") is not None else None
    row["truncated"] = tuple(name for name, value in row.items() if str(value).endswith("…"))
    return row


@st.composite
def _items(draw: st.DrawFn, most: int = 4) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Numbered items and their marks; a single item may stand without."""
    items = tuple(draw(st.lists(st.sampled_from(ITEMS), max_size=most, unique=True)))
    if not items or (len(items) == 1 and draw(st.booleans())):
        return items, ()
    mark = draw(st.sampled_from(MARKS))
    return items, tuple(mark(number) for number in range(1, len(items) + 1))


@st.composite
def _money(draw: st.DrawFn, purpose: Purpose) -> dict[str, Any] | None:
    columns = {
        Purpose.DECLARATION: ("budget",),
        Purpose.SELF_EVALUATION: ("initial", "budget", "executed", "rate", "points", "score"),
        Purpose.MONITORING: ("initial", "executed", "rate", "expected"),
    }[purpose]
    if draw(st.booleans()):
        return None
    names = ("年度资金总额", "本年财政拨款", "上年结转资金", "其他资金")[: draw(st.integers(1, 4))]
    rows = [{"name": name, **{column: draw(st.none() | amounts()) for column in columns}} for name in names]
    rows[0]["budget" if "budget" in columns else "initial"] = draw(amounts())
    return {"unit": draw(st.sampled_from(("万元", "元"))), "rows": tuple(rows)}


@st.composite
def printed_forms(draw: st.DrawFn) -> Form:
    """A form in the shape in which a reader returns it from an official document."""
    kind, purpose = draw(st.sampled_from(Kind)), draw(st.sampled_from(Purpose))
    months = draw(st.sampled_from(("1-7", "1-6", "1-9"))) if purpose is Purpose.MONITORING else None
    duties, duty_marks = draw(_items()) if kind is Kind.DEPARTMENT else ((), ())
    goals, goal_marks = draw(_items())
    declared = purpose is Purpose.DECLARATION
    reported = not declared
    form = {
        "points_in": draw(st.sampled_from(("column", "remark"))) if declared else "column",
        "columns": draw(
            st.sets(
                st.sampled_from(
                    ("basis", "evidence", "midterm")
                    if declared
                    else ("actual", "score", "reason")
                    if purpose is Purpose.SELF_EVALUATION
                    else ("actual", "forecast", "likelihood", "reason")
                )
            )
        ),
    }
    indicators: list[Indicator] = []
    tree = draw(st.sampled_from(TREES))
    levelled = draw(st.sampled_from((True, True, True, False)))
    for level1, seconds in tree:
        for level2 in seconds:
            for _ in range(draw(st.integers(0 if indicators else 1, 2))):
                levels = {"level1": level1, "level2": level2} if levelled else {}
                indicators.append(Indicator.model_validate({**levels, **draw(_indicator(form))}))
    midterm_goals = draw(_items(3))[0] if declared and kind is Kind.PROJECT and goals else ()
    tasks = (
        draw(st.lists(st.sampled_from(("森林防火", "国土变更调查", "确权登记")), unique=True, max_size=3))
        if declared and kind is Kind.DEPARTMENT
        else []
    )
    points = sum((row.points for row in indicators if row.points and row.points_in == "column"), Decimal(0))
    scores = sum((row.score for row in indicators if row.score), Decimal(0))
    signoff = {
        "preparer": draw(st.none() | st.just("张三")),
        "head": draw(st.none() | st.just("李四")),
        "phone": draw(st.none() | st.sampled_from(("0734-8812345", "13800138000"))),
        "date": draw(st.none() | st.sampled_from(("2023年3月10日", "2023-03-10"))),
    }
    data: dict[str, Any] = {
        "title": draw(st.sampled_from(TITLES[kind, purpose])),
        "kind": kind,
        "purpose": purpose,
        "organisation": draw(st.sampled_from(ORGANISATIONS)),
        "supervisor": draw(st.none() | st.just("衡阳市人民政府")) if kind is Kind.PROJECT else None,
        "project": draw(st.sampled_from(PROJECTS) | pieced()) if kind is Kind.PROJECT else None,
        "fiscal_year": draw(st.integers(2015, 2030)),
        "months": months,
        "codes": {
            "region": draw(st.none() | st.just("430400000")),
            "department": draw(st.none() | st.just("406001")),
            "project": draw(st.none() | st.just("430400230000000012345")) if kind is Kind.PROJECT else None,
        },
        "duties": duties,
        "duty_marks": duty_marks,
        "goals": goals,
        "goal_marks": goal_marks,
        "midterm_goals": midterm_goals,
        "achieved": draw(st.none() | st.just("全年完成核查60家，群众满意度98%。"))
        if reported and goals
        else None,
        "tasks": tuple(
            {
                "name": name,
                "content": draw(st.none() | st.sampled_from(EXPLANATIONS[:3]) | pieced()),
                "amount": draw(amounts()),
                "fiscal": draw(st.none() | amounts()),
                "other": draw(st.none() | amounts()),
            }
            for name in tasks
        ),
        "money": draw(_money(purpose)),
        "indicators": tuple(indicators),
        "totals": (
            {"points": points, "score": scores, "grade": draw(st.none() | st.sampled_from(("优", "良")))}
            if purpose is Purpose.SELF_EVALUATION and draw(st.booleans())
            else None
        ),
        "signoff": signoff if any(signoff.values()) else None,
    }
    return Form.model_validate(data)
