"""Forms copied out with every cell on a line of its own."""

from tests.form.understand.inline import form, left, reading

FORM = """
    2022年度项目支出绩效自评表
    项目名称
    农村公路养护
    实施单位
    某县公路养护中心
    项目资金（万元）
    全年预算数
    全年执行数
    执行率
    年度资金总额：
    40
    30
    75%
    其他资金
    资金管理情况
    总体目标完成情况
    总体目标
    全年实际完成情况
    完成养护100公里，路况良好。
    全部完成
    绩效指标
    一级指标
    二级指标
    三级指标
    指标值
    完成值
    分值
    未完成原因
    产出指标
    数量指标
    养护里程
    ≥100公里
    100
    20
    危桥改造座数
    6座
    5
    20
    资金下达较晚
    质量指标
    合格率
    ≥95%
    98%
    10
    """


def test_head_block() -> None:
    read = form(FORM)
    assert (read.project, read.organisation) == ("农村公路养护", "某县公路养护中心")
    assert read.goals == ("完成养护100公里，路况良好。",)
    assert read.achieved == "全部完成"
    assert read.money is not None
    assert [(row.name, row.budget, row.executed, row.rate) for row in read.money.rows] == [
        ("年度资金总额", 40, 30, 75),
        ("其他资金", None, None, None),
    ]


def test_rows_with_and_without_their_last_cell() -> None:
    rows = form(FORM).indicators
    assert [(row.level2, row.name, row.target, row.points, row.reason) for row in rows] == [
        ("数量指标", "养护里程", "100", 20, None),
        ("数量指标", "危桥改造座数", "6", 20, "资金下达较晚"),
        ("质量指标", "合格率", "95", 10, None),
    ]


def test_amounts_for_the_term_stand_before_those_for_the_year() -> None:
    begin, end = FORM.index("    全年预算数"), FORM.index("    资金管理情况")
    amounts = ["中期资金总额：", "90", "年度资金总额：", "30", "其中：财政拨款", "90", "其中：财政拨款", "30"]
    text = FORM[:begin] + "".join(f"    {line}\n" for line in amounts) + FORM[end:]
    money = form(text).money
    assert money is not None
    assert [(row.name, row.budget) for row in money.rows] == [("年度资金总额", 30), ("财政拨款", 30)]


def test_text_in_the_order_of_its_columns_gives_nothing() -> None:
    """As some programs copy a table: all labels, then all values, each broken where the column ends."""
    text = """
    2020年项目支出绩效目标申报表
    项目名称
    主管部门及代码
    项目资金
    （万元）

    某扶助项目
    316-某区卫生健康
    实施单位
    局
    □新增项目

    绩
    效
    指
    标

    年度资金 323.67
    总额：
    总体目标

    某区妇幼保健院

    不低于
    85%
    """
    assert not reading(text).forms
    assert "某区妇幼保健院" in left(text)


def test_heads_side_by_side_are_no_stacked_head() -> None:
    text = """
    2020年项目绩效目标申报表
    绩效目标：完成年度任务。
    一级指标
    二级指标
    三级指标
    指标值
    绩效指标描 单位
    述
    数量指标
    引进高层次 8
    人才数
    """
    assert not [row for read in reading(text).forms for row in read.form.indicators]


def test_rows_of_a_name_and_a_value() -> None:
    text = """
    2020年项目绩效目标申报表
    项目名称
    某某项目
    年度绩效目标
    完成年度任务，群众满意。
    一级指标
    二级指标
    三级指标
    年度指标值
    备注
    产出指标
    数量指标
    养护里程
    100公里
    桥梁座数
    6座
    质量指标
    合格率
    95%
    """
    read = form(text)
    assert (read.project, read.goals) == ("某某项目", ("完成年度任务，群众满意。",))
    assert [(row.name, row.target) for row in read.indicators] == [
        ("养护里程", "100"),
        ("桥梁座数", "6"),
        ("合格率", "95"),
    ]
