"""`hengliang ledger`: what there is, and test vectors."""

import json
import shutil
from pathlib import Path

from hengliang.measure.catalogue import all_ledgers
from tests.cli.calling import call

VECTORS = Path(__file__).parents[1] / "measure" / "vectors"


def one_vector(tmp_path: Path, **changes: object) -> Path:
    """A folder with the vector I01 only, changed as said."""
    data = json.loads((VECTORS / "expected.json").read_text(encoding="utf-8"))
    vector = {**data["vectors"][0], **changes}
    kept = {**data, "vectors": [vector], "rule_vectors": [], "code_vectors": []}
    (tmp_path / "expected.json").write_text(json.dumps(kept), encoding="utf-8")
    shutil.copy(VECTORS / "I01_green_mine_check.csv", tmp_path)
    return tmp_path


def test_the_list() -> None:
    out = call("ledger", "list", "--lang", "zh").out
    assert all(ledger.name in out and ledger.zh in out for ledger in all_ledgers().values())
    assert {each["name"] for each in json.loads(call("ledger", "list", "--json").out)} == {*all_ledgers()}


def test_a_page_by_either_name() -> None:
    page = call("ledger", "describe", "绿色矿山核查台账", "--lang", "zh")
    assert page.code == 0
    assert "核查日期" in page.out
    assert page.out == call("ledger", "describe", "green_mine_check", "--lang", "zh").out
    schema = json.loads(call("ledger", "describe", "green_mine_check", "--json").out)
    assert schema["primaryKey"] == ["mine_id", "round_no", "fiscal_year"]


def test_a_ledger_that_there_is_not() -> None:
    wrong = call("ledger", "describe", "green_mine_chek")
    assert wrong.code == 2
    assert "green_mine_check" in wrong.err


def test_vectors_that_come_out(tmp_path: Path) -> None:
    run = call("ledger", "test", one_vector(tmp_path))
    assert (run.code, run.out) == (0, "5 compared, 0 different\n")


def test_vectors_that_do_not(tmp_path: Path) -> None:
    folder = one_vector(tmp_path, metrics={"M01": 4})
    run = call("ledger", "test", folder)
    assert run.code == 1
    assert "I01 M01: expected 4, found 3" in run.out
    data = json.loads(call("ledger", "test", folder, "--json").out)
    assert (data["different"], data["comparisons"][0]["found"]) == (1, "3")


def test_a_vector_of_an_unknown_ledger_is_a_difference(tmp_path: Path) -> None:
    run = call("ledger", "test", one_vector(tmp_path, ledger="no_such_ledger"))
    assert run.code == 1
    assert "no_such_ledger" in run.out


def test_a_folder_without_vectors(tmp_path: Path) -> None:
    run = call("ledger", "test", tmp_path)
    assert run.code == 2
    assert "expected.json" in run.err
