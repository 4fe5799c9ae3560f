"""What is printed upright beside a table (绩效指标), line by line in pieces."""

import re

from hengliang.form.understand.aligned_head import AlignedHead
from hengliang.form.understand.aligned_words import Printed
from hengliang.form.understand.levels import is_level1_word
from hengliang.form.understand.words import Head, Label, head_of, label_of

_UPRIGHT = "项目部门单位年度中长实施期绩效指标情况完成"
_SIDE = re.compile(r"[项年度中长期绩效指标目完成情况（）()分\d.]{1,6}")


def is_side(text: str) -> bool:
    """Whether a word may be a piece of what is printed beside a table (绩效指标, 项目长期绩效指标)."""
    meaning = head_of(text)
    return bool(_SIDE.fullmatch(text)) or (meaning is not None and meaning.head is Head.SIDE)


def without_side(line: Printed, head: AlignedHead, has_side: bool) -> Printed:
    """A line without pieces of 绩效指标 printed upright beside the table, left of its first column."""
    first = head.cells[0]
    words = list(line.words)
    edge = head.cells[1].start if has_side else first.start
    while (
        words
        and words[0].end <= edge
        and is_side(words[0].text)
        and label_of(words[0].text) in (None, Label.INDICATORS)
        and not is_level1_word(words[0].text)
        and (has_side or words[0].end < first.start)
    ):
        words.pop(0)
    for index in range(len(words) - 1):
        # 指标1 printed in a column of its own below the head of the names says nothing.
        first, second = words[index : index + 2]
        behind = words[index + 2].start if index + 2 < len(words) else 10**6
        is_number = first.text == "指标" and second.text.isdigit() and second.start - first.end == 1
        if is_number and behind - second.end > 1:
            del words[index : index + 2]
            break
    return line._replace(words=tuple(words))


def side_text(pieces: str) -> str:
    """What is printed upright beside the table; points in brackets are left out, with broken brackets."""
    text = "".join(char for char in pieces if char in _UPRIGHT)
    meaning = head_of(text)
    return text if meaning is not None and meaning.head is Head.SIDE else "绩效指标"
