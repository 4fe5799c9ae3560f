"""Comma separated values: the whole form, or its indicators alone; nothing that is computed when opened."""

import csv as reader
from io import StringIO

from hypothesis import HealthCheck, given, settings

from hengliang.form.model import Form
from hengliang.form.writers import csv
from tests.form.strategies import any_forms
from tests.form.writers.samples import DECLARATION, SELF_EVALUATION, row


def rows_of(data: bytes) -> list[list[str]]:
    return list(reader.reader(StringIO(data.decode("utf-8-sig"), newline="")))


def test_the_whole_form_has_its_title_and_fields_above_the_table() -> None:
    rows = rows_of(csv.to_bytes(SELF_EVALUATION))
    assert rows[0][0] == "项目支出绩效自评表"
    assert rows[1][0] == "（2022年度）"
    assert [text for text in rows[2] if text] == [
        "项目名称",
        "委托业务项目",
        "项目代码",
        "430400230000000012345",
    ]
    assert len({len(cells) for cells in rows}) == 1


def test_excel_sees_the_encoding() -> None:
    assert csv.to_bytes(DECLARATION).startswith(b"\xef\xbb\xbf")


def test_the_table_alone_has_its_levels_in_every_row() -> None:
    rows = rows_of(csv.to_bytes(DECLARATION, table_only=True))
    assert rows[0][:6] == ["一级指标", "二级指标", "三级指标", "指标值类型", "指标值", "计量单位"]
    assert [cells[:3] for cells in rows[1:3]] == [
        ["产出指标", "数量指标", "绿色矿山核查"],
        ["产出指标", "数量指标", "监测点建设"],
    ]
    assert len(rows) == 5


def test_formulas_are_kept_from_being_computed_and_signs_and_numbers_are_themselves() -> None:
    form = DECLARATION.model_copy(
        update={
            "indicators": (row("=1+1", operator="=", target="-5", explanation="@你", criterion="-多扣1分"),)
        }
    )
    cells = rows_of(csv.to_bytes(form, table_only=True))[1]
    assert cells[2:5] == [" =1+1", "=", "-5"]
    assert {" @你", " -多扣1分"} < set(cells)


@given(any_forms())
@settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow])
def test_no_cell_of_any_form_begins_like_a_formula(form: Form) -> None:
    for cells in rows_of(csv.to_bytes(form)):
        for text in cells:
            if len(text) > 1 and text[0] in "=+-@":
                float(text)
