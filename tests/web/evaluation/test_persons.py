"""Rows that are called by a person are called by their row of the file, except in the own unit."""

from typing import Any

from hengliang.web.evaluation.persons import result_without, without


def _measurement(ledger: str, name: str) -> dict[str, Any]:
    row = {"ledger": ledger, "name": name, "counted": True, "reason": None, "batch": "b", "source_row": 4}
    return {"ledger": ledger, "rows": [row]}


def test_an_expert_is_not_named() -> None:
    shown = without(_measurement("expert_review", "E-007"), "zh_Hans")
    assert shown["rows"][0]["name"] == "第4行"
    whole = {"measurements": [_measurement("expert_review", "E-007")]}
    assert "E-007" not in str(result_without(whole, "en"))


def test_a_check_keeps_its_name() -> None:
    measurement = _measurement("green_mine_check", "GC-001")
    assert without(measurement, "zh_Hans") == measurement


def test_rows_of_another_ledger_are_judged_by_that() -> None:
    measurement = _measurement("expert_review", "V-1") | {"ledger": "green_mine_check"}
    assert without(measurement, "zh_Hans")["rows"][0]["name"] == "第4行"


def test_what_has_no_rows_has_none() -> None:
    measurement = {"ledger": "sensor_reading", "rows": None}
    assert without(measurement, "en") == measurement
