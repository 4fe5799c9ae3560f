"""The worked example, from its text to its findings: exactly those that the catalogue of rules expects."""

import tomllib
from collections import Counter, defaultdict
from pathlib import Path

import pytest

from hengliang.base.finding import Finding
from hengliang.base.profile import load_profile
from hengliang.form.read import read_document
from hengliang.review.run import Review, review

EXAMPLE = Path(__file__).parents[2] / "examples" / "hengyang-2023.txt"
EXPECTED = tomllib.loads((Path(__file__).parent / "hengyang_findings.toml").read_text(encoding="utf-8"))
# Coined terms are counted over the whole form, wherever they stand; how many topics are crowded depends on
# where one topic ends.
ANYWHERE = {"T12": 5}
AT_LEAST = {"G07": 1}


def _review(profile: str) -> Review:
    (read,) = read_document(EXAMPLE).forms
    return review(read.form, load_profile(profile), read.source)


@pytest.fixture(scope="module")
def found() -> Review:
    return _review("national-2015")


def _row_of(finding: Finding) -> int | None:
    head, _, rest = finding.spots[0].path.partition("/")
    return int(rest.split("/")[0]) + 1 if head == "indicators" and rest else None


def _by_row(result: Review) -> dict[int, set[str]]:
    rows: dict[int, set[str]] = defaultdict(set)
    for finding in result.findings:
        row = _row_of(finding)
        if row is not None and finding.code not in ANYWHERE and finding.code not in AT_LEAST:
            rows[row].add(finding.code)
    return rows


@pytest.mark.parametrize("row", range(1, 26))
def test_findings_of_a_row(found: Review, row: int) -> None:
    expected = set(EXPECTED["rows"][str(row)].split()) - {"I03"}
    assert _by_row(found)[row] == expected


def test_one_finding_per_rule_and_row(found: Review) -> None:
    pairs = Counter((finding.code, _row_of(finding)) for finding in found.findings if _row_of(finding))
    assert [pair for pair, count in pairs.items() if count > 1] == []


def test_findings_of_the_whole_form(found: Review) -> None:
    codes = Counter(
        finding.code
        for finding in found.findings
        if _row_of(finding) is None and finding.code not in ANYWHERE and finding.code not in AT_LEAST
    )
    in_rows_too = {"T09": 6}
    assert dict(codes) == {**EXPECTED["form"], **in_rows_too}


def test_findings_counted_wherever_they_stand(found: Review) -> None:
    codes = Counter(finding.code for finding in found.findings)
    assert {code: codes[code] for code in ANYWHERE} == ANYWHERE
    assert all(codes[code] >= least for code, least in AT_LEAST.items())


def test_tree_of_2021_moves_cost_out_of_output() -> None:
    rows = {_row_of(finding) for finding in _review("national-2021").findings if finding.code == "I03"}
    assert {10, 11, 12} <= rows


def test_what_the_form_does_well(found: Review) -> None:
    green = {
        "F01",
        "F04",
        "F05",
        "F06",
        "F09",
        "F10",
        "F12",
        "F16",
        "V03",
        "V13",
        "V15",
        "S03",
        "S07",
        "W01",
        "W07",
    }
    assert not green & {finding.code for finding in found.findings}
    assert {"F01", "F04", "F05", "F09", "F10", "F12", "F16", "W01", "W07", "W11"} <= set(found.passed)


def test_names_that_were_cut_are_not_judged(found: Review) -> None:
    rows = {int(one.spots[0].path.split("/")[1]) + 1 for one in found.undecidable if one.code == "I04"}
    assert rows == {3, 6, 7, 8, 12, 14, 16, 24}
