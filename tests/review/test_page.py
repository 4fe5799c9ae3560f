"""The page of a rule, taken from the docstring of its module."""

from hengliang.review.page import HEADINGS, page_of
from hengliang.review.rules.reporting.r07_total_not_the_sum import rule


def test_paragraphs_by_language() -> None:
    english, chinese = page_of(rule, "en"), page_of(rule, "zh_Hans")
    assert [part.heading for part in english] == list(HEADINGS["en"])
    assert [part.heading for part in chinese] == list(HEADINGS["zh_Hans"])


def test_running_text_is_unwrapped() -> None:
    checks = {part.heading: part.text for part in page_of(rule, "zh_Hans")}["查什么"]
    assert "\n" not in checks
    assert " " not in checks
    english = {part.heading: part.text for part in page_of(rule, "en")}["What it checks"]
    assert "\n" not in english
    assert "  " not in english
