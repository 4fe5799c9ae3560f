"""SARIF 2.1.0 as its specification asks: rules, results, locations, suppressions, notifications."""

import json
from typing import Any

from hengliang.base.message import message
from hengliang.base.place import Place, Spot
from hengliang.form.errors import Damaged
from hengliang.report.as_sarif import piece, whole
from hengliang.report.records import Rest
from hengliang.review.catalogue import all_rules
from hengliang.review.verdict import Counts
from tests.factories import finding, form, indicator, verdict
from tests.report.reviewed import PLACES, reviewed


def _log(*pieces: str, unreadable: tuple[Damaged, ...] = ()) -> Any:
    return json.loads("".join(whole(pieces, all_rules(), "en", lambda: Rest(Counts(), unreadable))))


def _run(*pieces: str, unreadable: tuple[Damaged, ...] = ()) -> Any:
    log = _log(*pieces, unreadable=unreadable)
    assert log["version"] == "2.1.0"
    (run,) = log["runs"]
    return run


def test_rules_are_described_once_and_pointed_at() -> None:
    found = finding("V06", "indicators/0/target")
    run = _run(piece(verdict(form(), [found]), all_rules(), "en"))
    rules = run["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == [rule.code for rule in all_rules()]
    (result,) = run["results"]
    assert rules[result["ruleIndex"]]["id"] == result["ruleId"] == "V06"


def test_results_have_level_message_and_fingerprint() -> None:
    results = _run(piece(reviewed(), all_rules(), "en"))["results"]
    levels = {result["ruleId"]: result["level"] for result in results if result["kind"] == "fail"}
    assert (levels["V98"], levels["T98"], levels["V97"]) == ("error", "warning", "note")
    assert all(result["message"]["text"] and result["locations"] for result in results)
    assert {result["ruleId"] for result in results if result["kind"] == "open"} == {"G98", "I97"}
    assert all(result["level"] == "none" for result in results if result["kind"] == "open")


def test_overruled_results_say_why() -> None:
    results = _run(piece(reviewed(), all_rules(), "en"))["results"]
    (suppressed,) = [result for result in results if "suppressions" in result]
    assert suppressed["suppressions"] == [{"kind": "external", "justification": "张三: 名称无误"}]


def test_a_baseline_tells_old_from_new() -> None:
    results = _run(piece(reviewed(), all_rules(), "en", has_baseline=True))["results"]
    states = {result["ruleId"]: result.get("baselineState") for result in results}
    assert states["W97"] == "unchanged"
    assert states["V98"] == "new"


def test_a_text_has_lines_and_columns() -> None:
    of = form(indicator("甲乙丙"), goals=("一二三",))
    places = {
        "indicators/0/name": Place("a b.txt", line=7, column=5),
        "indicators/0": Place("a b.txt", line=7, column=1),
        "goals/0": Place("a b.txt", line=3, column=1),
    }
    found = [
        finding("I98", Spot("indicators/0/name", 1, 3)),
        finding("I97", "indicators/0/target"),
        finding("T98", Spot("goals/0", 0, 1)),
    ]
    made = verdict(of, found, file="a b.txt", places=places)
    made = made._replace(source=made.source._replace(printed={"goals/0": "一 二三"}))
    where = [
        result["locations"][0]["physicalLocation"]
        for result in _run(piece(made, all_rules(), "en"))["results"]
    ]
    assert where[0] == {
        "artifactLocation": {"uri": "a%20b.txt"},
        "region": {"startLine": 7, "startColumn": 6, "endColumn": 8},
    }
    assert where[1]["region"] == {"startLine": 7, "startColumn": 1}
    # What is not written as it was printed is only known by its beginning.
    assert where[2]["region"] == {"startLine": 3, "startColumn": 1}


def test_a_sheet_has_cells_as_logical_locations() -> None:
    results = _run(piece(reviewed(PLACES, "form.xlsx"), all_rules(), "zh_Hans"))["results"]
    result = next(result for result in results if result["ruleId"] == "V98")
    (place, *_) = result["locations"]
    assert "region" not in place["physicalLocation"]
    assert place["logicalLocations"][0]["name"] == "申报表!E9"
    assert place["logicalLocations"][1]["name"] == "指标2 界桩定位核查 · 指标值"
    assert result["relatedLocations"][0]["logicalLocations"][0]["name"] == "申报表!D9"


def test_unreadable_files_are_notifications() -> None:
    error = Damaged("bad.pdf", message("it is broken"), message("save it anew"))
    (invocation,) = _run("", piece(verdict(form()), all_rules(), "en"), unreadable=(error,))["invocations"]
    assert invocation["executionSuccessful"] is False
    (told,) = invocation["toolExecutionNotifications"]
    assert told["message"]["text"] == "it is broken; save it anew"
    assert _run()["invocations"][0]["executionSuccessful"] is True
