"""Every rule has its page, its duties, its words in both languages and a name that says the fault."""

import ast
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

import hengliang.review
from hengliang.base.message import translate
from hengliang.review.catalogue import FAMILIES, all_rules, rule_by_code
from hengliang.review.obligations import duties, obligations, unwritten
from hengliang.review.page import HEADINGS, page_of
from hengliang.review.rule import Rule

REVIEW = Path(str(hengliang.review.__file__)).parent
RULES = {rule.code: rule for rule in all_rules()}
CHINESE = re.compile(r"[\u4e00-\u9fff]")
HOLE = re.compile(r"\{(\w+)")


@pytest.mark.parametrize("rule", all_rules(), ids=lambda rule: rule.code)
def test_bases_are_duties(rule: Rule) -> None:
    assert rule.basis
    assert set(rule.basis) <= duties().keys()


@pytest.mark.parametrize("language", HEADINGS)
@pytest.mark.parametrize("rule", all_rules(), ids=lambda rule: rule.code)
def test_page_has_all_paragraphs(rule: Rule, language: str) -> None:
    page = page_of(rule, language)
    assert tuple(part.heading for part in page) == HEADINGS[language]
    assert all(part.text for part in page)


@pytest.mark.parametrize("rule", all_rules(), ids=lambda rule: rule.code)
def test_names(rule: Rule) -> None:
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)+", rule.name), "a fault in kebab case"
    assert not re.match(r"(disallow|forbid|use|prefer|avoid|must)-", rule.name), (
        "names the fault, not the mend"
    )
    assert rule.run.__module__.rpartition(".")[2] == f"{rule.code.lower()}_{rule.name.replace('-', '_')}"
    assert CHINESE.search(rule.zh)
    assert rule.en and not CHINESE.search(rule.en)
    assert rule.reads


def test_names_are_given_once() -> None:
    for names in ([rule.name for rule in all_rules()], [rule.zh for rule in all_rules()], [*RULES]):
        assert [name for name, times in Counter(names).items() if times > 1] == []


def test_numbers_leave_no_gap() -> None:
    codes = {*rule_by_code(), *(one.code for one in unwritten())}
    for family in FAMILIES:
        numbers = sorted(int(code[1:]) for code in codes if code[0] == family)
        assert numbers, family
        assert numbers == list(range(1, len(numbers) + 1)), family


def test_unwritten_rules_are_not_written() -> None:
    assert {one.code for one in unwritten()}.isdisjoint(rule_by_code())
    assert {one.duty for one in unwritten()} <= duties().keys()


@pytest.mark.parametrize("one", obligations(all_rules()), ids=lambda one: one.duty.id)
def test_duty_is_checked_or_says_why_not(one: object) -> None:
    duty, rules = one.duty, one.rules  # type: ignore[attr-defined]
    assert bool(rules) != (duty.unchecked is not None)
    assert (duty.source is not None) == duty.confirmed


def _messages(file: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and getattr(node.func, "id", None) == "message" and node.args:
            said = node.args[0]
            assert isinstance(said, ast.Constant), (
                f"{file.name}:{node.lineno} gives message() no plain sentence"
            )
            assert isinstance(said.value, str)
            yield said.value


@pytest.mark.parametrize("file", sorted(REVIEW.rglob("*.py")), ids=lambda file: file.stem)
def test_messages_are_translated(file: Path) -> None:
    for english in _messages(file):
        chinese = translate(english, "zh_Hans")
        assert CHINESE.search(chinese) or chinese != english, f"no Chinese for {english!r}"
        assert Counter(HOLE.findall(chinese)) == Counter(HOLE.findall(english)), (
            f"holes of {english!r} and {chinese!r}"
        )
