"""`hengliang audit` on many files."""

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from hengliang.form.model import Purpose
from hengliang.report.audit_schema import audit_schema
from tests.cli.calling import EXAMPLE, call, written
from tests.factories import form, indicator


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two self-evaluations, one of which claims too much, a declaration and a broken file."""
    home = tmp_path / "published"
    home.mkdir()
    plain = {"target": "100", "unit": "个", "points": "10"}
    good = indicator("检查", actual="90", score="9", **plain)
    bad = indicator("抽查", actual="80", score="10", **plain)
    written(form(good, purpose=Purpose.SELF_EVALUATION), home / "a.json")
    written(form(good, bad, purpose=Purpose.SELF_EVALUATION), home / "b.json")
    written(form(), home / "c.json")
    return home


def test_what_differs_is_shown_with_the_arithmetic_and_makes_exit_code_1(folder: Path) -> None:
    called = call("audit", folder)
    assert called.code == 1
    assert "抽查" in called.out
    assert "printed 10; in proportion to the target: 8.00" in called.out
    assert "检查  " not in called.out
    assert "2 self-evaluations  ● agrees 2 · ■ differs 1" in called.out
    assert "c.json: there is no self-evaluation with scores in it" in called.err


def test_all_is_well(folder: Path) -> None:
    called = call("audit", folder / "a.json", "--lang", "zh", "-v")
    assert called.code == 0
    assert "● 一致" in called.out
    assert "9.00分：正向完成比例法" in called.out


def test_json_keeps_to_its_schema(folder: Path, tmp_path: Path) -> None:
    (folder / "d.json").write_text("{")
    called = call("audit", folder, "--json")
    assert called.code == 2
    data = json.loads(called.out)
    Draft202012Validator.check_schema(audit_schema())
    Draft202012Validator(audit_schema()).validate(data)
    assert data["counts"] == {"agrees": 2, "differs": 1, "undecided": 0}
    assert [Path(one["file"]).name for one in data["forms"]] == ["a.json", "b.json"]
    assert [Path(one["file"]).name for one in data["unreadable"]] == ["d.json"]
    row = data["forms"][1]["rows"][1]
    assert (row["verdict"], row["printed"], row["candidates"][0]["low"]) == ("differs", "10", "8")
    out = tmp_path / "audit.json"
    assert call("audit", folder / "b.json", "--json", "-o", out).code == 1
    assert json.loads(out.read_text(encoding="utf-8"))["counts"]["differs"] == 1


def test_a_declaration_is_refused_where_it_is_named() -> None:
    called = call("audit", EXAMPLE)
    assert called.code == 2
    assert "there is no self-evaluation with scores in it" in called.err
