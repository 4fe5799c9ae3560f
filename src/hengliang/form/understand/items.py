"""A text of numbered items (duties, goals) split at its numbers."""

import re
from collections.abc import Callable
from typing import NamedTuple

_CHINESE = "一二三四五六七八九十"
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"


def _from_chinese(figure: str) -> int:
    if figure == "十":
        return 10
    tens, ten, ones = figure.rpartition("十")
    high = (_CHINESE.index(tens) + 1 if tens else 1) if ten else 0
    return high * 10 + (_CHINESE.index(ones) + 1 if ones else 0)


def _from_circled(figure: str) -> int:
    return _CIRCLED.index(figure) + 1


# A number opens an item at the beginning of the text or of a line, or after the end of a sentence. Inside a
# sentence it is a figure or a reference.
_BEFORE = r"(?:(?<=^)|(?<=[\n。；;！!？?：:])|(?<=。[”’」]))[ \t\u3000]*"
_HAN = r"([一二三四五六七八九十]{1,3})"
_FIGURE = r"([0-9０-９]{1,2})"
_STYLES: tuple[tuple[str, Callable[[str], int]], ...] = (
    (rf"(（{_HAN}）)", _from_chinese),
    (rf"(\({_HAN}\))", _from_chinese),
    (rf"({_HAN}[、.．])", _from_chinese),
    (rf"((?:年度)?目标\s*{_FIGURE}\s*[：:、.．])", int),
    (rf"((?:年度)?目标{_HAN}[：:、.．])", _from_chinese),
    (rf"({_FIGURE}、)", int),
    (rf"({_FIGURE}[.．](?:(?![0-9０-９])|(?=20\d\d年)))", int),
    (rf"(（{_FIGURE}）、?)", int),
    (rf"(\({_FIGURE}\)、?)", int),
    (rf"({_FIGURE}[）)]、?)", int),
    (r"(([①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳])、?)", _from_circled),
)
_NAMED = (3, 4)
"""The styles that name what they number (目标2：): these open an item also where only one stands."""
_ANY_MARK = re.compile(_BEFORE + "(?:" + "|".join(pattern for pattern, _ in _STYLES) + ")")


class Item(NamedTuple):
    """One item: its number as printed (empty without one), its text, and where that begins in the whole."""

    mark: str
    text: str
    start: int


class Run(NamedTuple):
    """Items numbered in one style, from one to the next higher number."""

    items: tuple[Item, ...]


def split_items(text: str) -> tuple[Item, ...]:
    """The items of a text. Text without numbers is one item; text before the first number is one without mark
    (unless it only announces the items: 目标如下：). Numbers of another style inside an item belong to it."""
    return tuple(item for run in split_runs(text) for item in run.items)


def split_runs(text: str) -> tuple[Run, ...]:
    """The items of a text, a new run wherever a top-level numbering begins anew or in another style.

    The style of the first number is the top one; another style opens a new run only when it begins with its
    first number at the beginning of a line or after the first style has ended and never comes back.
    """
    marks = _top_marks(text)
    if not marks:
        stripped = text.strip()
        return (Run((Item("", stripped, text.find(stripped)),)),) if stripped else ()
    runs: list[list[Item]] = []
    lead = text[: marks[0].start].strip()
    if lead and not lead.endswith(("：", ":")):
        runs.append([Item("", lead, text.find(lead))])
    for mark, following in zip(marks, [*marks[1:], None], strict=True):
        body = text[mark.end : following.start if following else len(text)]
        stripped = body.strip()
        item = Item(mark.printed, stripped, mark.end + body.find(stripped) if stripped else mark.end)
        if mark.opens_run or not runs:
            runs.append([])
        runs[-1].append(item)
    if lead and len(runs) > 1 and runs[0][0].mark == "":
        runs[1:2] = [[*runs[0], *runs[1]]]
        del runs[0]
    return tuple(Run(tuple(items)) for items in runs)


class _Mark(NamedTuple):
    printed: str
    start: int
    end: int
    value: int
    style: int
    opens_run: bool = False


def _top_marks(text: str) -> list[_Mark]:
    everything: list[_Mark] = []
    for found in _ANY_MARK.finditer(text):
        # Each style has two groups: the mark as printed, and the figure in it.
        style = next(style for style in range(len(_STYLES)) if found[2 * style + 1])
        group = 2 * style + 1
        value = _STYLES[style][1](found[group + 1])
        everything.append(_Mark(found[group], found.start(group), found.end(group), value, style))
    chosen: list[_Mark] = []
    style: int | None = None
    last = 0
    for position, mark in enumerate(everything):
        if style is None:
            # A single number that never goes on is no numbering, unless it is the first of its kind.
            if (
                mark.value == 1
                or mark.style in _NAMED
                or any(other.style == mark.style for other in everything[position + 1 :])
            ):
                chosen.append(mark._replace(opens_run=True))
                style, last = mark.style, mark.value
        elif mark.style == style:
            if mark.value > last or mark.value == 1:
                chosen.append(mark._replace(opens_run=mark.value == 1 and last >= 1 and mark.value <= last))
                last = mark.value
            elif mark.value == last:
                chosen.append(mark)
        elif (
            mark.value == 1
            and _starts_line(text, mark.start)
            and not any(other.style == style for other in everything[position + 1 :])
            and any(other.style == mark.style and other.value == 2 for other in everything[position + 1 :])
            and last > 1
        ):
            chosen.append(mark._replace(opens_run=True))
            style, last = mark.style, 1
    return chosen


def _starts_line(text: str, position: int) -> bool:
    before = text[:position].rstrip(" \t\u3000")
    return not before or before.endswith("\n")
