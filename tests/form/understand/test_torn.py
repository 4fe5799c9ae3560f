"""Texts of PDFs whose cells are out of order: nothing may be read of them that is not printed so."""

import pytest

from hengliang.form.understand.prose import SIDE_BY_SIDE, TORN_TEXT
from hengliang.form.understand.torn import TORN, TORN_ROW, is_piece
from tests.form.understand.inline import form, left, reading

HEAD = """
    项目支出绩效目标申报表
    （2022年度）
    项目名称 农村公路养护
    实施单位 某县公路养护中心
    年度总体目标 1.完成养护100公里。2.路况良好。
    """

RAW_ORDER = """
    一级指标 二级指标 三级指标 年度指标值 实际完成值 分值 得分 偏差原因
    产出指标 数量指标
    指标1：全年免费开
    放天数
    不少于300天 300天 10.5 10.5 统计口径调整
    质量指标 指标1：演出质量 群众认可
    部分达成
    预期指标
    14 12.6
    成本指标
    指标1：每场演出补
    助标准
    5000元以下 4500元 10.5 10.5
    """

MIDDLE_OF_CELLS = """
    指标名称 计量单位 指标性质 指标值 分值 得分 说明
    食品安全 达到目标 统计口径
    批次 ≥ 2640 10.5 9.97
    抽检批次 值 调整
    兑现专利
    件 ≥ 126 14 12.6
    奖补件数
    药品抽检
    批 = 90 7 7
    数
    """

UPRIGHT_SIDE = """
    一级指标 二级指标 三级指标 指标值
    新认定高新技术企业数 >=20家
    数量指标 承载业务系统数 ＝86个
    年
    度 产出指标 项目结题验收通过率 >=90%
    绩 云平台可用率 ≥99.9百分比
    效 时效指标 奖励资金兑现时间 2023年9月30日
    指 成本指标 单个项目补助额度 30万元
    """

BROKEN_HEAD = """
    年度 实际
    一级指标 二级指标 三级指标 分值 得分
    指标值 完成值
    产出指标 数量指标 养护里程 100公里 100公里 10 10
    传统文化传
    响指标 承影响力 持续增强 14 14
    作推迟
    """

COLUMN_BY_COLUMN = """
    一级指标
    产出指标

    效益指标

    二级指标
    三级指标
    年度指标值
    备注
    数量指标
    新建高标准农田
    2500
    面积（≥**亩）
    开展技术培训场
    12
    次（≥场次）
    质量指标
    项目验收合格率
    100%
    （%）
    """


@pytest.mark.parametrize("table", [RAW_ORDER, MIDDLE_OF_CELLS, UPRIGHT_SIDE, BROKEN_HEAD, COLUMN_BY_COLUMN])
def test_no_row_of_a_torn_table(table: str) -> None:
    read = reading(HEAD + table)
    assert [row.name for one in read.forms for row in one.form.indicators] == []
    assert [one.form.goals for one in read.forms] == [("完成养护100公里。", "路况良好。")]
    assert TORN in [one.reason for one in read.not_understood]


def test_reason_stays_where_there_is_no_form() -> None:
    read = reading(RAW_ORDER)
    assert read.forms == ()
    assert TORN in [one.reason for one in read.not_understood]


WHOLE = """
    一级指标 二级指标 三级指标 指标值类型 指标值 计量单位 分值
    产出指标 数量指标 养护里程 ≥ 100 公里 20
    危桥改造座数 ≥ 6 座 20
    质量指标 验收合格率 ≥ 95 % 10
    {row}
    效益指标 社会效益指标 受益人口数 ≥ 2000 人 20
    满意度指标 公众满意度 公众满意度 ≥ 90 % 10
    """


@pytest.mark.parametrize(
    "row",
    [
        "时效指标 数量指标 ≥ 12 月 10",
        "）完工及时率 ≥ 95 % 10",
        "完工及时率（不含 ≥ 95 % 10",
        "服务对象满意度指 ≥ 95 % 10",
        "完工及时率 ≥ 95 %",
    ],
)
def test_a_doubtful_row_among_whole_ones(row: str) -> None:
    text = HEAD + WHOLE.format(row=row)
    names = [one.name for one in form(text).indicators]
    assert names == ["养护里程", "危桥改造座数", "验收合格率", "受益人口数", "公众满意度"]
    assert left(text) == [row]
    assert reading(text).not_understood[0].reason == TORN_ROW


def test_value_of_two_cells() -> None:
    text = """
    一级指标 二级指标 三级指标 年度指标值
    产出指标 数量指标 养护里程 100公里
    引进高层次人才数 大于等于 8名
    危桥改造座数 6座 8座
    质量指标 验收合格率 95%
    时效指标 完工时间 2022年 12月
    """
    read = form(HEAD + text)
    assert [one.name for one in read.indicators] == ["养护里程", "验收合格率", "完工时间"]
    assert left(HEAD + text) == ["引进高层次人才数 大于等于 8名", "危桥改造座数 6座 8座"]


@pytest.mark.parametrize("name", ["演出场次（含", "下乡）场次", "，送戏下乡", "数量指"])
def test_names_that_are_pieces(name: str) -> None:
    assert is_piece(name)


@pytest.mark.parametrize("name", ["储量动态监管（储量…", "公众满意度", "1：500地形图更新"])
def test_names_that_are_whole(name: str) -> None:
    assert not is_piece(name)


TEXTS = """
    项目支出绩效自评表
    项目名称 农村公路养护
    {text}
    一级指标 二级指标 三级指标 年度指标值
    产出指标 数量指标 养护里程 100公里
    """


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("年初设定目标 全年实际完成情况\n完成养护100公里，路况良好。 已完成。", SIDE_BY_SIDE),
        ("年度总体目标 （2）改造危桥6座。\n（3）群众满意。", TORN_TEXT),
        ("（1）完成养护100公里。\n年度总体目标 改造危桥6座。", TORN_TEXT),
        ("年度总体目标\n完成养护100公里。\n产出 养护 100 100 6.5 6.17", TORN_TEXT),
        ("年度总体目标 ，路况良好。", TORN_TEXT),
    ],
)
def test_no_goals_of_a_torn_text(text: str, reason: object) -> None:
    whole = TEXTS.format(text=text.replace("\n", "\n    "))
    assert form(whole).goals == ()
    assert reason in [one.reason for one in reading(whole).not_understood]
