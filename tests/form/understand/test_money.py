"""The money block, in the shapes it has besides the usual one."""

from decimal import Decimal

from hengliang.form.model import MoneyRow
from tests.form.understand.inline import form

HEAD = """
    项目支出绩效自评表
    （2022年度）
    项目名称 | 村道养护 | | | 项目单位 | 某镇人民政府 | | |
    """
TABLE = """
    一级指标 | 二级指标 | 三级指标 | 指标值 | 完成值 | 分值 | 得分 | |
    产出指标 | 数量指标 | 养护里程 | ≥30公里 | 31 | 90 | 90 | |
    """


def rows(block: str) -> tuple[MoneyRow, ...]:
    money = form(HEAD.rstrip() + block.rstrip() + TABLE).money
    return money.rows if money else ()


def test_a_head_over_the_names_is_no_column_of_amounts() -> None:
    found = rows(
        """
    预算执行情况（10分） | 年度预算数（万元） | | 年初预算 | 调整后预算数 | 预算执行数 | 执行率 | 权重 | 得分
    | 总额 | | 10 | 12 | 6 | 50% | 10 | 5
    | 其中：财政资金 | | 10 | 12 | 6 | 50% | / | /
    | 单位资金 | | | | | | / | /
    """
    )
    assert [(row.name, row.initial, row.budget, row.executed, row.points) for row in found] == [
        ("总额", 10, 12, 6, 10),
        ("财政资金", 10, 12, 6, None),
        ("单位资金", None, None, None, None),
    ]


def test_words_below_the_heads_are_no_line_of_money() -> None:
    found = rows(
        """
    资金投入情况（万元） | | 全年预算数 | 全年执行数 | 执行率
    | 年度资金总额 | 10 | 5 | 50%
    | 地方资金 | | |
    资金管理情况 | | 情况说明 | 存在问题和改进措施 |
    | 分配科学性 | 按规定执行 | 无 |
    """
    )
    assert [row.name for row in found] == ["年度资金总额", "地方资金"]


def test_blank_lines_stay_on_their_side() -> None:
    found = rows(
        """
    项目资金（万元） | 中期资金总额： | | 30 | 年度资金总额： | 10 | | |
    | 其中：财政拨款 | | 30 | 其中：财政拨款 | 10 | | |
    | 其他资金 | | | 其他资金 | | | |
    """
    )
    assert [(row.name, row.budget) for row in found] == [
        ("年度资金总额", 10),
        ("财政拨款", 10),
        ("其他资金", None),
    ]


def test_an_amount_beside_another_field() -> None:
    text = HEAD.replace("（2022年度）", "") + TABLE
    text = text.replace("    一级", "    预算金额（万元） | 24.5 | | 预算年度 | 2024 | | | |\n    一级", 1)
    read = form(text)
    assert read.fiscal_year == 2024
    assert read.money is not None
    assert read.money.unit == "万元"
    assert [row.budget for row in read.money.rows] == [Decimal("24.5")]


def test_lines_of_names_and_amounts() -> None:
    read = form(
        """
    2021年项目支出绩效目标表
    项目名称 防汛物资
    单位名称 某县应急管理局
    年度资金（万元） 年度资金总额 18.6
    其中：财政拨款 18.6
    其他资金 0.00
    年度总体目标 物资齐备。
    一级指标 二级指标 三级指标 指标值 单位
    产出指标 数量指标 物资件数 ≥200 件
    """
    )
    assert read.money is not None
    assert [(row.name, row.budget) for row in read.money.rows] == [
        ("年度资金总额", Decimal("18.6")),
        ("财政拨款", Decimal("18.6")),
        ("其他资金", Decimal("0.00")),
    ]
    assert read.goals == ("物资齐备。",)


def test_a_line_with_one_of_two_amounts_is_left() -> None:
    read = form(
        """
    2021年项目支出绩效目标表
    项目名称 防汛物资
    单位名称 某县应急管理局
    项目资金（万元） 中期资金总额： 30 年度资金总额： 10
    其他资金 5
    年度总体目标 物资齐备。
    一级指标 二级指标 三级指标 指标值 单位
    产出指标 数量指标 物资件数 ≥200 件
    """
    )
    assert read.money is not None
    assert [(row.name, row.budget) for row in read.money.rows] == [("年度资金总额", 10)]


def test_one_row_of_names_and_amounts() -> None:
    found = rows(
        """
    年度资金总额（万元） | 10 | 其中：财政拨款 | 6 | 其他资金 | 4 | | |
    """
    )
    assert [(row.name, row.budget) for row in found] == [
        ("年度资金总额", 10),
        ("财政拨款", 6),
        ("其他资金", 4),
    ]
