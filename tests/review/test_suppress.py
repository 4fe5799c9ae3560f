"""Suppressions: only what they name, only with a reason, only as long as they hold."""

from datetime import date
from pathlib import Path

import pytest

from hengliang.form.errors import Damaged
from hengliang.review.suppress import Suppression, read_suppressions, still_holding, suppress
from tests.factories import finding, form, indicator

FORM = form(indicator("甲"), indicator("乙"), goals=("目标一",))


def _entry(code: str = "V98", place: str = "*", until: date | None = None) -> Suppression:
    return Suppression(code, place, "已经财政局同意", "张三", until)


@pytest.mark.parametrize("place", ["*", "indicators/1/target", "indicators/1", "indicators", "乙"])
def test_a_place_covers_what_lies_in_it(place: str) -> None:
    found = finding("V98", "indicators/1/target")
    sifted = suppress(FORM, [found], [_entry(place=place)])
    assert sifted.kept == ()
    assert sifted.suppressed[0].finding == found
    assert sifted.unused == ()


@pytest.mark.parametrize(
    "place", ["indicators/0", "甲", "indicators/1/targ", "goals", "indicators/1/target/x"]
)
def test_a_place_covers_nothing_else(place: str) -> None:
    found = finding("V98", "indicators/1/target")
    entry = _entry(place=place)
    assert suppress(FORM, [found], [entry]) == ((found,), (), (entry,))


def test_another_rule_is_not_overruled() -> None:
    found = finding("V98", "indicators/1/target")
    assert suppress(FORM, [found], [_entry(code="V9")]).kept == (found,)


def test_one_entry_may_overrule_many() -> None:
    found = [finding("V98", "indicators/0/target"), finding("V98", "indicators/1/target")]
    assert len(suppress(FORM, found, [_entry()]).suppressed) == 2


def test_an_entry_holds_to_its_last_day() -> None:
    entry = _entry(until=date(2026, 12, 31))
    assert still_holding([entry], date(2026, 12, 31)) == (entry,)
    assert still_holding([entry], date(2027, 1, 1)) == ()


def test_a_file_is_read(tmp_path: Path) -> None:
    path = tmp_path / "form.xlsx.hengliang.toml"
    path.write_text(
        '[[suppress]]\ncode = "W02"\nplace = "公众满意度"\nreason = "表样如此"\nby = "张三"\n'
        "until = 2027-12-31\n",
        encoding="utf-8",
    )
    assert read_suppressions(path) == (
        Suppression("W02", "公众满意度", "表样如此", "张三", date(2027, 12, 31)),
    )


GOOD = 'code = "W02"\nplace = "*"\nreason = "r"\nby = "b"\n'


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[[suppress]", "TOML"),
        ("[[suppress]]\n" + GOOD.replace('reason = "r"\n', ""), "entry 1 has no reason"),
        ("[[suppress]]\n" + GOOD.replace('"r"', '"  "'), "entry 1 has no reason"),
        ("[[suppress]]\n" + GOOD + "[[suppress]]\n" + GOOD.replace('by = "b"\n', ""), "entry 2 has no by"),
        ("[[suppress]]\n" + GOOD + 'until = "soon"\n', "until is no date"),
        ("[[suppress]]\n" + GOOD + "until = 2027-12-31T00:00:00\n", "until is no date"),
        ("[[suppress]]\n" + GOOD + "sincerely = 1\n", "unknown key sincerely"),
        ("[[supress]]\n" + GOOD, "supress"),
        ("suppress = 3\n", "suppress"),
        ("suppress = [3]\n", "entry 1 has no code"),
    ],
)
def test_a_bad_file_is_refused_with_the_entry(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "s.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(Damaged, match=said):
        read_suppressions(path)


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Damaged):
        read_suppressions(tmp_path / "none.toml")
