"""Labels with their values behind a colon, inside one cell or line: `填报人：张三  联系电话：…`."""

import re
from typing import NamedTuple

from hengliang.form.understand.words import Label, label_of

_INLINE = re.compile(r"([^\s:：，。；|]{1,20}?(?:[（(][^（）()]{1,10}[)）])?)\s*[:：]")
_BEFORE_LABEL = " *★☆\t\u3000"
"""What may stand before a label."""


class Inline(NamedTuple):
    """`label：value` inside one cell or line."""

    label: Label
    word: str
    value: str


def inline_labels(text: str) -> list[Inline]:
    """The pairs `label：value` in a text that begins with a label; empty when it begins otherwise."""
    if not _may_begin_inline(text):
        return []
    found: list[tuple[int, int, Label, str]] = []
    position = 0
    while match := _INLINE.search(text, position):
        word = match[1]
        label = label_of(word)
        if label is None:
            # The label may be the end of a longer run: 填报日期 after a value without a blank between.
            tail = re.search(r"(?:填[报表]|联系|单位|项目|部门|经办|审核|负责)[一-龥]{1,4}$", word)
            if tail and (label := label_of(tail[0])):
                found.append((match.start(1) + tail.start(), match.end(), label, tail[0]))
        else:
            found.append((match.start(1), match.end(), label, word))
        position = match.end()
    if not found or text[: found[0][0]].strip(_BEFORE_LABEL):
        return []
    ends = [start for start, *_ in found[1:]] + [len(text)]
    return [
        Inline(label, word, text[end:stop].strip())
        for (_, end, label, word), stop in zip(found, ends, strict=True)
    ]


def _may_begin_inline(text: str) -> bool:
    """Whether a text begins with a word and a colon of which the word may be a label. Most long texts with a
    colon somewhere do not."""
    if "：" not in text and ":" not in text:
        return False
    blank = len(text) - len(text.lstrip(_BEFORE_LABEL))
    first = next((found for start in range(blank + 1) if (found := _INLINE.match(text, start))), None)
    return first is not None and (label_of(first[1]) is not None or first[1][0] in _BEFORE_LABEL)
