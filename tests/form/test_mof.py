"""Records in the ministry's tables: right columns, keys that stay, and nothing cut off passed on as whole."""

import csv
import json
import re
from decimal import Decimal
from io import BytesIO, StringIO
from typing import Any
from zipfile import ZipFile

import pytest
from hypothesis import HealthCheck, given, settings

from hengliang.form.model import Codes, Form, Indicator, Kind, Money, MoneyRow, Purpose, Target, Totals
from hengliang.form.mof import mapping, table_names, to_files, to_mof, to_zip
from tests.form.strategies import any_forms

ROW = Indicator(
    level1="产出指标",
    level2="数量指标",
    name="绿色矿山核查数量",
    operator="≥",
    target="60",
    unit="家",
    explanation="当年核查的矿山",
    criterion="未完成一家扣0.05分",
    points=Decimal(3),
    points_in="column",
)
DEPARTMENT = Form(
    kind=Kind.DEPARTMENT,
    purpose=Purpose.DECLARATION,
    organisation="衡阳市自然资源和规划局",
    fiscal_year=2023,
    codes=Codes(region="430400000", department="406001"),
    goals=("保障用地。", "保护资源。"),
    goal_marks=("1、", "2、"),
    indicators=(ROW,),
)
PROJECT = Form(
    kind=Kind.PROJECT,
    purpose=Purpose.SELF_EVALUATION,
    organisation="衡阳市自然资源和规划局",
    project="城市设计",
    fiscal_year=2023,
    codes=Codes(region="430400000", department="406001", project="430400230000000012345"),
    goals=("完成设计。",),
    achieved="已完成。",
    money=Money(
        unit="万元",
        rows=(
            MoneyRow(
                name="年度资金总额", initial=Decimal("90"), executed=Decimal("89.974"), rate=Decimal("99.97")
            ),
        ),
    ),
    indicators=(ROW.model_copy(update={"actual": "57", "score": Decimal("2.85"), "reason": "延期"}),),
    totals=Totals(score=Decimal("97.3")),
)


def changed(form: Form, **fields: Any) -> Form:
    return form.model_copy(update={"indicators": (form.indicators[0].model_copy(update=fields),)})


def test_a_department_fills_its_two_tables() -> None:
    document = to_mof(DEPARTMENT)
    assert document["complete"] is True
    assert list(document["tables"]) == ["BGT_PERF_GOAL_INFO", "BGT_PERF_INDICATOR"]
    (goal,) = document["tables"]["BGT_PERF_GOAL_INFO"]
    assert goal["kpi_target"] == "1、保障用地。\n2、保护资源。"
    assert (goal["mof_div_code"], goal["dept_code"], goal["fiscal_year"]) == ("430400000", "406001", "2023")
    (row,) = document["tables"]["BGT_PERF_INDICATOR"]
    assert {name: row[name] for name in row if name != "kpi_id"} == {
        "mof_div_code": "430400000",
        "fiscal_year": "2023",
        "dept_code": "406001",
        "kpi_lv1": "产出指标",
        "kpi_lv2": "数量指标",
        "kpi_lv3": "绿色矿山核查数量",
        "kpi_content": "当年核查的矿山",
        "kpi_evalstd": "未完成一家扣0.05分",
        "kpi_val": "60",
        "kpi_remark": None,
        "computesign": "1",
        "meterunit": "家",
        "weight": "3",
        "ordernum": 1,
        "is_deleted": 2,
    }


@pytest.mark.parametrize(
    ("sign", "code"),
    [("≥", "1"), (">", "2"), ("=", "3"), ("<", "4"), ("≤", "5"), ("定性", "6"), (None, None)],
)
def test_signs_have_the_codes_of_the_standard(sign: str | None, code: str | None) -> None:
    (row,) = to_mof(changed(DEPARTMENT, operator=sign))["tables"]["BGT_PERF_INDICATOR"]
    assert row["computesign"] == code


def test_a_self_evaluation_fills_the_project_tables_and_its_own() -> None:
    tables = to_mof(PROJECT)["tables"]
    assert list(tables) == [
        "PM_PERF_GOAL_INFO",
        "PM_PERF_INDICATOR",
        "PM_PERF_SELF_EVAL",
        "PM_SELF_EVAL_GOAL",
        "PM_SELF_EVAL_INDICATOR",
        "PM_PERF_SELF_BGT",
    ]
    (row,) = tables["PM_SELF_EVAL_INDICATOR"]
    assert row["kpi_id"] == tables["PM_PERF_INDICATOR"][0]["kpi_id"]
    assert row["eval_id"] == tables["PM_PERF_SELF_EVAL"][0]["eval_id"]
    assert (row["kpi_val"], row["ind_comp"], row["ind_weight"], row["eval_score"]) == (
        "≥60家",
        "57",
        "3",
        "2.85",
    )
    assert tables["PM_SELF_EVAL_GOAL"][0]["goal_comp"] == "已完成。"
    assert tables["PM_PERF_SELF_EVAL"][0]["total_eval_value"] == "97.3"
    (money,) = tables["PM_PERF_SELF_BGT"]
    assert (money["reply_amt"], money["year_exe_amt"]) == ("900000", "899740")
    assert (money["year_adj_amt"], money["exe_amt_rate"]) == (None, "99.97")


def test_a_whole_term_target_is_a_record_of_its_own() -> None:
    form = changed(PROJECT, midterm=Target(operator="≥", target="180", unit="家"))
    year, term = to_mof(form)["tables"]["PM_PERF_INDICATOR"]
    assert (year["yearflag"], year["kpi_val"], term["yearflag"], term["kpi_val"]) == ("0", "60", "1", "180")
    assert year["kpi_id"] != term["kpi_id"]


def test_keys_do_not_depend_on_values_or_purpose() -> None:
    declared = PROJECT.model_copy(update={"purpose": Purpose.DECLARATION})
    other_value = changed(declared, target="80", actual=None)
    key = to_mof(PROJECT)["tables"]["PM_PERF_INDICATOR"][0]["kpi_id"]
    assert re.fullmatch(r"\{[0-9A-F-]{36}\}", key)
    assert to_mof(other_value)["tables"]["PM_PERF_INDICATOR"][0]["kpi_id"] == key
    assert to_mof(changed(declared, name="别的"))["tables"]["PM_PERF_INDICATOR"][0]["kpi_id"] != key
    next_year = declared.model_copy(update={"fiscal_year": 2024})
    assert to_mof(next_year)["tables"]["PM_PERF_INDICATOR"][0]["kpi_id"] != key


def test_the_same_name_twice_has_two_keys() -> None:
    twice = DEPARTMENT.model_copy(update={"indicators": (ROW, ROW)})
    rows = to_mof(twice)["tables"]["BGT_PERF_INDICATOR"]
    assert len({row["kpi_id"] for row in rows}) == 2


def test_times_are_given_or_left_to_the_loading_system() -> None:
    assert "create_time" not in to_mof(DEPARTMENT)["tables"]["BGT_PERF_INDICATOR"][0]
    row = to_mof(DEPARTMENT, time="20230110093000")["tables"]["BGT_PERF_INDICATOR"][0]
    assert row["create_time"] == row["update_time"] == "20230110093000"
    with pytest.raises(ValueError, match="no time"):
        to_mof(DEPARTMENT, time="2023-01-10")


def notices(form: Form) -> list[tuple[str, str, list[str]]]:
    document = to_mof(form)
    assert document["complete"] is (not document["notices"])
    return [(notice["kind"], notice["path"], notice["columns"]) for notice in document["notices"]]


def test_cut_texts_are_never_handed_over_as_whole() -> None:
    form = changed(DEPARTMENT, criterion="结案率达到90%以上计2分，每…", truncated=("criterion",))
    assert notices(form) == [("cut", "indicators/0/criterion", ["BGT_PERF_INDICATOR.kpi_evalstd"])]
    goals = DEPARTMENT.model_copy(update={"truncated": ("goals/1",), "goals": ("保障用地。", "保护资")})
    assert notices(goals) == [("cut", "goals", ["BGT_PERF_GOAL_INFO.kpi_target"])]
    assert to_mof(goals)["tables"]["BGT_PERF_GOAL_INFO"][0]["kpi_target"].endswith("保护资…")


def test_what_is_required_and_missing_is_said_once() -> None:
    form = DEPARTMENT.model_copy(update={"codes": Codes(department="406001"), "indicators": (ROW, ROW)})
    columns = ["BGT_PERF_GOAL_INFO.mof_div_code", "BGT_PERF_INDICATOR.mof_div_code"]
    assert notices(form) == [("missing", "codes/region", columns)]


def test_what_is_too_long_is_said_and_not_shortened() -> None:
    form = changed(DEPARTMENT, name="长" * 301, points=Decimal("1000.5"))
    assert [(kind, path) for kind, path, _ in notices(form)] == [
        ("too_long", "indicators/0/name"),
        ("too_long", "indicators/0/points"),
    ]
    assert len(to_mof(form)["tables"]["BGT_PERF_INDICATOR"][0]["kpi_lv3"]) == 301


def test_amounts_without_a_known_unit_are_not_guessed() -> None:
    rows = (MoneyRow(name="年度资金总额", initial=Decimal(90)),)
    form = PROJECT.model_copy(update={"money": Money(rows=rows)})
    assert ("unit", "money/rows/0/initial", ["PM_PERF_SELF_BGT.reply_amt"]) in notices(form)
    assert to_mof(form)["tables"]["PM_PERF_SELF_BGT"][0]["reply_amt"] is None


@given(any_forms())
@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow])
def test_any_form_becomes_records(form: Form) -> None:
    document = json.loads(json.dumps(to_mof(form)))
    for table, rows in document["tables"].items():
        if table in ("BGT_PERF_INDICATOR", "PM_PERF_INDICATOR"):
            keys = [row["kpi_id"] for row in rows]
            assert len(set(keys)) == len(keys)
    assert document == json.loads(json.dumps(to_mof(form)))


def test_files_hold_what_the_document_holds() -> None:
    document = to_mof(changed(DEPARTMENT, unit=None, criterion=None))
    files = to_files(document)
    assert list(files) == ["BGT_PERF_GOAL_INFO.csv", "BGT_PERF_INDICATOR.csv", "notices.csv"]
    (row,) = csv.DictReader(StringIO(files["BGT_PERF_INDICATOR.csv"].decode()))
    assert (row["kpi_val"], row["meterunit"], row["kpi_evalstd"]) == ("60", "", "")
    (notice,) = csv.DictReader(StringIO(files["notices.csv"].decode()))
    assert (notice["kind"], notice["columns"]) == ("missing", "BGT_PERF_INDICATOR.kpi_evalstd")
    with ZipFile(BytesIO(to_zip(document))) as archive:
        assert {name: archive.read(name) for name in archive.namelist()} == files
    assert to_zip(document) == to_zip(document)


def test_empty_tables_keep_their_heads() -> None:
    files = to_files(to_mof(DEPARTMENT.model_copy(update={"indicators": ()})))
    assert files["BGT_PERF_INDICATOR.csv"].decode().startswith("kpi_id,mof_div_code")


def test_every_mapped_field_is_one_of_the_model() -> None:
    indicator, line = set(Indicator.model_fields), set(MoneyRow.model_fields)
    whole = {*Form.model_fields, *(f"codes/{name}" for name in Codes.model_fields), "totals/score"}
    for column in mapping():
        if not column.field.startswith("@"):
            assert column.field in indicator | line | whole, column
        assert column.table in table_names()
        assert column.origin in ("standard", "module", "assumed")
        assert re.fullmatch(r"\d+" if column.type == "char" else r"\d+(,\d+)?", column.size)
