"""Places by name, in both languages."""

import pytest

from hengliang.report.labels import field_label, place_label
from tests.factories import form, indicator

FORM = form(indicator("甲"), goals=("一", "二"), goal_marks=("（一）", "（二）"), duties=("职责",))


@pytest.mark.parametrize(
    ("path", "zh", "en"),
    [
        ("indicators/0/target", "指标1 甲 · 指标值", "indicator 1 甲 · Target"),
        ("indicators/0", "指标1 甲", "indicator 1 甲"),
        ("indicators/0/midterm/unit", "指标1 甲 · 计量单位", "indicator 1 甲 · Unit"),
        ("goals/1", "年度总体目标 （二）", "Goals （二）"),
        ("duties/0", "部门（单位）职责 1", "Duties 1"),
        ("fiscal_year", "预算年度", "Fiscal year"),
        ("codes/region", "财政区划代码", "Region code"),
        ("money/rows/0/executed", "全年执行数", "Executed"),
        ("signoff/date", "填报日期", "Date"),
        ("", "全表", "the whole form"),
    ],
)
def test_place_label(path: str, zh: str, en: str) -> None:
    assert place_label(FORM, path, "zh_Hans") == zh
    assert place_label(FORM, path, "en") == en


def test_an_indicator_that_is_not_there_has_a_number() -> None:
    assert place_label(FORM, "indicators/7/target", "zh_Hans") == "指标8 · 指标值"
    assert field_label("nothing", "en") == "the whole form"
