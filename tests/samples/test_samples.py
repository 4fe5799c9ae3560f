"""Whole documents, read and compared with what is in them."""

import json
import shutil
from pathlib import Path

import pytest

from hengliang.form.exchange import to_exchange
from hengliang.form.read import read_document
from tests.samples.compare import compare

FORMS = Path(__file__).parent / "forms"
EXAMPLE = Path(__file__).parents[2] / "examples" / "hengyang-2023.txt"
TRUTHS = sorted(FORMS.glob("*.truth.json"))


@pytest.mark.parametrize("truth_file", TRUTHS, ids=lambda path: path.name.split(".")[0])
def test_sample_is_read_as_it_is(truth_file: Path) -> None:
    document = truth_file.with_name(truth_file.name.removesuffix(".truth.json"))
    if document.suffix == ".doc" and shutil.which("soffice") is None:
        pytest.skip("LibreOffice is not installed: .doc cannot be converted")
    truth = json.loads(truth_file.read_text(encoding="utf-8"))
    result = compare(to_exchange(read_document(document)), truth)
    assert result.differences == []
    assert result.rows_found == sum(len(form["indicators"]) for form in truth["forms"])


def test_every_cell_is_used_or_listed() -> None:
    for truth_file in TRUTHS:
        document = truth_file.with_name(truth_file.name.removesuffix(".truth.json"))
        if document.suffix == ".doc" and shutil.which("soffice") is None:
            continue
        reading = read_document(document)
        assert reading.used > 0
        assert all(left.text and str(left.reason) for left in reading.not_understood)
        assert reading.coverage == pytest.approx(reading.used / (reading.used + len(reading.not_understood)))


def test_worked_example() -> None:
    reading = read_document(EXAMPLE)
    (read,) = reading.forms
    form = read.form
    assert (len(form.duties), len(form.goals), len(form.indicators)) == (4, 6, 25)
    assert form.duty_marks == ("1、", "2、", "3、", "4、")
    assert form.goal_marks == ("（一）", "（二）", "（三）", "（四）", "（五）", "（六）")
    assert form.truncated == ("goals/5",)
    assert sum(len(indicator.truncated) for indicator in form.indicators) == 33
    assert sum(indicator.points or 0 for indicator in form.indicators) == 95
    for indicator in form.indicators:
        assert None not in (
            indicator.level1,
            indicator.level2,
            indicator.operator,
            indicator.target,
            indicator.unit,
            indicator.explanation,
            indicator.criterion,
            indicator.points,
        )
    assert reading.not_understood == ()
    assert reading.coverage == 1.0
    # Lines broken inside a word are joined, and the reading tells where.
    assert {path: len(joins) for path, joins in read.source.joins.items()} == {
        "goals/0": 1,
        "goals/2": 1,
        "goals/3": 1,
    }
    assert form.goals[0].endswith("确保资源要素保供到位。")
