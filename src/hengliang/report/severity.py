"""How severities and fixes are called, and their order."""

from hengliang.base.finding import Fix, Severity
from hengliang.base.message import Message, message

SEVERITIES = (Severity.ERROR, Severity.WARNING, Severity.ADVICE)
"""From the heaviest on."""

_WORDS = {
    Severity.ERROR: message("error"),
    Severity.WARNING: message("warning"),
    Severity.ADVICE: message("advice"),
}


def severity_word(severity: Severity) -> Message:
    """错误, 警告 or 提示."""
    return _WORDS[severity]


def fix_word(fix: Fix | None) -> Message | None:
    """Whether a fix is safe or a proposal."""
    if fix is None:
        return None
    return message("safe fix") if fix.safe else message("proposal")
