"""What a rule rests on, in words."""

from hengliang.base.message import message
from hengliang.review.rule import Rule


def basis_line(rule: Rule, language: str) -> str:
    """The duties that a rule checks, with their sources: `财预〔2015〕88号 规范完整性; …`."""
    return message("; ").say(language).join(basis_lines(rule, language))


def basis_lines(rule: Rule, language: str) -> list[str]:
    """The same, one duty each."""
    del language
    return list(rule.basis)
