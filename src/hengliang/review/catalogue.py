"""The rules there are, found in their files."""

from functools import cache
from importlib import import_module
from pkgutil import walk_packages

from hengliang.review import rules
from hengliang.review.rule import Rule

FAMILIES = "FTIVSWGMHRP"
"""The families in the order they are reported."""


@cache
def all_rules() -> tuple[Rule, ...]:
    """Every rule, by family and number."""
    modules = walk_packages(rules.__path__, f"{rules.__name__}.")
    found: list[Rule] = [import_module(module.name).rule for module in modules if not module.ispkg]
    return tuple(sorted(found, key=lambda rule: (FAMILIES.index(rule.code[0]), rule.code)))


@cache
def rule_by_code() -> dict[str, Rule]:
    """Every rule under its code."""
    return {rule.code: rule for rule in all_rules()}


def selected(select: tuple[str, ...] = (), ignore: tuple[str, ...] = ()) -> tuple[Rule, ...]:
    """The rules whose code begins with one of `select` (all when empty) and with none of `ignore`."""
    return tuple(
        rule
        for rule in all_rules()
        if (not select or rule.code.startswith(select)) and not (ignore and rule.code.startswith(ignore))
    )
