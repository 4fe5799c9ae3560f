"""The monitoring table is a form that reads back as what was reported."""

from decimal import Decimal
from pathlib import Path

import pytest

from hengliang.form.model import Form, Indicator, Kind, Purpose
from hengliang.form.monitored import Execution, Progress, monitoring_table
from hengliang.form.read import read_document
from hengliang.form.writers import docx, xlsx

FORM = Form(
    kind=Kind.DEPARTMENT,
    purpose=Purpose.DECLARATION,
    organisation="某市自然资源局",
    fiscal_year=2023,
    goals=("完成矿山核查60家。",),
    goal_marks=("（一）",),
    indicators=(
        Indicator(
            level1="产出指标", level2="数量指标", name="核查矿山", operator="≥", target="60", unit="家",
            criterion="每少1家扣1分", points=Decimal(10), points_in="column",
        ),
        Indicator(level2="质量指标", name="验收合格率", operator="≥", target="95", unit="%"),
    ),
)  # fmt: skip
SAID = {0: Progress("31", "58", "进度滞后", "有可能")}


def test_what_a_monitoring_table_holds() -> None:
    made = monitoring_table(FORM, 7, SAID, Execution(Decimal("300"), Decimal("100")))
    assert made.purpose is Purpose.MONITORING
    assert made.months == "1-7"
    first, second = made.indicators
    assert (first.actual, first.forecast, first.likelihood, first.reason) == (
        "31",
        "58",
        "有可能",
        "进度滞后",
    )
    assert (second.actual, first.criterion, first.points) == (None, None, None)
    assert made.money is not None
    assert made.money.rows[0].rate == Decimal("33.33")
    empty = monitoring_table(FORM, 7, {}, Execution(Decimal(0), Decimal(0)))
    assert empty.money is not None
    assert empty.money.rows[0].rate is None


@pytest.mark.parametrize("ending", ["docx", "xlsx"])
def test_it_reads_back(ending: str, tmp_path: Path) -> None:
    made = monitoring_table(FORM, 7, SAID, Execution(Decimal("300"), Decimal("100")))
    path = tmp_path / f"table.{ending}"
    path.write_bytes(docx.to_bytes(made) if ending == "docx" else xlsx.to_bytes(made))
    read = read_document(path).forms[0].form
    assert read.purpose is Purpose.MONITORING
    assert read.months == "1-7"
    assert [one.name for one in read.indicators] == ["核查矿山", "验收合格率"]
    one = read.indicators[0]
    assert (one.actual, one.forecast, one.likelihood, one.reason) == ("31", "58", "有可能", "进度滞后")
    assert read.money is not None
    assert read.money.rows[0].executed == 100
