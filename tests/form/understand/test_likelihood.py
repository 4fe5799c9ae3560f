"""完成目标可能性 of monitoring tables: a word, or a mark below one of three heads."""

from tests.form.understand.inline import form, left

WORDS = """
    项目支出绩效目标运行监控表
    （2023年度）
    项目名称 | 村道养护 | | | |
    一级指标 | 二级指标 | 三级指标 | 年度指标值 | 1-7月执行情况 | 完成目标可能性
    产出指标 | 数量指标 | 养护里程 | ≥30公里 | 18 | 确定能
    产出指标 | 质量指标 | 合格率 | 100% | 97% | 可能
    产出指标 | 成本指标 | 养护单价 | ≤2万元 | 2.3 | 完全不可能
    效益指标 | 社会效益指标 | 受益人口 | ≥900人 | 600 | 看年底
    效益指标 | 社会效益指标 | 受益村数 | ≥9个 | 6 | /
    """

MARKS = """
    项目支出绩效目标运行监控表
    （2023年度）
    项目名称 | 村道养护 | | | | | |
    一级指标 | 二级指标 | 三级指标 | 年度指标值 | 1-7月执行情况 | 确定能 | 有可能 | 完全不可能
    产出指标 | 数量指标 | 养护里程 | ≥30公里 | 18 | √ | |
    产出指标 | 质量指标 | 合格率 | 100% | 97% | | √ |
    产出指标 | 成本指标 | 养护单价 | ≤2万元 | 2.3 | | | √
    效益指标 | 社会效益指标 | 受益人口 | ≥900人 | 600 | √ | √ |
    """


def test_words() -> None:
    rows = form(WORDS).indicators
    assert [row.likelihood for row in rows] == ["确定能", "有可能", "完全不可能", None, None]
    assert left(WORDS) == ["看年底"]


def test_marks() -> None:
    rows = form(MARKS).indicators
    assert [row.likelihood for row in rows] == ["确定能", "有可能", "完全不可能", None]
    assert left(MARKS) == ["√", "√"]
