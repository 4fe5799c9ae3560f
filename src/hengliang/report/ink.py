"""Colour on a terminal, or none."""

import re
from typing import NamedTuple

_CODES = {
    "error": "1;31",
    "warning": "1;33",
    "advice": "1;36",
    "undecidable": "35",
    "good": "1;32",
    "info": "34",
    "bold": "1",
    "dim": "2",
}


class Ink(NamedTuple):
    """Paints words when `colour` is on, and leaves them alone otherwise."""

    colour: bool

    def paint(self, text: str, style: str) -> str:
        """`text` in the style of that name."""
        return f"\x1b[{_CODES[style]}m{text}\x1b[0m" if self.colour and text else text

    def bold(self, text: str) -> str:
        """Words that stand out."""
        return self.paint(text, "bold")

    def dim(self, text: str) -> str:
        """Words beside the matter."""
        return self.paint(text, "dim")

    def info(self, text: str) -> str:
        """Lines and signs that guide the eye."""
        return self.paint(text, "info")

    def good(self, text: str) -> str:
        """All is well."""
        return self.paint(text, "good")


_PAINT = re.compile(r"\x1b\[[0-9;]*m")


def plain(text: str) -> str:
    """`text` without its paint."""
    return _PAINT.sub("", text)
