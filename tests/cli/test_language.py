"""The language: by option anywhere on the line, by environment, by locale."""

import pytest

from hengliang.cli.language import language_named, language_of, take_language
from tests.cli.calling import call


@pytest.mark.parametrize(
    ("arguments", "wanted", "rest"),
    [
        (["review", "a.txt", "--lang", "zh"], "zh", ["review", "a.txt"]),
        (["--lang=en", "review"], "en", ["review"]),
        (["--lang", "zh", "review", "--lang", "en"], "en", ["review"]),
        (["review", "--", "--lang", "zh"], None, ["review", "--", "--lang", "zh"]),
        (["review", "--lang"], None, ["review", "--lang"]),
        ([], None, []),
    ],
)
def test_take_language(arguments: list[str], wanted: str | None, rest: list[str]) -> None:
    assert take_language(arguments) == (wanted, rest)


@pytest.mark.parametrize(
    ("name", "language"),
    [
        ("zh", "zh_Hans"),
        ("zh_CN.UTF-8", "zh_Hans"),
        ("zh-Hans", "zh_Hans"),
        ("ZH", "zh_Hans"),
        ("en", "en"),
        ("en_GB", "en"),
        ("fr", None),
        ("", None),
        ("C.UTF-8", None),
    ],
)
def test_language_named(name: str, language: str | None) -> None:
    assert language_named(name) == language


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({"LANG": "zh_CN.UTF-8"}, "zh_Hans"),
        ({"LANG": "de_DE.UTF-8"}, "en"),
        ({"LC_ALL": "en_US.UTF-8", "LANG": "zh_CN.UTF-8"}, "en"),
        ({"LC_ALL": "", "LC_MESSAGES": "zh_CN", "LANG": "en_US"}, "zh_Hans"),
        ({"HENGLIANG_LANG": "en", "LC_ALL": "zh_CN"}, "en"),
        ({"HENGLIANG_LANG": "zh", "LC_ALL": "en_US"}, "zh_Hans"),
        ({"HENGLIANG_LANG": "fr", "LC_ALL": "zh_CN"}, "zh_Hans"),
        ({"LC_ALL": "C"}, "en"),
    ],
)
def test_language_of(environment: dict[str, str], language: str) -> None:
    assert language_of(environment) == language


def test_help_is_in_the_language_asked_for() -> None:
    assert call("--help").out.startswith("Usage: hengliang")
    assert call("--help", LANG="zh_CN.UTF-8").out.startswith("用法：hengliang")
    assert call("review", "--help", "--lang", "zh").out.startswith("用法：hengliang review")
    assert call("--help", "--lang", "en", LANG="zh_CN.UTF-8").out.startswith("Usage: hengliang")


def test_an_unknown_language_is_refused() -> None:
    called = call("--lang", "fr", "rule", "--list")
    assert called.code == 2
    assert "--lang is zh or en, not fr" in called.err
