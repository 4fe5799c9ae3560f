"""What the cells beside a target mean: units, actual values, points."""

from decimal import Decimal

import pytest

from hengliang.form.target import read_actual, read_points, read_remark_points, read_unit


@pytest.mark.parametrize(
    ("printed", "unit"),
    [
        ("％", "%"),
        ("百分比", "%"),
        ("万 元", "万元"),
        ("月", "月"),
        ("/", None),
        ("无", None),
        ("—", None),
        ("", None),
        (None, None),
    ],
)
def test_read_unit(printed: str | None, unit: str | None) -> None:
    assert read_unit(printed) == unit


@pytest.mark.parametrize(
    ("printed", "unit", "actual"),
    [
        ("100%", "%", "100"),
        ("97.30％", "%", "97.30"),
        ("100百分比", "%", "100"),
        ("37442人", "人", "37442"),
        ("1,093万元", "万元", "1093"),
        ("5㎡", "m2", "5"),
        ("5棚", "棚", "5"),
        ("50", None, "50"),
        ("-3.5%", "%", "-3.5"),
        ("100%", None, "100%"),
        ("1.2亿元", "万元", "1.2亿元"),
        ("12月", "个月", "12月"),
        ("≥90%", "%", "≥90%"),
        ("300余人", "人", "300余人"),
        ("达成预期指标", "%", "达成预期指标"),
        ("无", "起", "无"),
        ("/", "个", None),
        ("—", "%", None),
        ("", "%", None),
        (None, None, None),
    ],
)
def test_read_actual(printed: str | None, unit: str | None, actual: str | None) -> None:
    assert read_actual(printed, unit) == actual


@pytest.mark.parametrize(
    ("printed", "points"),
    [
        ("10", "10"),
        ("１０", "10"),
        ("3分", "3"),
        ("（10分）", "10"),
        ("20%", "20"),
        ("2.50", "2.50"),
        ("—", None),
        ("满分", None),
        ("10分/项", None),
        ("5+5", None),
        ("-3", None),
        ("", None),
        (None, None),
    ],
)
def test_read_points(printed: str | None, points: str | None) -> None:
    assert read_points(printed) == (None if points is None else Decimal(points))


@pytest.mark.parametrize(
    ("printed", "points"),
    [
        ("3分", "3"),
        ("3.5 分", "3.5"),
        ("（3分）", "3"),
        ("3", None),
        ("共3分", None),
        ("已完成", None),
        (None, None),
    ],
)
def test_read_remark_points(printed: str | None, points: str | None) -> None:
    assert read_remark_points(printed) == (None if points is None else Decimal(points))
