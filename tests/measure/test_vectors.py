"""The vectors of the ledgers: metrics, scores and findings, each as worked out by hand from the CSV files."""

import json
import shutil
from pathlib import Path

import pytest

from hengliang.measure.catalogue import all_ledgers
from hengliang.measure.vectors import VectorError, run_vectors

VECTORS = Path(__file__).parent / "vectors"
LEDGERS = all_ledgers()
KNOWN = [
    vector
    for vector in json.loads((VECTORS / "expected.json").read_text(encoding="utf-8"))["vectors"]
    if all(Path(file).stem.partition("_")[2] in LEDGERS for file in vector["files"])
]


def folder_with(tmp_path: Path, vector: dict[str, object]) -> Path:
    """A folder that holds one vector only."""
    data = json.loads((VECTORS / "expected.json").read_text(encoding="utf-8"))
    kept = {**data, "vectors": [vector], "rule_vectors": [], "code_vectors": []}
    (tmp_path / "expected.json").write_text(json.dumps(kept, ensure_ascii=False), encoding="utf-8")
    for file in vector["files"]:  # type: ignore[attr-defined]
        shutil.copy(VECTORS / file, tmp_path)
    return tmp_path


@pytest.mark.parametrize("vector", KNOWN, ids=lambda vector: vector["id"])
def test_everything_expected_comes_out(vector: dict[str, object], tmp_path: Path) -> None:
    outcome = run_vectors(folder_with(tmp_path, vector), LEDGERS)
    assert outcome.comparisons
    assert outcome.different == ()


@pytest.mark.parametrize(
    "folder", sorted((VECTORS.parent / "more_vectors").iterdir()), ids=lambda each: each.name
)
def test_edge_cases_worked_out_by_hand(folder: Path) -> None:
    outcome = run_vectors(folder, LEDGERS)
    assert outcome.comparisons
    assert outcome.different == ()


def test_rules_and_codes(tmp_path: Path) -> None:
    data = json.loads((VECTORS / "expected.json").read_text(encoding="utf-8"))
    (tmp_path / "expected.json").write_text(json.dumps({**data, "vectors": []}), encoding="utf-8")
    outcome = run_vectors(tmp_path, LEDGERS)
    assert len(outcome.comparisons) > 40
    assert outcome.different == ()


def test_a_wrong_expectation_is_a_difference(tmp_path: Path) -> None:
    vector = {**KNOWN[0], "metrics": {"M01": 4}, "findings": [{"row": "GC-001", "check": "F01"}]}
    different = run_vectors(folder_with(tmp_path, vector), LEDGERS).different
    assert [each.what for each in different] == ["M01", "finding GC-001 F01"]


def test_a_folder_without_vectors_says_so(tmp_path: Path) -> None:
    with pytest.raises(VectorError, match=r"expected\.json"):
        run_vectors(tmp_path, LEDGERS)
