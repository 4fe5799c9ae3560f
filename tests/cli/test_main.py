"""Help, version and wrong usage: said clearly, with exit code 2, in both languages."""

import subprocess
import sys

import pytest

from hengliang import __version__
from hengliang.report.width import width
from tests.cli.calling import EXAMPLE, call

COMMANDS = ("read", "review", "rule", "export", "schema")


def test_version() -> None:
    assert call("--version").out == f"hengliang {__version__}\n"


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_with_examples(command: str, language: str) -> None:
    called = call(command, "--help", "--lang", language)
    assert called.code == 0
    assert f"  hengliang {command} " in called.out or f"| hengliang {command} " in called.out
    assert max(map(width, called.out.split("\n"))) <= 100
    assert "--help" in called.out


def test_the_help_names_all_commands() -> None:
    called = call("--help")
    assert called.code == 0
    assert all(f"\n  {command} " in called.out for command in COMMANDS)


def test_no_command_shows_the_help() -> None:
    called = call()
    assert called.code == 2
    assert "Commands:" in called.out


@pytest.mark.parametrize(
    ("arguments", "said", "zh"),
    [
        (["reveiw", "a"], "there is no command reveiw; did you mean review", "没有命令 reveiw"),
        (["xyzzy"], "there is no command xyzzy; there are read", "现有命令：read"),
        (["review"], "FILE|DIR… is missing", "缺少 FILE|DIR…"),
        (
            ["review", EXAMPLE, "--formt", "json"],
            "there is no option --formt; did you mean --format",
            "没有选项 --formt",
        ),
        (["review", EXAMPLE, "--format", "html"], "--format is one of text, json", "--format 只能是"),
        (["review", EXAMPLE, "--jobs", "many"], "--jobs", "--jobs"),
        (["review", EXAMPLE, "--fix", "--diff"], "only one of --fix, --diff", "每次只能选一项"),
        (["review", EXAMPLE, "--profile", "mars"], "there is no profile 'mars'", "mars"),
        (["review", EXAMPLE, "--select", "Z9"], "no rule has the code Z9", "没有编号为 Z9 的规则"),
        (
            ["review", EXAMPLE, "--baseline", "none.json"],
            "none.json: this is no baseline",
            "不是审核发现的基线",
        ),
        (["review", EXAMPLE, "-o", EXAMPLE], "is an input and is never overwritten", "不会被覆盖"),
        (
            ["export", EXAMPLE, "--as", "xlsx", "-o", EXAMPLE],
            "is an input and is never overwritten",
            "不会被覆盖",
        ),
        (["rule"], "name a rule, or ask for --list", "--list"),
        (["rule", "V60"], "no rule has the code V60; did you mean V06", "是否指 V06"),
        (["schema", "house"], "is one of form, reading, review", "form, reading, review"),
    ],
)
def test_wrong_usage(arguments: list[object], said: str, zh: str) -> None:
    called = call(*arguments)
    assert called.code == 2
    assert called.out == ""
    assert called.err.startswith("error: ")
    assert said in called.err
    assert zh in call(*arguments, "--lang", "zh").err


def test_it_starts_without_what_it_does_not_need() -> None:
    """The readers, the model and the libraries for office files come when they are used."""
    code = (
        "import sys; from hengliang.cli import main;"
        "print(sorted({'pydantic', 'rich', 'openpyxl', 'docx', 'pdfplumber', 'lxml'} & sys.modules.keys()))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


def test_the_program_itself() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "hengliang", "rule", "V06", "--lang", "en"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.startswith("V06 percent out of reach")
