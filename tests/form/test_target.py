"""What printed target cells mean, as offices write them, with the neighbours of the cell."""

import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hengliang.base.number import find_quantities, read_number, read_numeral
from hengliang.base.text import clean, compact
from hengliang.form.model import OPERATORS
from hengliang.form.target import (
    read_actual,
    read_points,
    read_remark_points,
    read_sign,
    read_target,
    read_unit,
)


@pytest.mark.parametrize(
    ("printed", "operator"),
    [
        ("≥", "≥"),
        (">=", "≥"),
        ("> =", "≥"),
        ("≧", "≥"),
        ("＞＝", "≥"),
        ("≮", "≥"),
        ("大于等于", "≥"),
        ("大于或等于", "≥"),
        ("超过或等于", "≥"),
        ("不低于", "≥"),
        ("不得低于", "≥"),
        ("不少于", "≥"),
        ("以上", "≥"),
        ("及以上", "≥"),
        ("正向", "≥"),
        ("正向指标", "≥"),
        ("＞", ">"),
        ("大于", ">"),
        ("高于", ">"),
        ("超过", ">"),
        ("＝", "="),
        ("﹦", "="),
        ("═", "="),
        ("等于", "="),
        ("<", "<"),
        ("低于", "<"),
        ("≦", "≤"),
        ("<=", "≤"),
        ("小于等于", "≤"),
        ("不超过", "≤"),
        ("不得高于", "≤"),
        ("以内", "≤"),
        ("反向", "≤"),
        ("正向（≥）", "≥"),
        ("定性", "定性"),
        ("定性指标", "定性"),
        ("定量", None),
        ("定量（其他）", None),
        ("定性/定量", None),
        ("正向/反向", None),
        ("≥或≤", None),
        ("", None),
        (None, None),
        ("/", None),
        ("-", None),
        ("国内", None),
        ("本指标为正向指标，数值越大表示项目的效果越好，请据实填写", None),
    ],
)
def test_read_sign(printed: str | None, operator: str | None) -> None:
    assert read_sign(printed) == operator


@pytest.mark.parametrize(
    ("cell", "operator", "target", "unit"),
    [
        # Signs before the number
        ("≥95%", "≥", "95", "%"),
        ("≥ 95 %", "≥", "95", "%"),
        ("≥９５％", "≥", "95", "%"),
        ("≧95﹪", "≥", "95", "%"),
        (">=500人", "≥", "500", "人"),
        ("≥100百分比", "≥", "100", "%"),
        ("≥1.5万人次", "≥", "1.5", "万人次"),
        ("≮95%", "≥", "95", "%"),
        ("＝100%", "=", "100", "%"),
        ("═100%", "=", "100", "%"),
        ("=0件", "=", "0", "件"),
        ("≤20万元", "≤", "20", "万元"),
        ("＞100%", ">", "100", "%"),
        ("<5天", "<", "5", "天"),
        ("≥98分", "≥", "98", "分"),
        ("≥2.5万m³", "≥", "2.5", "万m³"),
        ("≥50棚", "≥", "50", "棚"),
        ("50棚以上", "≥", "50", "棚"),
        ("≥1.2万㎡", "≥", "1.2", "万㎡"),
        ("≤30min", "≤", "30", "min"),
        ("≥", "≥", None, None),
        # Words for signs
        ("大于等于266米", "≥", "266", "米"),
        ("大于90%", ">", "90", "%"),
        ("超过或等于90%", "≥", "90", "%"),
        ("不低于95%", "≥", "95", "%"),
        ("不得低于９０％", "≥", "90", "%"),
        ("不少于50厘米", "≥", "50", "厘米"),
        ("不少于12\n种", "≥", "12", "种"),
        ("不高于10万元/公里", "≤", "10", "万元/公里"),
        ("不超过3个工作日", "≤", "3", "个工作日"),
        ("小于5天", "<", "5", "天"),
        ("至少3次", "≥", "3", "次"),
        # Words behind the number
        ("95%以上", "≥", "95", "%"),
        ("1000人以上", "≥", "1000", "人"),
        ("90分及以上", "≥", "90", "分"),
        ("95%（含）以上", "≥", "95", "%"),
        ("95%以上（含95%）", "≥", "95", "%"),
        ("达到95%以上", "≥", "95", "%"),
        ("20万元以内", "≤", "20", "万元"),
        ("控制在5%以内", "≤", "5", "%"),
        ("0.5‰以下", "≤", "0.5", "‰"),
        ("24小时内", "≤", "24", "小时"),
        ("10个工作日内完成", "≤", "10", "个工作日"),
        ("24小时内办结", "≤", "24", "小时"),
        ("50个村以上", "≥", "50", "个"),
        ("不低于95%以上", "≥", "95", "%"),
        ("＞95%以上", ">", "95", "%"),
        # Nothing gives an operator
        ("100", None, "100", None),
        ("95%", None, "95", "%"),
        ("97.30%", None, "97.30", "%"),
        ("1,200亩", None, "1200", "亩"),
        ("１，２００亩", None, "1200", "亩"),
        ("1000万元", None, "1000", "万元"),
        ("200万", None, "200", "万"),
        ("0件", None, "0", "件"),
        ("1次/年", None, "1", "次/年"),
        ("300元/亩", None, "300", "元/亩"),
        ("≤12.5/10万", "≤", "12.5", "/10万"),
        ("220/10万以下", "≤", "220", "/10万"),
        ("98及以上", "≥", "98", None),
        ("300元/穴", None, "300", "元/穴"),
        ("2场次", None, "2", "场次"),
        ("2台（套）", None, "2", "台（套）"),
        ("3个月", None, "3", "个月"),
        ("-5%", None, "-5", "%"),
        ("≥-5%", "≥", "-5", "%"),
        # A number in a phrase that does not change it
        ("100％完成", None, "100", "%"),
        ("完成造林500亩", None, "500", "亩"),
        ("50个村", None, "50", "个"),
        ("满意度≥95%", "≥", "95", "%"),
        ("同比增长≥5%", "≥", "5", "%"),
        ("提高到95%", None, "95", "%"),
        ("每年不少于2次", "≥", "2", "次"),
        ("不动产登记500件", None, "500", "件"),
        ("≥95%（抽样调查）", "≥", "95", "%"),
        # Numerals
        ("一次", None, "1", "次"),
        ("不少于两场", "≥", "2", "场"),
        ("百分之九十五以上", "≥", "95", "%"),
        ("三个月内", "≤", "3", "个月"),
        # Dates
        ("12月底前", "≤", "12月底", None),
        ("2023年12月31日前", "≤", "2023年12月31日", None),
        ("11月30日之前", "≤", "11月30日", None),
        ("2023年12月底前完成", "≤", "2023年12月底完成", None),
        ("年底前", "≤", "年底", None),
        ("每季度末前", "≤", "每季度末", None),
        ("≤2023年12月31日", "≤", "2023年12月31日", None),
        ("不晚于2023年11月30日", "≤", "2023年11月30日", None),
        ("2020年10月完成", None, "2020年10月完成", None),
        ("第三季度", None, "第三季度", None),
        ("2023年", None, "2023年", None),
        ("12月", None, "12月", None),
        ("≥12月", "≥", "12", "月"),
        ("12月以内", "≤", "12", "月"),
        # Words
        ("显著提升", "定性", "显著提升", None),
        ("是", "定性", "是", None),
        ("无", "定性", "无", None),
        ("A级", "定性", "A级", None),
        ("高于上年", "定性", "高于上年", None),
        ("不超过预算", "定性", "不超过预算", None),
        ("零发生", "定性", "零发生", None),
        ("十分满意", "定性", "十分满意", None),
        ("三级甲等", "定性", "三级甲等", None),
        ("完成2次培训,1份报告", "定性", "完成2次培训,1份报告", None),
        ("85-90%", "定性", "85-90%", None),
        ("1至2次", "定性", "1至2次", None),
        ("1:500", "定性", "1:500", None),
        ("约50人", "定性", "约50人", None),
        ("50余人", "定性", "50余人", None),
        ("95%左右", "定性", "95%左右", None),
        ("1.完成任务", "定性", "1.完成任务", None),
        ("有效保障…", "定性", "有效保障…", None),
        # Neither a plain number nor plain words: as printed, without an operator
        ("每月1次", None, "每月1次", None),
        ("每亩300", None, "每亩300", None),
        ("人均50元", None, "人均50元", None),
        ("增长5%", None, "增长5%", None),
        ("下降3个百分点", None, "下降3个百分点", None),
        ("↑5%", None, "↑5%", None),
        ("第1名", None, "第1名", None),
        ("前3名", None, "前3名", None),
        ("5A级", None, "5A级", None),
        ("3级以上", None, "3级以上", None),
        ("GB50300", None, "GB50300", None),
        ("5G", None, "5G", None),
        ("±5%", None, "±5%", None),
        ("95*", None, "95*", None),
        ("≥较高", None, "≥较高", None),
        ("≤5%以上", None, "≤5%以上", None),
        ("95%≥", None, "95%≥", None),
        ("不发生1起安全事故", None, "不发生1起安全事故", None),
        ("未超过5%", None, "未超过5%", None),
        ("3天前", None, "3天前", None),
        ("10 20", None, "10 20", None),
        ("≥50…", None, "≥50…", None),
        ("完成率100%，验收合格", None, "完成率100%，验收合格", None),
        ("验收合格，完成率100%", None, "验收合格，完成率100%", None),
        ("建成1个平台并投入使用", None, "建成1个平台并投入使用", None),
        ("2023年12月底前完成率100%", None, "2023年12月底前完成率100%", None),
        ("2021-2023年", None, "2021-2023年", None),
        # Nothing
        (None, None, None, None),
        ("", None, None, None),
        (" \n", None, None, None),
        ("-", None, None, None),
        ("——", None, None, None),
        ("/", None, None, None),
        ("……", None, None, None),
    ],
)
def test_a_target_cell_by_itself(
    cell: str | None, operator: str | None, target: str | None, unit: str | None
) -> None:
    assert read_target(None, cell, None, "造林面积") == (operator, target, unit)
    assert read_target("定量", cell, "/", None) == (operator, target, unit)


@pytest.mark.parametrize(
    ("cells", "reading"),
    [
        # The sign column comes first
        (("≥", "95", "%", None), ("≥", "95", "%")),
        (("正向", "95%", "％", None), ("≥", "95", "%")),
        (("反向", "5", "天", None), ("≤", "5", "天")),
        (("＝", "95%以上", None, None), ("=", "95", "%")),
        (("定性", "100", "%", None), ("定性", "100", "%")),
        (("定性", "≥95%", None, None), ("定性", "95", "%")),
        (("定性", "完成造林500亩", "亩", None), ("定性", "完成造林500亩", "亩")),
        (("≥", "显著提升", None, None), ("≥", "显著提升", None)),
        (("≥", "85-90", "%", None), ("≥", "85-90", "%")),
        (("≥", "", "亩", None), ("≥", None, "亩")),
        (("定量", "不少于12种", "种", None), ("≥", "12", "种")),
        # and decides what becomes of 前
        (("定性", "每季度末前", None, None), ("定性", "每季度末前", None)),
        (("＝", "12月底前", None, None), ("=", "12月底前", None)),
        (("≤", "12月底前", None, None), ("≤", "12月底", None)),
        (("≤", "2023年12月31日", "/", None), ("≤", "2023年12月31日", None)),
        # The unit of the cell comes before that of the column
        ((None, "46万元", "%", None), (None, "46", "万元")),
        ((None, "95", "百分比", None), (None, "95", "%")),
        ((None, "有效推进", "%", None), ("定性", "有效推进", "%")),
        ((None, "5", "无", None), (None, "5", None)),
        ((None, "5", "个（处）", None), (None, "5", "个（处）")),
        ((None, "5", "棚", None), (None, "5", "棚")),
        # A place to be filled in comes last
        ((None, "500", None, "造林面积（≥**亩）"), ("≥", "500", "亩")),
        ((None, "500", None, "完成数量(≥个)"), ("≥", "500", "个")),
        ((None, "500", None, "完成数量(不少于__个)"), ("≥", "500", "个")),
        ((None, "500", None, "造林面积≥××亩"), ("≥", "500", "亩")),
        ((None, "500", None, "（**亩）造林"), (None, "500", "亩")),
        ((None, "≤500公顷", "亩", "造林面积（≥**亩）"), ("≤", "500", "公顷")),
        ((None, None, None, "造林面积（≥**亩）"), ("≥", None, "亩")),
        ((None, "90", None, "奖补资金兑付率(%)"), (None, "90", "%")),
        ((None, "10", None, "任务完成时限（月）"), (None, "10", "月")),
        ((None, "显著", None, "满意度（%）"), ("定性", "显著", None)),
        # A number inside a name is no target, and gives no sign
        ((None, None, None, "年度资金支付完成率100%"), (None, None, None)),
        ((None, "96", None, "合格率（≥95%）"), (None, "96", None)),
        ((None, "50", None, "投诉率低于上年"), (None, "50", None)),
        ((None, "50", None, "受益脱贫（含监测对象）户数"), (None, "50", None)),
    ],
)
def test_a_target_cell_among_its_neighbours(
    cells: tuple[str | None, str | None, str | None, str | None],
    reading: tuple[str | None, str | None, str | None],
) -> None:
    assert read_target(*cells) == reading


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


WORDS = """≥ ≤ > < = 不低于 不超过 以上 以内 内 前 之前 底 每 约 余 第 % 万元 亩 元/亩 个 次 年 月 日 季度
完成 达到 （含） 、 ， . - / （ ） 一 十二 百分之 增长"""
CELLS = st.lists(
    st.one_of(
        st.sampled_from([*WORDS.split(), "\n"]),
        st.integers(0, 99999).map(str),
        st.decimals(0, 9999, places=2).map(str),
        st.text(max_size=3),
    ),
    max_size=6,
).map("".join)


@given(st.one_of(st.none(), st.text()), CELLS, st.one_of(st.none(), st.text()), st.one_of(st.none(), CELLS))
def test_reading_never_fails_and_never_invents(
    sign: str | None, cell: str, unit: str | None, name: str | None
) -> None:
    reading = read_target(sign, cell, unit, name)
    assert reading.operator in (*OPERATORS, None)
    if reading.target is None:
        return
    assert reading.target
    printed = compact(cell)
    number = read_number(reading.target)
    if number is None:
        # A text target is the printed text, at most without its sign or its 前.
        assert len(printed) - len(compact(reading.target)) <= 4
        rest = iter(printed)
        assert all(char in rest for char in compact(reading.target))
    elif re.search("[0-9]", printed):
        unbroken = re.sub("(?<![0-9]) | (?![0-9])|[,，]", "", clean(cell))
        figures = [figure.strip(".") for figure in re.findall("[0-9.]+", unbroken) if figure.strip(".")]
        assert number.copy_abs() in [read_number(figure) for figure in figures]
    else:
        parts = {
            printed[start:end] for start in range(len(printed)) for end in range(start + 1, len(printed) + 1)
        }
        assert number in {read_numeral(part) for part in parts}


@given(
    st.sampled_from(["≥", ">", "=", "<", "≤"]),
    st.decimals(0, 10**9, places=2),
    st.sampled_from(
        ["%", "万元", "亩", "人次", "元/亩", "次/年", "个工作日", "台（套）", "km²", "‰", "个百分点"]
    ),
    st.sampled_from(["", " ", "\n"]),
)
def test_what_is_written_is_read_back(sign: str, number: Decimal, unit: str, blank: str) -> None:
    assert read_target(None, f"{sign}{blank}{number}{blank}{unit}", None, None) == (sign, str(number), unit)
    assert read_target(sign, f"{number:,f}", unit, None) == (sign, str(number), unit)
    assert read_actual(f"{number}{unit}", unit) == str(number)


@given(CELLS)
def test_what_was_read_is_read_the_same_again(cell: str) -> None:
    once = read_target(None, cell, None, None)
    assert read_target(once.operator, once.target, once.unit, None) == once


@given(CELLS, st.one_of(st.none(), st.sampled_from(["%", "人", "万元"])))
def test_an_actual_value_is_printed(cell: str, unit: str | None) -> None:
    actual = read_actual(cell, unit)
    if actual is not None and re.search("[0-9]", actual):
        # Commas and leading zeros go, nothing comes.
        assert re.sub("[ ,，0]", "", actual) in re.sub("[,，0]", "", compact(cell))


@given(CELLS)
def test_quantities_of_a_cell_are_found_in_it(cell: str) -> None:
    reading = read_target(None, f"完成{compact(cell)}", None, None)
    number = read_number(reading.target or "")
    if number is not None and re.search("[0-9]", cell):
        mentions = find_quantities(compact(cell))
        assert not mentions or number.copy_abs() in [one.quantity.number for one in mentions]
