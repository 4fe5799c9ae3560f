"""Tables of a text whose columns are held together by blanks."""

from decimal import Decimal
from pathlib import Path

from hengliang.form.read import read_document
from hengliang.form.source import Reading

COLUMNS = (0, 9, 20, 32, 44, 56, 62, 70)


def _line(*cells: str) -> str:
    """A line with its cells at their columns, counted in characters as the programs do."""
    line = ""
    for column, cell in zip(COLUMNS, cells, strict=False):
        line = line.ljust(column) + cell if cell else line
    return line


TITLE = "                    2023年度项目支出绩效自评表"
HEAD = (
    _line("项目名称", "", "某某项目", "", "实施单位", "某县水利局"),
    _line("主管部门", "", "某县人民政府", "", "项目类型", "常年性项目"),
)
NAMES = _line("一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分", "偏差原因分析")
MIDDLE = (
    _line("", "", "维修养护小型", "", "", "", "", "统计口径调"),
    _line("", "数量指标", "", "≥18 座", "18 座", "20", "20"),
    _line("", "", "水库数量", "", "", "", "", "整"),
    _line("产出指标"),
    _line("", "质量指标", "验收合格率", "100%", "98%", "20", "19.5"),
)


def _read(tmp_path: Path, *lines: str) -> Reading:
    path = tmp_path / "form.txt"
    path.write_text("\n".join(lines), encoding="utf-8")
    return read_document(path)


def test_cells_set_in_the_middle_of_their_row_are_put_together(tmp_path: Path) -> None:
    form = _read(tmp_path, TITLE, *HEAD, NAMES, *MIDDLE).forms[0].form
    assert (form.project, form.organisation) == ("某某项目", "某县水利局")
    assert [(row.level1, row.level2, row.name, row.points) for row in form.indicators] == [
        ("产出指标", "数量指标", "维修养护小型水库数量", Decimal(20)),
        ("产出指标", "质量指标", "验收合格率", Decimal(20)),
    ]
    assert [row.reason for row in form.indicators] == ["统计口径调整", None]
    assert [row.score for row in form.indicators] == [Decimal(20), Decimal("19.5")]


def test_pieces_that_belong_to_no_row_are_listed(tmp_path: Path) -> None:
    reading = _read(tmp_path, TITLE, *HEAD, NAMES, *MIDDLE, _line("", "", "剩余的一段"))
    assert any("剩余的一段" in left.text for left in reading.not_understood)
    assert all("剩余" not in row.name for row in reading.forms[0].form.indicators)


def test_a_page_may_set_its_columns_elsewhere(tmp_path: Path) -> None:
    page = ("\f" + " " * 8 + "服务对象满", " " * 8 + "意度指标   群众满意度    ≥90%    92%    10  10")
    text = (TITLE, *HEAD, NAMES, *MIDDLE, *page)
    form = _read(tmp_path, *text).forms[0].form
    assert form.indicators[0].name == "维修养护小型水库数量"
    assert all(row.name in ("维修养护小型水库数量", "验收合格率", "群众满意度") for row in form.indicators)


def test_texts_side_by_side_do_not_run_into_each_other(tmp_path: Path) -> None:
    reading = _read(
        tmp_path,
        TITLE,
        *HEAD,
        "年度总体目标",
        "1.完成公路养护三百公里，路况良          1.全年完成养护二百九十公里。",
        "好。                    2.其余按期推进。",
        NAMES,
        *MIDDLE,
    )
    (read,) = reading.forms
    assert len(read.form.indicators) == 2
    assert all("全年完成" not in goal for goal in read.form.goals)


BESIDE = """
                       项目支出绩效目标表

                         （2021 年度）

填报单位（盖章）：贵池区梅街镇人民政府

项目名称     村级组织运转经费                    项目属性       延续
主管部门     贵池区财政局             主管部门编码 323
项目单位     贵池区梅街镇人民政府         项目负责人    周某
联系电话     0736-6612345       项目起止时间 2021 年 1 月至 2021 年 12 月
         资金总额                        156.46
项目资金     财政拨款                        156.46
（万元）     自有资金
         其他
项目概况     项目立项背景及主要实施内容略。
立项依据     县政府常务会议纪要〔2020〕3 号
进度计划     1 月至 6 月完成前期工作，7 月至 12 月组织实施。
项目长期绩效
         建成长效机制。
目标
项目年度绩效   一、完成农村户厕改造 186 户，人居环境明显改善。
目标       二、保障 12 个村（社区）正常运转，村干部报酬按时发放。
         一级指标      二级指标   指标内容   指标值              备注
                          保障运转村
         产出指标      数量指标          ﹦12 个
                          （社区）个数
项目长期绩效                    购置垃圾桶  ≥460 个
指标                               2022 年 11 月
                   时效指标   项目完工时间
                                 底
                          受益脱贫人口
         效益指标      社会效益指标        236 人以上
                          数
项目年度绩效   一级指标      二级指标   指标内容   指标值              备注
指标                        保障运转村
         产出指标      数量指标          12 个
                          （社区）个数
                          ★补助粮食作
                                 85.5 亩
                          物种植面积
                          购置垃圾桶  不小于 460 个
                   质量指标   户厕改造合格 100％
                          率
\f                          2022 年 11 月
        时效指标     项目完工时间
                          底之前
                 每户改厕补助
        成本指标              2000 元/户
                 标准
                 受益脱贫人口
效益指标    社会效益指标            ≥236 人
                 数
        服务对象满意
满意度指标            脱贫户满意度   ≥95%
        度指标
"""


def test_two_tables_each_with_its_label_beside_its_rows(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(BESIDE, encoding="utf-8")
    (form,) = (read.form for read in read_document(path).forms)
    names = [row.name for row in form.indicators]
    assert len(names) == len(set(names)) == 6
    assert [row.target for row in form.indicators if row.name == "保障运转村（社区）个数"] == ["12"]
