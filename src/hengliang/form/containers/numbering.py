"""Automatic numbers of Word paragraphs: 1. （一） ① and their kin are not in the text, only their rule is.

Source: ECMA-376 part 1, 17.9 (numbering) and 17.18.59 (number formats).
"""

import re
from collections import defaultdict
from collections.abc import Mapping
from typing import NamedTuple

from hengliang.form.containers.markup import Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_PLACEHOLDER = re.compile(r"%([1-9])")
_SIMPLE = "零一二三四五六七八九"
_LEGAL = "零壹贰叁肆伍陆柒捌玖"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"


class _Level(NamedTuple):
    format: str
    text: str
    start: int
    legal: bool


class Numbering:
    """Counts the numbered paragraphs of one document in order."""

    def __init__(
        self,
        levels: Mapping[str, Mapping[int, _Level]],
        lists: Mapping[str, str],
        restarts: Mapping[tuple[str, int], int],
        styles: Mapping[str, tuple[str, int]],
    ) -> None:
        self._levels = levels
        self._lists = lists
        self._restarts = restarts
        self._styles = styles
        self._counts: defaultdict[str, dict[int, int]] = defaultdict(dict)
        self._begun: set[str] = set()

    def mark(self, properties: Element | None) -> str:
        """The number text of the next paragraph from its `w:pPr`; empty when it has none."""
        found = self._list_of(properties)
        if found is None:
            return ""
        list_id, depth = found
        kind = self._lists.get(list_id)
        if kind is None or depth not in (levels := self._levels.get(kind, {})):
            return ""
        counts = self._counts[kind]
        if list_id not in self._begun:
            self._begun.add(list_id)
            for (restarted, level), start in self._restarts.items():
                if restarted == list_id:
                    counts[level] = start - 1
        counts[depth] = counts.get(depth, levels[depth].start - 1) + 1
        for deeper in [level for level in counts if level > depth]:
            del counts[deeper]
        return _text(levels, counts, depth)

    def _list_of(self, properties: Element | None) -> tuple[str, int] | None:
        if properties is None:
            return None
        style = properties.find(W + "pStyle")
        inherited = self._styles.get(style.get(W + "val", "")) if style is not None else None
        own = properties.find(W + "numPr")
        if own is None:
            return inherited
        list_id, depth = _value(own, "numId"), _value(own, "ilvl")
        if list_id is None:
            list_id = inherited[0] if inherited else "0"
        return None if list_id == "0" else (list_id, _integer(depth, inherited[1] if inherited else 0))


def read_numbering(numbering: Element | None, styles: Element | None) -> Numbering:
    """The numbering of a document from its `numbering.xml` and `styles.xml`."""
    levels: dict[str, dict[int, _Level]] = {}
    lists: dict[str, str] = {}
    restarts: dict[tuple[str, int], int] = {}
    if numbering is not None:
        for abstract in numbering.iter(W + "abstractNum"):
            levels[abstract.get(W + "abstractNumId", "")] = {
                _integer(level.get(W + "ilvl"), 0): _level(level) for level in abstract.iter(W + "lvl")
            }
        for instance in numbering.iter(W + "num"):
            list_id = instance.get(W + "numId", "")
            lists[list_id] = _value(instance, "abstractNumId") or ""
            for override in instance.iter(W + "lvlOverride"):
                start = _value(override, "startOverride")
                if start is not None:
                    restarts[list_id, _integer(override.get(W + "ilvl"), 0)] = _integer(start, 1)
    return Numbering(levels, lists, restarts, _styled(styles))


def _level(level: Element) -> _Level:
    legal = level.find(W + "isLgl") is not None
    start = _integer(_value(level, "start"), 1)
    return _Level(_value(level, "numFmt") or "decimal", _value(level, "lvlText") or "", start, legal)


def _styled(styles: Element | None) -> dict[str, tuple[str, int]]:
    """List and level of each paragraph style that numbers its paragraphs, inherited ones included."""
    own: dict[str, tuple[str, int]] = {}
    parents: dict[str, str] = {}
    if styles is None:
        return own
    for style in styles.iter(W + "style"):
        name = style.get(W + "styleId", "")
        parents[name] = _value(style, "basedOn") or ""
        properties = style.find(f"{W}pPr/{W}numPr")
        if properties is not None:
            own[name] = (_value(properties, "numId") or "0", _integer(_value(properties, "ilvl"), 0))
    found: dict[str, tuple[str, int]] = {}
    for name in parents:
        ancestor, steps = name, 0
        while ancestor and ancestor not in own and steps < 20:
            ancestor, steps = parents.get(ancestor, ""), steps + 1
        if ancestor in own and own[ancestor][0] != "0":
            found[name] = own[ancestor]
    return found


def _text(levels: Mapping[int, _Level], counts: Mapping[int, int], depth: int) -> str:
    level = levels[depth]
    if level.format in ("bullet", "none") and "%" not in level.text:
        return ""

    def number(found: re.Match[str]) -> str:
        place = int(found[1]) - 1
        other = levels.get(place)
        if other is None:
            return ""
        count = counts.get(place, other.start)
        return numeral(count, "decimal" if level.legal else other.format)

    mark = _PLACEHOLDER.sub(number, level.text)
    return mark + " " if mark[-1:].isalnum() and mark[-1:].isascii() else mark


def numeral(count: int, kind: str) -> str:
    """`count` as a Word number format (`w:numFmt`) writes it: 3 is 三, ③, iii, c; unknown ones digits."""
    if count < 0 or count > 9999:
        return str(count)
    match kind:
        case "chineseCounting" | "chineseCountingThousand" | "japaneseCounting" | "taiwaneseCounting":
            return _counted(count, _SIMPLE, "十百千")
        case "taiwaneseCountingThousand" | "koreanCounting":
            return _counted(count, _SIMPLE, "十百千")
        case "chineseLegalSimplified" | "ideographLegalTraditional":
            return _counted(count, _LEGAL, "拾佰仟")
        case "ideographDigital" | "japaneseDigitalTenThousand" | "taiwaneseDigital":
            return str(count).translate(str.maketrans("0123456789", "〇" + _SIMPLE[1:]))
        case "ideographTraditional":
            return _STEMS[(count - 1) % 10]
        case "ideographZodiac":
            return _BRANCHES[(count - 1) % 12]
        case "upperRoman":
            return _roman(count)
        case "lowerRoman":
            return _roman(count).lower()
        case "upperLetter":
            return chr(65 + (count - 1) % 26) * ((count - 1) // 26 + 1)
        case "lowerLetter":
            return chr(97 + (count - 1) % 26) * ((count - 1) // 26 + 1)
        case "decimalZero":
            return f"{count:02d}"
        case "decimalFullWidth" | "decimalFullWidth2":
            return "".join(chr(ord(digit) + 0xFEE0) for digit in str(count))
        case "decimalEnclosedCircle" | "decimalEnclosedCircleChinese":
            return _listed(count, 0x2460, 20)
        case "decimalEnclosedParen":
            return _listed(count, 0x2474, 20)
        case "decimalEnclosedFullstop":
            return _listed(count, 0x2488, 20)
        case "ideographEnclosedCircle":
            return _listed(count, 0x3280, 10)
        case "none" | "bullet":
            return ""
        case _:
            return str(count)


def _listed(count: int, first: int, most: int) -> str:
    return chr(first + count - 1) if 1 <= count <= most else str(count)


def _counted(count: int, digits: str, powers: str) -> str:
    if count == 0:
        return digits[0]
    text = ""
    for place, digit in enumerate(reversed(str(count))):
        value = int(digit)
        if value:
            text = digits[value] + (powers[place - 1] if place else "") + text
        elif text and not text.startswith(digits[0]):
            text = digits[0] + text
    text = text.rstrip(digits[0])
    return text.removeprefix(digits[1]) if 10 <= count < 20 and powers[0] == "十" else text


def _roman(count: int) -> str:
    text = ""
    for value, letters in zip(
        (1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1),
        ("M", "CM", "D", "CD", "C", "XC", "L", "XL", "X", "IX", "V", "IV", "I"),
        strict=True,
    ):
        times, count = divmod(count, value)
        text += letters * times
    return text


def _value(element: Element, name: str) -> str | None:
    child = element.find(W + name)
    return child.get(W + "val") if child is not None else None


def _integer(text: str | None, otherwise: int) -> int:
    try:
        return int(text) if text else otherwise
    except ValueError:
        return otherwise
