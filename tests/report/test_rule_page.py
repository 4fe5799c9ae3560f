"""Every rule has a page for the terminal in both languages, and stands in the list."""

import pytest

from hengliang.report.ink import Ink
from hengliang.report.rule_page import page, table
from hengliang.report.width import width
from hengliang.review.catalogue import all_rules
from hengliang.review.rule import Rule


@pytest.mark.parametrize("rule", all_rules(), ids=lambda rule: rule.code)
def test_page(rule: Rule) -> None:
    chinese, english = (page(rule, language, 80, Ink(False)) for language in ("zh_Hans", "en"))
    assert chinese.startswith(f"{rule.code} {rule.zh}")
    assert english.startswith(f"{rule.code} {rule.en}")
    assert "查什么" in chinese
    assert "What it checks" in english
    assert chinese.rstrip().endswith("〕")


def test_running_text_is_wrapped() -> None:
    for rule in all_rules():
        for line in page(rule, "zh_Hans", 80, Ink(False)).split("\n"):
            assert (
                width(line) <= 80
                or "|" in line
                or line.startswith("      ")
                or " " not in line.strip()
                or not line.startswith(" ")
            )


def test_the_list_has_every_rule() -> None:
    text = table(all_rules(), "en", Ink(False))
    assert [line[:3] for line in text.splitlines() if line[:1].isupper() and line[1:3].isdigit()] == [
        rule.code for rule in all_rules()
    ]
