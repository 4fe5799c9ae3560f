"""A file of actual values is read whole, in every container, and nothing of it is dropped."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import Workbook

from hengliang.form.actuals import read_actuals
from hengliang.form.errors import Damaged, UnknownFormat, Unreachable, UnreadableFile
from hengliang.form.stated import Stated

HEAD = ["序号", "三级指标", "实际完成值", "计量单位", "不适用", "说明"]
ROWS = [
    ["1", "核查家数", "57", "家", "", "核查台账"],
    ["2", "验收合格率", "98%", "", "", ""],
    ["3", "系统迁移", "", "", "是", "推迟到下一年"],
]


def _csv(folder: Path, rows: list[list[str]]) -> Path:
    path = folder / "actuals.csv"
    path.write_text("\n".join(",".join(row) for row in rows), encoding="gb18030")
    return path


def _xlsx(folder: Path, rows: list[list[str]]) -> Path:
    path = folder / "actuals.xlsx"
    book = Workbook()
    assert book.active is not None
    for row in rows:
        book.active.append([cell or None for cell in row])
    book.save(path)
    return path


@pytest.mark.parametrize("write", [_csv, _xlsx])
def test_a_table_says_the_same_in_every_container(
    write: Callable[[Path, list[list[str]]], Path], tmp_path: Path
) -> None:
    stated = read_actuals(write(tmp_path, [HEAD, *ROWS]))
    assert [(row.number, row.name, row.actual, row.unit) for row in stated.rows] == [
        (1, "核查家数", "57", "家"),
        (2, "验收合格率", "98%", None),
        (3, "系统迁移", None, None),
    ]
    assert [row.applicable for row in stated.rows] == [True, True, False]
    assert stated.rows[0].note == "核查台账"
    assert not stated.not_used
    assert stated.used == sum(bool(cell) for row in [HEAD, *ROWS] for cell in row)


def test_a_percentage_of_a_workbook_is_what_people_see(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["指标名称", "实际值"])
    sheet.append(["合格率", 0.985])
    sheet["B2"].number_format = "0.0%"
    book.save(tmp_path / "a.xlsx")
    assert read_actuals(tmp_path / "a.xlsx").rows[0].actual == "98.5%"


def test_further_columns_and_fact_rows_are_facts(tmp_path: Path) -> None:
    rows = [
        ["序号", "指标", "补充事实", "实际完成值", "事故起数"],
        ["1", "巡查", "", "100%", "0"],
        ["1", "巡查", "是否整改", "是", ""],
        ["2", "核查", "缺项", "2", ""],
    ]
    stated = read_actuals(_csv(tmp_path, rows))
    assert [(row.actual, dict(row.facts)) for row in stated.rows] == [
        ("100%", {"事故起数": "0", "是否整改": "是"}),
        (None, {"缺项": "2"}),
    ]


def test_the_same_fact_with_two_values_stays_apart(tmp_path: Path) -> None:
    rows = [["序号", "补充事实", "实际完成值"], ["1", "缺项", "2"], ["1", "缺项", "3"]]
    assert [dict(row.facts) for row in read_actuals(_csv(tmp_path, rows)).rows] == [
        {"缺项": "2"},
        {"缺项": "3"},
    ]


def test_what_is_not_used_is_listed_with_its_place(tmp_path: Path) -> None:
    rows = [
        ["某局2023年完成情况", "", "", "", ""],
        ["序号", "指标", "实际完成值", "不适用", ""],
        ["甲", "核查", "57", "也许", "旁注"],
        ["", "", "12", "", ""],
    ]
    stated = read_actuals(_csv(tmp_path, rows))
    assert len(stated.rows) == 1
    assert [(cell.text, cell.place.within) for cell in stated.not_used] == [
        ("某局2023年完成情况", "t1!A1"),
        ("也许", "t1!D3"),
        ("甲", "t1!A3"),
        ("旁注", "t1!E3"),
        ("12", "t1!C4"),
    ]
    assert all(cell.reason.say("zh_Hans") != cell.reason.say("en") for cell in stated.not_used)


def test_a_self_evaluation_form_is_a_file_of_actual_values(tmp_path: Path) -> None:
    path = tmp_path / "self.md"
    path.write_text(
        "项目支出绩效自评表\n\n| 项目名称 | 设备更新 |\n|---|---|\n\n"
        "| 一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分 |\n"
        "|---|---|---|---|---|---|---|\n"
        "| 产出指标 | 数量指标 | 设备台数 | ≥10台 | 9台 | 10 | 9 |\n"
        "| 产出指标 | 质量指标 | 合格率 | ≥95% | 97% | 10 | 10 |\n",
        encoding="utf-8",
    )
    stated = read_actuals(path)
    assert stated.is_form
    assert [(row.name, row.actual, row.unit, row.level2) for row in stated.rows] == [
        ("设备台数", "9", "台", "数量指标"),
        ("合格率", "97", "%", "质量指标"),
    ]


def _read(folder: Path, data: object) -> Stated:
    path = folder / "a.json"
    path.write_text(json.dumps(data), encoding="utf-8")
    return read_actuals(path)


def test_json_keeps_figures_as_they_are_written(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text('{"actuals": [{"index": 3, "actual": 98.50}, {"name": "甲", "facts": {"缺项": 2}}]}')
    rows = read_actuals(path).rows
    assert (rows[0].number, rows[0].actual) == (3, "98.50")
    assert (rows[1].name, dict(rows[1].facts)) == ("甲", {"缺项": "2"})


@pytest.mark.parametrize(
    ("data", "path"),
    [
        ({"values": []}, "/"),
        ([1], "[0]"),
        ([{"actual": "1"}], "[0]"),
        ([{"name": "甲", "value": "1"}], "[0]/value"),
        ([{"name": "甲", "actual": []}], "[0]/actual"),
        ([{"name": "甲", "facts": ["1"]}], "[0]/facts"),
        ([{"name": "甲", "applicable": "no"}], "[0]/applicable"),
        ([{"index": 0}], "[0]/index"),
    ],
)
def test_json_that_says_something_else_is_refused_with_its_path(
    data: object, path: str, tmp_path: Path
) -> None:
    with pytest.raises(Damaged) as raised:
        _read(tmp_path, data)
    assert str(raised.value.reason).startswith(f"{path}: ")


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("a.csv", "单位,金额\n甲,1\n", UnknownFormat),
        ("a.json", "{", Damaged),
        ("none.json", None, Unreachable),
        ("none.csv", None, Unreachable),
    ],
)
def test_a_file_without_actual_values_says_so(
    name: str, content: str | None, kind: type[UnreadableFile], tmp_path: Path
) -> None:
    if content is not None:
        (tmp_path / name).write_text(content)
    with pytest.raises(kind):
        read_actuals(tmp_path / name)
