"""`hengliang rule`: pages and the list."""

from hengliang.review.catalogue import all_rules
from tests.cli.calling import call


def test_pages_by_code_and_name() -> None:
    by_code = call("rule", "v06", "--lang", "zh")
    assert by_code.code == 0
    assert by_code.out.startswith("V06 百分比不可达")
    assert call("rule", "percent-out-of-reach", "--lang", "zh").out == by_code.out


def test_several_pages() -> None:
    out = call("rule", "V06", "F02").out
    assert out.index("V06 percent") < out.index("F02 year missing")


def test_the_list() -> None:
    out = call("rule", "--list", "--lang", "zh").out
    assert all(f"{rule.code}  " in out and rule.zh in out for rule in all_rules())


def test_colour() -> None:
    assert "\x1b[1;31merror\x1b[0m" in call("rule", "V06", FORCE_COLOR="1").out
