from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hengliang.base.period import When, find_deadlines, last_day_of_month, read_date, read_span


@pytest.mark.parametrize(
    ("text", "when"),
    [
        ("2023-12-31", (2023, 12, 31)),
        ("2023.12.31", (2023, 12, 31)),
        ("2023/1/5", (2023, 1, 5)),
        ("2023-12", (2023, 12, None)),
        ("2023年12月31日", (2023, 12, 31)),
        ("２０２３年１２月３１日前", (2023, 12, 31)),
        ("2023 年 12 月 31 日", (2023, 12, 31)),
        ("二〇二三年十二月底", (2023, 12, 31)),
        ("2023年底", (2023, 12, 31)),
        ("2023年年底前", (2023, 12, 31)),
        ("年底前", (None, 12, 31)),
        ("当年12月底", (None, 12, 31)),
        ("12月底前", (None, 12, 31)),
        ("11月底之前", (None, 11, 30)),
        ("2月底", (None, 2, None)),
        ("2024年2月底", (2024, 2, 29)),
        ("6月30日前完成", (None, 6, 30)),
        ("2020年10月", (2020, 10, None)),
        ("2020年10月完成", (2020, 10, None)),
        ("10月中旬", (None, 10, None)),
        ("第三季度", (None, 9, None)),
        ("2023年一季度末", (2023, 3, None)),
        ("上半年", (None, 6, None)),
        ("2023年", (2023, None, None)),
        ("2023年度", (2023, None, None)),
        ("年内", (None, 12, 31)),
        ("截至2023年12月31日", (2023, 12, 31)),
        ("不晚于2023年11月30日", (2023, 11, 30)),
        ("30日前", (None, None, 30)),
    ],
)
def test_read_date(text: str, when: tuple[int | None, ...]) -> None:
    assert read_date(text) == (*when, None)


@pytest.mark.parametrize(
    ("text", "when"),
    [
        ("每季度末前", (None, None, None, "季度")),
        ("每月25日前", (None, None, 25, "月")),
        ("每年12月底前", (None, 12, 31, "年")),
    ],
)
def test_dates_that_come_again(text: str, when: tuple[int | str | None, ...]) -> None:
    assert read_date(text, 2023) == when


@pytest.mark.parametrize(
    "text",
    [
        "",
        "12个月",
        "3年",
        "三年内",
        "明年底",
        "36月",
        "12月龄",
        "2月30日",
        "2023.12",
        "30日",
        "13月",
        "2021-2023年",
        "12月完成100%",
        "有效",
        "每月1次",
    ],
)
def test_what_is_no_date(text: str) -> None:
    assert read_date(text) is None


def test_the_year_is_taken_where_none_is_printed() -> None:
    assert read_date("12月底前", 2023) == (2023, 12, 31, None)
    assert read_date("2022年12月底前", 2023) == (2022, 12, 31, None)


@pytest.mark.parametrize(
    ("when", "year", "last"),
    [
        (When(2023, None, None), None, date(2023, 12, 31)),
        (When(None, 2, None), 2024, date(2024, 2, 29)),
        (When(None, 9, None), 2023, date(2023, 9, 30)),
        (When(None, 6, 30), 2023, date(2023, 6, 30)),
        (When(None, 12, 31, "年"), 2023, date(2023, 12, 31)),
        (When(None, 2, 29), 2023, None),
        (When(None, 12, 31), None, None),
        (When(None, None, 30), 2023, None),
        (When(None, None, None, "季度"), 2023, None),
    ],
)
def test_last_day(when: When, year: int | None, last: date | None) -> None:
    assert when.last_day(year) == last


def test_find_deadlines() -> None:
    text = "2023年底前完成100处，其中6月30日之前50处；12月前期工作结束，3年内巩固，36月龄以上，2020年10月验收"
    found = [(text[one.start : one.end], one.before, one.when[:3]) for one in find_deadlines(text)]
    assert found == [
        ("2023年底", "前", (2023, 12, 31)),
        ("6月30日", "之前", (None, 6, 30)),
        ("12月", "", (None, 12, None)),
        ("2020年10月", "", (2020, 10, None)),
    ]


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2021-2023年", (2021, None, None), (2023, None, None)),
        ("1-7月", (2022, 1, None), (2022, 7, None)),
        ("1—7月", (2022, 1, None), (2022, 7, None)),
        ("2023年1-12月", (2023, 1, None), (2023, 12, None)),
        ("2023年1月至2024年6月", (2023, 1, None), (2024, 6, None)),
        ("2023年1月1日至12月31日", (2023, 1, 1), (2023, 12, 31)),
        ("2023-01-01至2023-12-31", (2023, 1, 1), (2023, 12, 31)),
        ("2023年度", (2023, None, None), (2023, None, None)),
    ],
)
def test_read_span(text: str, first: tuple[int | None, ...], last: tuple[int | None, ...]) -> None:
    span = read_span(text, 2022)
    assert span is not None
    assert (span.first[:3], span.last[:3]) == (first, last)


@pytest.mark.parametrize(
    "text", ["", "12个月", "1-7", "50-60人", "2023年12月", "1-2-3月", "1月-2023年", "7月"]
)
def test_what_is_no_span(text: str) -> None:
    assert read_span(text, 2022) is None


@given(
    st.dates(date(1990, 1, 1), date(2099, 12, 31)),
    st.sampled_from(["%Y-%m-%d", "%Y.%m.%d", "%Y/%m/%d", "%Y年%m月%d日"]),
)
def test_a_written_date_is_read_back(day: date, form: str) -> None:
    text = day.strftime(form)
    assert read_date(text) == (day.year, day.month, day.day, None)
    assert read_date(f"{text}前完成") == (day.year, day.month, day.day, None)
    only = find_deadlines(f"于{text}之前完成")
    assert [(one.start, one.end, one.before) for one in only] == [(1, 1 + len(text), "之前")]


@given(st.integers(1990, 2099), st.integers(1, 12))
def test_the_end_of_a_month(year: int, month: int) -> None:
    when = read_date(f"{year}年{month}月底")
    assert when is not None
    assert when.last_day() == last_day_of_month(year, month)


@given(st.text(alphabet="0123456789年月日号底末前之以季度每第上下半一二三十当本-./~至内 完成"))
def test_found_deadlines_stand_where_they_say(text: str) -> None:
    end = 0
    for one in find_deadlines(text):
        assert end <= one.start < one.end <= one.end + len(one.before) <= len(text)
        assert text[one.end :].startswith(one.before)
        end = one.end + len(one.before)
        one.when.last_day(2023)
    read_date(text)
    read_span(text)
