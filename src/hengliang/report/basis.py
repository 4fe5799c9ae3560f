"""What a rule rests on, in words: the duties it checks, from the obligations table."""

from hengliang.base.message import message
from hengliang.review.obligations import Duty, duties
from hengliang.review.rule import Rule


def basis_line(rule: Rule, language: str) -> str:
    """The duties in short: `财预〔2015〕88号 规范完整性；…`."""
    return message("; ").say(language).join(_short(basis) for basis in rule.basis)


def basis_lines(rule: Rule, language: str) -> list[str]:
    """The duties in full, one each: document, clause, what it asks, and whether the wording was confirmed."""
    known = duties()
    return [_full(known[basis], language) if basis in known else basis for basis in rule.basis]


def _short(basis: str) -> str:
    duty = duties().get(basis)
    if duty is None:
        return basis
    return f"{duty.document.zh.partition(' ')[0]} {basis.partition(':')[2]}"


def _full(duty: Duty, language: str) -> str:
    is_english = language == "en"
    document = f"{duty.document.zh} ({duty.document.en})" if is_english else duty.document.zh
    if duty.confirmed:
        status = message("wording read in {source}", source=duty.source or "")
    else:
        status = message("recalled, to be compared with the official text")
    return message(
        "{document}, {clause}: {text} [{status}]",
        document=document,
        clause=duty.clause,
        text=duty.text.en if is_english else duty.text.zh,
        status=status,
    ).say(language)
