"""Every code of a check is used by a ledger, and expected by a vector that was worked out by hand."""

import json
from pathlib import Path

from hengliang.measure.catalogue import all_ledgers
from hengliang.measure.checks.catalogue import codes_of, shared_checks

SHARED = {f"Q{at:02}" for at in range(1, 14) if at != 4} | {f"F{at:02}" for at in range(1, 16)} | {"F13b"}
"""Of the shared checks Q04 alone reports nothing: what lies outside the period is not counted."""
OF_SUBJECTS = {
    "I02-A1", "I03-B1", "I04-A1", "I04-A2", "I06-A1", "I06-A2", "I09-A1", "I09-B1", "I10-A1",
    "I10-A2", "I11-A1", "I11-A2", "I14-A1", "I15-A1", "I16-A1", "I17-A1", "I21-A1", "I23-A1",
    "I24-A1", "I24-A2", "I25-A1", "I25-A2", "G01-A1", "G02-A1", "G05-A1", "G05-A2", "G07-A1",
    "G08-B1", "G08-B2", "G10-A1", "G10-A2", "G11-A1", "G14-A1", "D04-B1",
}  # fmt: skip
"""The codes that the sections of the subjects name."""
USED = {code for ledger in all_ledgers().values() for code in codes_of(ledger)}
EXPECTED = {
    finding["check"]
    for path in Path(__file__).parent.glob("*vectors/**/expected.json")
    for vector in json.loads(path.read_text(encoding="utf-8"))["vectors"]
    for finding in vector.get("findings", [])
}


def test_every_code_of_the_catalogue_is_used_by_a_ledger() -> None:
    assert not (SHARED | OF_SUBJECTS) - USED


def test_every_code_that_a_ledger_uses_is_expected_by_a_vector() -> None:
    assert not USED - EXPECTED
    assert not EXPECTED - USED


def test_every_check_over_several_rows_is_asked_for_by_a_ledger() -> None:
    asked = {check.code for ledger in all_ledgers().values() for check in ledger.checks}
    by_itself = {"Q08", "Q12", "Q13", "F05", "F10"}
    assert not set(shared_checks()) - asked - by_itself
