"""The page (说明页) of a rule: its module's docstring, English, a line `---`, then the same in Chinese."""

import re
import sys
from functools import cache
from typing import NamedTuple

from hengliang.review.rule import Rule

HEADINGS = {
    "en": ("What it checks", "Why", "Example", "Instead", "Basis"),
    "zh_Hans": ("查什么", "为什么", "示例", "应改为", "依据"),
}
"""The paragraphs of every page, by language, in their order."""


class Paragraph(NamedTuple):
    """One paragraph of a page: its heading, and its text as Markdown with running text unwrapped."""

    heading: str
    text: str


@cache
def _pages(docstring: str) -> dict[str, tuple[Paragraph, ...]]:
    english, _, chinese = docstring.partition("\n---\n")
    return {"en": _paragraphs(english), "zh_Hans": _paragraphs(chinese)}


def page_of(rule: Rule, language: str) -> tuple[Paragraph, ...]:
    """The page of `rule` in `language` ("en" or "zh_Hans")."""
    return _pages(sys.modules[rule.run.__module__].__doc__ or "")[language]


def _paragraphs(page: str) -> tuple[Paragraph, ...]:
    parts = re.split(r"^## (.+)$", page, flags=re.M)[1:]
    return tuple(
        Paragraph(head.strip(), _unwrap(text)) for head, text in zip(parts[::2], parts[1::2], strict=True)
    )


_KEPT = ("|", "- ", "* ", "```", "    ", "> ")


def _unwrap(text: str) -> str:
    """`text` with the lines of each block joined; lists, tables and code stay as they are."""
    blocks = re.split(r"\n{2,}", text.strip("\n"))
    return "\n\n".join(block if block.startswith(_KEPT) else _joined(block) for block in blocks)


# Lines of Chinese join without a blank; so does a sign of Chinese punctuation with what stands beside it.
_WIDE_BREAK = re.compile(
    r"(?<=[^\x00-\xff])\n(?=[^\x00-\xff])|(?<=[，。；：、（“《])\n|\n(?=[，。；：、）”》])"
)


def _joined(block: str) -> str:
    return _WIDE_BREAK.sub("", block).replace("\n", " ").strip()
