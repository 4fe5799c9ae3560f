"""What a document holds, as people have looked at it."""

from pathlib import Path

import pytest

from hengliang.base.message import message
from hengliang.base.place import Place
from hengliang.form.model import Money, MoneyRow
from hengliang.form.source import NotUnderstood, ReadForm, Reading, Source
from hengliang.report.ink import Ink
from hengliang.report.reading_text import render
from hengliang.report.width import width
from tests.factories import form, indicator
from tests.report.reviewed import FORM
from tests.snapshots import same_as

SNAPSHOTS = Path(__file__).parent / "snapshots"
LEFT = tuple(
    NotUnderstood(
        f"说明文字{number}", Place("form.xlsx", sheet="表", row=number, column=1), message("no field")
    )
    for number in range(1, 13)
)


def _reading() -> Reading:
    money = Money(
        unit="万元", rows=(MoneyRow(name="年度资金总额", budget="1234.50", executed="1000", rate="81.0"),)
    )
    whole = FORM.model_copy(update={"title": "整体绩效目标申报表", "money": money, "duties": ("职责一",)})
    return Reading("form.xlsx", "xlsx", (ReadForm(whole, Source()),), LEFT, 88, (message("two heads"),))


@pytest.mark.parametrize("language", ["zh_Hans", "en"])
@pytest.mark.parametrize("verbose", [False, True], ids=["short", "verbose"])
def test_snapshot(language: str, verbose: bool) -> None:
    name = f"reading-{'verbose' if verbose else 'short'}-{language}.txt"
    assert same_as(SNAPSHOTS / name, render(_reading(), language, 100, Ink(False), verbose))


def test_a_document_without_a_form() -> None:
    text = render(Reading("a.txt", "txt", (), (), 0), "en", 100, Ink(False))
    assert "No declaration, monitoring or self-evaluation form was found." in text


def test_the_table_stays_within_its_columns() -> None:
    of = form(
        *(
            indicator("很长的三级指标名称" * 6, level2="服务对象满意度指标", explanation="解释" * 40)
            for _ in range(3)
        )
    )
    text = render(Reading("a.txt", "txt", (ReadForm(of, Source()),), (), 9), "zh_Hans", 80, Ink(False), True)
    assert max(width(line) for line in text.split("\n") if "│" in line) <= 80
