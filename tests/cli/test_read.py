"""`hengliang read`: text for people, one JSON object for programs, one clear line for what cannot be read."""

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from hengliang.form.schema import reading_schema
from tests.cli.calling import EXAMPLE, call, written
from tests.factories import form, indicator


def test_a_form_in_short() -> None:
    called = call("read", EXAMPLE, "--lang", "zh")
    assert called.code == 0
    assert "25项指标" in called.out
    assert called.out.count("│ ") > 25 * 5


def test_one_json_object() -> None:
    called = call("read", EXAMPLE, "--json")
    data = json.loads(called.out)
    Draft202012Validator(reading_schema()).validate(data)
    assert len(data["forms"]) == 1
    assert len(data["forms"][0]["indicators"]) == 25
    assert data["forms"][0]["indicators"][0]["points"] == "3"
    assert 0.9 < data["coverage"] <= 1


def test_several_documents_are_one_object(tmp_path: Path) -> None:
    names = [written(form(indicator(name)), tmp_path / f"{name}.json") for name in "甲乙丙"]
    data = json.loads(call("read", *names, EXAMPLE, "--json").out)
    Draft202012Validator(reading_schema()).validate(data)
    assert [one["indicators"][0]["name"] for one in data["forms"][:3]] == ["甲", "乙", "丙"]
    assert [Path(one["file"]).name for one in data["documents"]] == [
        "甲.json",
        "乙.json",
        "丙.json",
        EXAMPLE.name,
    ]


def test_what_is_read_can_be_read_again(tmp_path: Path) -> None:
    first = call("read", EXAMPLE, "--json").out
    path = tmp_path / "again.json"
    path.write_text(first, encoding="utf-8")
    again = json.loads(call("read", path, "--json").out)
    assert again["forms"][0]["indicators"] == json.loads(first)["forms"][0]["indicators"]


def test_a_folder_is_written_file_by_file(tmp_path: Path) -> None:
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        written(form(indicator(folder)), tmp_path / folder / "form.json")
    called = call("read", tmp_path / "a", tmp_path / "b", "-o", tmp_path / "out")
    assert called.code == 0
    names = sorted(path.name for path in (tmp_path / "out").iterdir())
    assert names == ["form-2.json", "form.json"]
    first = json.loads((tmp_path / "out" / "form.json").read_text(encoding="utf-8"))
    assert first["forms"][0]["indicators"][0]["name"] == "a"


def test_standard_input() -> None:
    called = call("read", "-", "--json", given=EXAMPLE.read_bytes())
    data = json.loads(called.out)
    assert len(data["forms"][0]["indicators"]) == 25
    assert data["documents"][0]["file"] == "-"
    assert all(place.startswith("-") for place in data["forms"][0]["source"]["places"].values())


def test_standard_input_of_a_format(tmp_path: Path) -> None:
    given = written(form(indicator("甲")), tmp_path / "form.json").read_bytes()
    data = json.loads(call("read", "-", "--json", "--stdin-format", "json", given=given).out)
    assert data["forms"][0]["indicators"][0]["name"] == "甲"


def test_one_bad_file_does_not_stop_the_others(tmp_path: Path) -> None:
    bad = tmp_path / "bad.pdf"
    bad.write_bytes(b"%PDF-1.7 broken")
    called = call("read", bad, tmp_path / "none.txt", EXAMPLE)
    assert called.code == 2
    assert "25 indicators" in called.out
    lines = called.err.splitlines()
    assert len(lines) == 2
    assert lines[0].startswith(f"error: {bad}: ")
    assert lines[1].startswith(f"error: {tmp_path / 'none.txt'}: ")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_an_error_says_file_reason_and_remedy(tmp_path: Path, language: str) -> None:
    called = call("read", tmp_path / "none.txt", "--lang", language)
    assert called.code == 2
    assert called.out == ""
    (line,) = called.err.splitlines()
    assert "none.txt" in line
    assert line.count("；" if language == "zh" else ";") >= 1


def test_a_folder_without_documents_is_wrong_usage(tmp_path: Path) -> None:
    called = call("read", tmp_path)
    assert called.code == 2
    assert "there is nothing to read" in called.err
