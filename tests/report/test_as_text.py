"""What a terminal shows, as people have looked at it, and that it stays within its columns."""

import re
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hengliang.base.finding import Finding, Severity
from hengliang.base.message import message
from hengliang.base.place import Spot
from hengliang.report.as_text import Look, heading, render, statistics, summary
from hengliang.report.ink import Ink
from hengliang.report.width import width
from hengliang.review.verdict import Counts
from tests.factories import finding, form, indicator, verdict
from tests.report.reviewed import reviewed
from tests.snapshots import same_as

SNAPSHOTS = Path(__file__).parent / "snapshots"
LOOKS = {
    "plain": Look(100),
    "narrow": Look(64),
    "verbose": Look(100, verbose=True),
    "quiet": Look(100, quiet=True),
    "colour": Look(100, Ink(True)),
}


@pytest.mark.parametrize("language", ["zh_Hans", "en"])
@pytest.mark.parametrize("name", LOOKS)
def test_snapshot(name: str, language: str) -> None:
    made, look = reviewed(), LOOKS[name]
    text = heading(made, language, look) + "\n" + render(made, language, look)
    text += summary(made.counts, language, look)
    assert same_as(SNAPSHOTS / f"text-{name}-{language}.txt", text)


def test_nothing_found() -> None:
    made = verdict(form())
    assert render(made, "en") == ""
    assert summary(made.counts, "en", Look()) == "Nothing found.\n"
    assert summary(made.counts, "zh_Hans", Look()) == "未发现问题。\n"


def test_one_is_said_in_the_singular() -> None:
    assert summary(Counts(errors=1, advice=1), "en", Look()) == "1 error · 1 piece of advice\n"


def test_colour_changes_nothing_but_colour() -> None:
    plain = render(reviewed(), "zh_Hans", Look(100))
    painted = render(reviewed(), "zh_Hans", Look(100, Ink(True)))
    assert painted != plain
    assert [line.rstrip() for line in re.sub(r"\x1b\[[0-9;]*m", "", painted).split("\n")] == [
        line.rstrip() for line in plain.split("\n")
    ]


def test_many_rows_are_named_and_not_shown() -> None:
    of = form(*(indicator(f"指标{number}") for number in range(25)))
    found = [finding("V98", f"indicators/{number}/target") for number in range(25)]
    text = render(verdict(of, found), "en")
    assert text.count("│ 指标") == 10
    assert "and 15 more: #11–#25" in text
    assert render(verdict(of, found), "en", Look(verbose=True)).count("│ 指标") == 25


@pytest.mark.parametrize(
    ("rows", "said"), [([0, 1, 2, 4], "#1–#3 #5"), ([0, 1], "#1 #2"), ([6, 4, 5], "#5–#7"), ([3], "#4")]
)
def test_numbers_are_drawn_together(rows: list[int], said: str) -> None:
    of = form(*(indicator(f"指标{number}") for number in range(9)))
    found = [finding("V98", f"indicators/{row}/target", severity=Severity.ADVICE) for row in rows]
    assert render(verdict(of, found), "en").strip().endswith(f"  {said}")


def test_a_text_cannot_take_over_the_terminal() -> None:
    of = form(indicator("甲\x1b[2J\x07乙\u202e丙"), organisation="\x1b]0;title\x07局")
    made = verdict(of, [finding("V98", "indicators/0/name", said=message("{x} is wrong", x="\x1b[31m"))])
    text = heading(made, "en", Look()) + render(made, "en")
    assert not set(text) & set("\x1b\x07\u202e")


def test_underlines_stand_below_the_words() -> None:
    of = form(indicator("甲乙丙丁戊"))
    made = verdict(of, [finding("I98", Spot("indicators/0/name", 1, 3))])
    row, signs = render(made, "en").split("\n")[2:4]
    assert width(signs[: signs.index("^")]) == width(row[: row.index("乙")])
    assert signs.count("^") == 4


@settings(max_examples=50, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    st.text(min_size=1, max_size=200),
    st.text(max_size=300),
    st.integers(60, 160),
    st.integers(0, 100),
    st.integers(0, 100),
)
def test_tables_stay_within_their_columns(
    name: str, text: str, columns: int, start: int, length: int
) -> None:
    of = form(indicator(name, criterion=text or None))
    start = min(start, len(text))
    end = min(start + length, len(text))
    found: list[Finding] = [
        finding("S98", Spot("indicators/0/criterion", start, end), "indicators/0/name"),
        finding("S97", Spot("indicators/0/criterion", start, end), severity=Severity.WARNING),
    ]
    for line in render(verdict(of, found), "zh_Hans", Look(columns)).split("\n"):
        if line.startswith("    "):
            assert width(line) <= columns


def test_statistics() -> None:
    text = statistics(Counter({"V01": 15, "F02": 1, "W02": 25}), "en", Look())
    assert [line.split()[:3] for line in text.splitlines()[:3]] == [
        ["15", "V01", "error"],
        ["1", "F02", "error"],
        ["25", "W02", "warning"],
    ]
