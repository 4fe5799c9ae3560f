"""A finding is known again wherever its row stands, and is new when what was observed is."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hengliang.form.errors import Damaged
from hengliang.review.baseline import baseline_text, entries, fingerprint, read_baseline
from tests.factories import finding, form, indicator

NAMES = ("甲", "乙", "丙", "丁")


@given(st.permutations(NAMES))
def test_rows_may_change_their_order(names: list[str]) -> None:
    before = form(*map(indicator, NAMES))
    after = form(*map(indicator, names))
    found = {
        fingerprint(of, finding("V98", f"indicators/{number}/target"))
        for of in (before, after)
        for number in range(len(NAMES))
    }
    assert len(found) == len(NAMES)


@pytest.mark.parametrize(
    "other",
    [
        finding("V97", "indicators/0/target", observed="60"),
        finding("V98", "indicators/0/unit", observed="60"),
        finding("V98", "indicators/1/target", observed="60"),
        finding("V98", "indicators/0/target", observed="61"),
        finding("V98", "indicators/0/target", "indicators/1/target", observed="60"),
    ],
)
def test_what_differs_is_new(other) -> None:
    of = form(indicator("甲"), indicator("乙"))
    assert fingerprint(of, finding("V98", "indicators/0/target", observed="60")) != fingerprint(of, other)


def test_goals_are_known_by_their_words() -> None:
    before, after = form(goals=("甲", "乙")), form(goals=("乙", "甲"))
    assert fingerprint(before, finding("T98", "goals/1")) == fingerprint(after, finding("T98", "goals/0"))


def test_two_organisations_do_not_share_findings() -> None:
    found = finding("F98", "fiscal_year")
    assert fingerprint(form(organisation="甲局"), found) != fingerprint(form(organisation="乙局"), found)


def test_a_file_is_written_and_read(tmp_path: Path) -> None:
    of = form(indicator("甲"), indicator("乙"))
    found = [finding("V98", f"indicators/{number}/target") for number in (0, 1)]
    path = tmp_path / "known.json"
    path.write_text(baseline_text(entries(of, found)), encoding="utf-8")
    assert read_baseline(path) == {fingerprint(of, one) for one in found}


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", '{"hengliang_baseline": 2, "findings": {}}', '{"findings": {}}']
)
def test_another_file_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "known.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(Damaged):
        read_baseline(path)
