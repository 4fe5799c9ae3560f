"""The road on one page: read, review, export."""

from pathlib import Path

import pytest

from hengliang import api
from hengliang.base.profile import ProfileError
from hengliang.form.containers.limits import Limits
from hengliang.form.errors import Damaged, TooLarge
from tests.factories import form, indicator

EXAMPLE = Path(__file__).parents[1] / "examples" / "hengyang-2023.txt"


def test_the_road() -> None:
    (read,) = api.read(EXAMPLE).forms
    found = api.review(read.form, source=read.source)
    assert {"F02", "V01"} <= {finding.code for finding in found.findings}


def test_rules_are_chosen_by_the_beginnings_of_their_codes() -> None:
    (read,) = api.read(EXAMPLE).forms
    found = api.review(read.form, source=read.source, select=["V"], ignore=["V0", "V23"])
    codes = {finding.code for finding in found.findings}
    assert codes
    assert all(code.startswith(("V1", "V2")) and code != "V23" for code in codes)


@pytest.mark.parametrize("ending", ["json", "xlsx", "docx", "csv", "md"])
def test_what_is_exported_is_read_again(tmp_path: Path, ending: str) -> None:
    of = form(indicator("绿色矿山核查数量"), goals=("完成核查。",))
    api.export(of, tmp_path / f"form.{ending}")
    (read,) = api.read(tmp_path / f"form.{ending}").forms
    assert read.form.indicators[0].name == "绿色矿山核查数量"


def test_the_format_may_be_named(tmp_path: Path) -> None:
    api.export(form(), tmp_path / "form.txt", "json")
    assert (tmp_path / "form.txt").read_text(encoding="utf-8").startswith("{")


def test_refusals(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="'pdf' is none of json"):
        api.export(form(), tmp_path / "form.pdf")
    with pytest.raises(ProfileError):
        api.review(form(), "mars")
    with pytest.raises(TooLarge):
        api.read(EXAMPLE, Limits(file_bytes=10))
    (tmp_path / "form.json").write_text("{}", encoding="utf-8")
    with pytest.raises(Damaged):
        api.read(tmp_path / "form.json")
