"""Blocks of a form that follow each other: the whole term and the year, notes, a second form."""

from tests.form.understand.inline import form, left, reading

TERM_AND_YEAR = """
    项目支出绩效目标表
    （2022年度）
    项目名称 | 村道养护 | | 项目单位 | 某镇人民政府 |
    项目长期绩效目标 | 路况良好。 | | | |
    项目年度绩效目标 | 完成养护。 | | | |
    项目长期绩效指标 | 一级指标 | 二级指标 | 指标内容 | 指标值 | 备注
    | 产出指标 | 数量指标 | 养护里程 | ≥90公里 |
    项目年度绩效指标 | 一级指标 | 二级指标 | 指标内容 | 指标值 | 备注
    | 产出指标 | 数量指标 | 养护里程 | ≥30公里 |
    | | 质量指标 | 合格率 | 100% |
    """


def test_the_block_of_the_whole_term_is_not_the_year() -> None:
    rows = form(TERM_AND_YEAR).indicators
    assert [(row.name, row.target) for row in rows] == [("养护里程", "30"), ("合格率", "100")]
    assert "≥90公里" in left(TERM_AND_YEAR)


def test_a_label_above_the_table_says_which_term() -> None:
    text = """
    某局部门整体绩效目标表

    部门名称 | 某县林业局 | |
    年度绩效目标 | 完成造林。 | |

    中期绩效指标

    一级指标 | 二级指标 | 三级指标 | 指标值
    产出指标 | 数量指标 | 造林面积 | ≥9亩

    年度绩效指标

    一级指标 | 二级指标 | 三级指标 | 指标值
    产出指标 | 数量指标 | 造林面积 | ≥3亩
    """
    assert [row.target for row in form(text).indicators] == ["3"]


def test_lines_in_the_side_column_end_the_table() -> None:
    one = """
    绩效指标 | 一级指标 | 二级指标 | 三级指标 | 指标值
    | 产出指标 | 数量指标 | 造林面积 | ≥9亩
    | | 质量指标 | 成活率 | ≥85%
    注：本表由项目单位填报。 | | | |
    """
    head = """
    {year}年项目支出绩效目标表 | | | |
    项目名称 | {name} | | |
    项目单位 | 某县林业局 | | |
    年度绩效目标 | 完成造林。 | | |
    """
    text = "".join(
        head.format(year=year, name=name).rstrip() + one for year, name in ((2021, "甲"), (2022, "乙"))
    )
    forms = [read.form for read in reading(text).forms]
    assert [(read.project, read.fiscal_year, len(read.indicators)) for read in forms] == [
        ("甲", 2021, 2),
        ("乙", 2022, 2),
    ]


def test_goals_within_a_larger_block() -> None:
    text = """
    部门预算项目支出绩效自评表（2021年度）
    项目名称 | 村道养护 | | 实施单位 | 某镇人民政府
    项目基本情况 | 1.项目年度目标完成情况 | 项目年度目标 | 年度目标完成情况 |
    | | 一、修路；二、架桥。 | 全部完成。 |
    | 2.项目实施内容及过程概述 | 按方案实施。 | |
    一级指标 | 二级指标 | 三级指标 | 指标值 | 完成值
    产出指标 | 数量指标 | 养护里程 | ≥30公里 | 31
    """
    assert form(text).goals == ("修路；", "架桥。")
    assert form(text).achieved == "全部完成。"


def test_a_list_of_indicators_to_choose_from_is_no_form() -> None:
    text = """
    预算绩效共性指标库
    一级指标 | 二级指标 | 三级指标 | 指标解释 | 适用范围
    产出指标 | 数量指标 | 培训人次 | 反映培训规模 | 培训类
    产出指标 | 质量指标 | 合格率 | 反映工程质量 | 工程类
    """
    assert not reading(text).forms


def test_a_title_over_two_lines() -> None:
    text = """
    永川区文化遗产保护中心2023年度项目支出绩效自
    评表

    项目名称 | 免费开放 | | |
    一级指标 | 二级指标 | 三级指标 | 指标值 | 实际完成值
    产出指标 | 数量指标 | 开放天数 | ≥305天 | 310
    """
    read = form(text)
    assert read.title == "永川区文化遗产保护中心2023年度项目支出绩效自评表"
    assert read.fiscal_year == 2023


def test_parents_over_the_middle_of_their_halves() -> None:
    text = """
    项目支出绩效目标申报表
    项目名称 | 免费开放 | | | | | | |
    一级指标 | 二级指标 | 三级指标 | | 实施期指标值 | | | 年度指标值 |
    | | | 指标方向 | 指标值 | 计量单位 | 指标方向 | 指标值 | 计量单位
    产出指标 | 数量指标 | 开放天数 | ≥ | 900 | 天 | ≥ | 305 | 天
    | | 展览个数 | ≥ | 6 | 个 | | |
    """
    (row,) = form(text).indicators
    assert (row.name, row.target, row.midterm and row.midterm.target) == ("开放天数", "305", "900")


def test_the_head_of_a_report_is_no_year() -> None:
    text = """
    2023年度部门决算公开
    部门整体绩效目标申报表
    部门名称 | 某县林业局 | 申报年度 | 2021年
    一级指标 | 二级指标 | 三级指标 | 指标值
    产出指标 | 数量指标 | 造林面积 | ≥9亩
    """
    assert form(text).fiscal_year == 2021


def test_the_department_above_is_not_the_organisation_left_blank() -> None:
    text = """
    项目支出绩效目标申报表
    项目名称 | 造林 | | |
    省级主管部门 | 某省林业局 | 资金使用单位 |
    一级指标 | 二级指标 | 三级指标 | 指标值
    产出指标 | 数量指标 | 造林面积 | ≥9亩
    """
    assert form(text).organisation is None


def test_a_field_that_is_not_known_stands_before_one_that_is() -> None:
    text = """
    区域绩效目标表
    专项名称 | 造林 | | |
    市级财政部门 | 某市财政局 | 市级主管部门 | 某市林业局
    年度目标 | 完成造林。 | | |
    一级指标 | 二级指标 | 三级指标 | 指标值
    产出指标 | 数量指标 | 造林面积 | ≥9亩
    """
    assert form(text).organisation == "某市林业局"


def test_a_name_of_money_may_be_an_indicator() -> None:
    text = """
    部门整体绩效自评表
    部门名称 | 某县水利局 | | |
    指标名称 | 计量单位 | 指标性质 | 指标值
    水库数量 | 座 | ≥ | 18
    项目总投资 | 万元 | ≤ | 268
    受益人口 | 人 | ≥ | 15600
    """
    assert [row.name for row in form(text).indicators] == ["水库数量", "项目总投资", "受益人口"]


def test_what_offices_say_below_the_table_is_no_indicator() -> None:
    text = """
    项目支出绩效目标表
    （2022年度）
    项目名称 | 村道养护 | | |
    一级指标 | 二级指标 | 三级指标 | 指标值 | 分值
    产出指标 | 数量指标 | 养护里程 | ≥30公里 | 50
    主管部门审核意见 | | 同意上报。 | 签章 |
    财政部门审核意见 | | 指标较为细化，予以通过。 | 日期 | 2021年9月
    """
    assert [row.name for row in form(text).indicators] == ["养护里程"]
    assert "同意上报。" in left(text)


def test_a_table_for_each_level_1_under_its_heading() -> None:
    text = """
        项目支出绩效目标表
        （2023年度）
        项目名称 | 路灯维护 | | |
        一、产出指标
        二级指标 | 三级指标 | 指标值 | 分值
        数量指标 | 维护盏数 | ≥5260盏 | 60
        二、满意度指标
        二级指标 | 三级指标 | 指标值 | 分值
        服务对象满意度指标 | 居民满意度 | ≥90% | 40
        """
    assert [(row.level1, row.level2) for row in form(text).indicators] == [
        ("产出指标", "数量指标"),
        ("满意度指标", "服务对象满意度指标"),
    ]
