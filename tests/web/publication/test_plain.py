"""Sentences for citizens count each indicator once, for what it is."""

from typing import Any

from hengliang.web.evaluation.shown import actual_said
from hengliang.web.publication import plain


def _row(state: str, low: str | None, high: str | None, weight: str | None) -> dict[str, Any]:
    return {"state": state, "low": low, "high": high, "weight": weight}


def test_each_indicator_is_counted_for_what_it_is() -> None:
    rows = [
        _row("scored", "3.00", "3.00", "3"),
        _row("scored", "1.00", "1.00", "3"),
        _row("bounded", "0.00", "3.00", "3"),
        _row("not_reported", None, None, "3"),
        _row("not_applicable", None, None, None),
        _row("no_points", None, None, None),
    ]
    total = {"certain": False, "low": "4.00", "high": "10.00", "of": "12.00"}
    said = [
        one.say("zh_Hans") for one in plain.came_of_it({"sheet": {"zh_Hans": {"rows": rows, "total": total}}})
    ]
    assert len(said) == 6
    assert said[0].startswith("6")
    assert "2项不计分" in said[4]
    assert "1" in said[3]
    assert "4.00" in said[5]


def test_facts_are_a_report() -> None:
    assert actual_said("57家", {}, "zh_Hans") == "57家"
    assert actual_said(None, {"delay": "1", "通过验收": "是"}, "zh_Hans") == "延迟时间：1；通过验收：是"
    assert actual_said(None, {"delay": "1"}, "en") == "delay: 1"
    assert actual_said(None, {}, "zh_Hans") == ""
