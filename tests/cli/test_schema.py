"""`hengliang schema`: schemas that are schemas."""

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from tests.cli.calling import call


@pytest.mark.parametrize("subject", ["form", "reading", "review", "criteria"])
def test_schema(subject: str, tmp_path: Path) -> None:
    called = call("schema", subject)
    Draft202012Validator.check_schema(json.loads(called.out))
    call("schema", subject, "-o", tmp_path / "s.json")
    assert (tmp_path / "s.json").read_text(encoding="utf-8") == called.out
