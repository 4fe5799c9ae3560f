"""What a target cell says by itself, without its neighbours: a number, a date, words, or nothing clear.

The choices made here are listed in `form.target`.
"""

import re
from functools import lru_cache
from typing import Literal, NamedTuple

from hengliang.base.number import FIGURE, decimal_of, plain, read_quantity
from hengliang.base.period import Deadline, find_deadlines
from hengliang.base.text import clean, is_cut
from hengliang.base.unit import unit_at, unit_of
from hengliang.form.model import Operator
from hengliang.form.sign import has_sign, kind_of, sign_behind, signs_in


class Promise(NamedTuple):
    """A target cell. `printed` is its whole text, None when it says nothing.

    `number`: `target` is the one number, `unit` its unit, `phrase` tells that other words stand around it.
    `date`: `target` is the text without 前. `words`: 定性. `unclear`: neither a plain number nor plain words.
    """

    kind: Literal["nothing", "number", "date", "words", "unclear"]
    printed: str | None = None
    operator: Operator | None = None
    target: str | None = None
    unit: str | None = None
    phrase: bool = False


_LONGEST = 120
_NOTHING = re.compile(r"[-—–―−_/\\＼.…⋯·]*")
_FIGURE = re.compile(FIGURE)
_DIGIT = re.compile("[0-9]")
_TWO_FIGURES = re.compile("(?<=[0-9]) (?=[0-9])")


def tidy(text: str) -> str:
    """`text` as a form keeps it, narrowed and without blanks; but one is left between two figures, which are
    two numbers and no longer one."""
    return "".join(_TWO_FIGURES.sub("\x00", clean(text)).split()).replace("\x00", " ")


def read_promise(value: str) -> Promise:
    """What a target cell says by itself."""
    return _read(value) if len(value) <= _LONGEST else _read.__wrapped__(value)


@lru_cache(maxsize=65536)
def _read(value: str) -> Promise:
    text = tidy(value)
    if _NOTHING.fullmatch(text):
        return Promise("nothing")
    figures = _FIGURE.findall(text) if len(text) > _LONGEST or is_cut(text) else None
    if figures is not None:
        # Too long or cut off: a number in it may not be all that is promised.
        return Promise("unclear", text) if len(figures) == 1 else _words(text)
    signs = signs_in(text)
    if len(signs) == 1 and signs[0].span() == (0, len(text)):
        return Promise("nothing", operator=kind_of(signs[0]))
    return _read_date(text) or _read_number(text) or _read_numeral(text) or _words(text)


def _words(text: str) -> Promise:
    """Words are 定性; a sign before words (≥较高) promises nothing clear."""
    if has_sign(text) and not _DIGIT.search(text):
        return Promise("unclear", text)
    return Promise("words", text, "定性")


_MONTH = re.compile("[0-9]{1,2}月")
_OPEN_RANGE = re.compile("[0-9一二三四年月日度][-~—–至到]$")


def _read_date(text: str) -> Promise | None:
    deadlines = [one for one in find_deadlines(text) if not _counts_months(text, one)]
    if not deadlines:
        return None
    one = deadlines[0]
    left, right = text[: one.start], text[one.end + len(one.before) :]
    if len(deadlines) > 1 or _DIGIT.search(left) or _DIGIT.search(right) or _OPEN_RANGE.search(left):
        return Promise("unclear", text)
    operator: Operator | None = "≤" if one.before else None
    signs = signs_in(left)
    if signs:
        if signs[0].span() != (0, len(left)) or operator not in (None, kind_of(signs[0])):
            return Promise("unclear", text)
        operator, left = kind_of(signs[0]), ""
    return Promise("date", text, operator, left + text[one.start : one.end] + right)


def _counts_months(text: str, one: Deadline) -> bool:
    """12月 is December, but ≥12月 and 12月以内 are twelve months."""
    if not _MONTH.fullmatch(text, one.start, one.end) or one.before:
        return False
    return any(sign.end() == one.start for sign in signs_in(text)) or bool(sign_behind(text, one.end))


_INCLUSIVE = re.compile(r"[（(]含[^（）()]{0,8}[）)](?![0-9])")
_LIST_NUMBER = re.compile(r"[0-9]{1,2}[、.．](?![0-9])|[（(][0-9]{1,2}[）)]")
_ABOUT = re.compile("[约近几数]$")
_ABOUT_BEHIND = re.compile("[余多来几]|左右|上下|许(?!可)")


def _read_number(text: str) -> Promise | None:
    bare = _INCLUSIVE.sub("", text)
    figure = _FIGURE.search(bare)
    if figure is None:
        return None
    if " " in text:
        # Two figures parted by a blank may be one figure that the layout broke.
        return Promise("unclear", text)
    base = _BASE.match(bare, figure.end())
    if _FIGURE.search(bare, base.end() if base else figure.end()) or _LIST_NUMBER.match(bare):
        return _words(text)
    left, right = bare[: figure.start()], bare[figure.end() :].rstrip("，,、；;。.")
    unit = base[0] if base else unit_at(right) or _unlisted_unit(right)
    if _ABOUT.search(left) or _ABOUT_BEHIND.match(right) or _ABOUT_BEHIND.match(right, len(unit)):
        return _words(text)
    number = _number(left, plain(decimal_of(figure[0])), unit, right[len(unit) :])
    return number._replace(printed=text) if number else Promise("unclear", text)


# A counting word that no table has: one character, and none that grades or compares.
_UNLISTED = re.compile(
    "(?![级等星号版代强佳档优良中差好高低大小多少上下内外前后左右余来几数成半整及或])[一-鿿](?=$|[及或]?以[上下内]$)"
)


def _unlisted_unit(text: str) -> str:
    found = _UNLISTED.match(text)
    return found[0] if found else ""


_BASE = re.compile(r"[/／]1?0*[千万](?=$|[及或]?以[上下内])")
"""So many in ten thousand or a hundred thousand: 12/10万."""
_DENOMINATOR = re.compile(r"(?:[/／·][一-鿿]{1,4}?){1,3}(?=$|以[上下内]|[（(。])")
_NOUN = re.compile("[一-鿿]{1,8}?(?=[及或]?以[上下内]$)")


def _number(left: str, figure: str, unit: str, rest: str) -> Promise | None:
    """The number `figure` between the texts `left` and `rest`; None when they make it something else."""
    if left.endswith("百分之") and not unit:
        left, unit = left[:-3], "%"
    if left.endswith(("-", "−")) and (len(left) == 1 or _sign_in_front(left[:-1])):
        left, figure = left[:-1], "-" + figure
    per = _DENOMINATOR.match(rest) if unit else None
    rest = rest[per.end() :] if per else rest
    noun = _NOUN.match(rest) if unit else None
    front, behind = _sign_in_front(left), sign_behind(rest, noun.end() if noun else 0)
    before = left[: front.start()] if front else left
    after = rest[behind.end() :] if behind else rest
    signed = bool(front or behind)
    operator = _agreed(front, behind)
    if (signed and operator is None) or signs_in(before) or signs_in(after):
        return None
    if _is_part(before, after, unit) or _changes(before, after, signed):
        return None
    verbs = _VERBS.fullmatch(before) is not None
    if not unit and not signed and not verbs:
        return None
    known = unit_of(unit)
    return Promise(
        "number",
        operator=operator,
        target=figure,
        unit="%" if known and known.symbol == "%" else unit + (per[0] if per else "") or None,
        phrase=bool(noun) or not verbs or after != "",
    )


def _sign_in_front(left: str) -> re.Match[str] | None:
    """The sign that stands right before a number: ≥, 不低于, 不少于到."""
    signs = signs_in(left)
    return signs[-1] if signs and left[signs[-1].end() :] in ("", "到", "在", "为") else None


def _agreed(front: re.Match[str] | None, behind: re.Match[str] | None) -> Operator | None:
    """The one sign before or behind a number; None when there is none or they point to different sides."""
    if front is None or behind is None:
        found = front or behind
        return kind_of(found) if found else None
    first, second = kind_of(front), kind_of(behind)
    return first if (first, second) in (("≥", "≥"), (">", "≥"), ("≤", "≤"), ("<", "≤")) else None


# A number stands free behind words, a bracket or a colon, and before words or a bracket: anything else
# (A1, 5G, ±5, 95*, 二0) makes it part of something.
_FREE = re.compile(r"(?:^|[一-鿿（(《》）)“”\"'：:、，。；;￥¥])$")
_NUMERAL_OR_ORDER = re.compile("[零〇一二两三四五六七八九十百千万亿第前]$")
_JOINED_BEHIND = re.compile("[^一-鿿（(）)]|[之以]?[前后外]")
_ENCLOSED = re.compile(r"[（(][^（）()]*[）)]")
_CLAUSE = re.compile(r"[，,；;。、+＋/／]|(?<!普)及(?![时格])|(?<!参)与|[且或并]|(?<![总饱共])和(?!谐)")


def _is_part(before: str, after: str, unit: str) -> bool:
    """Whether the number is part of a name, a grade, an order, or only one of several clauses."""
    if not _FREE.search(before) or _NUMERAL_OR_ORDER.search(before) or _JOINED_BEHIND.match(after):
        return True
    outside = _ENCLOSED.sub("", after)
    if not unit and outside.strip("）)"):
        return True
    return bool(_CLAUSE.search(before) or _CLAUSE.search(outside))


# 每年 changes nothing on a form of one year.
_PER = re.compile("每(?!年)|(?:半年|季度?|月|周|旬|日|天)$")
_MEAN = re.compile("[人户日月年亩次]均|平均")
_CHANGE = re.compile(
    "[↑↓]|增[长加幅]|提[高升前]|[下上]升|下降|降[低幅]|减[少轻]|压[缩减]|缩[短减]|削减|节[约省]|翻|[同环相]比|[比较][上去前]|延[期迟]|逾期|超期"
)
_DENIAL = re.compile("不(?!动产|良)|无(?!人机|害|线|障)|未(?!成年|来)|非(?!遗|税|公|物质)|没|零")
_VERBS = re.compile(
    "(?:力争|确保|保持|控制|实现|完成|达|共计|共|合计|总计|累计|全年|每年|预计|计划|目标|应|需|为|到|在|至|[（(：:])*"
)


def _changes(before: str, after: str, signed: bool) -> bool:
    """Whether the words around the number change what it means: a rate, a change, a mean, a denial."""
    if _PER.search(before) or "每" in after:
        return True
    if signed:
        return False
    # 提高到95% is a level, 提高5% a change.
    level = before.endswith(("到", "至", "为"))
    if _CHANGE.search(after if level else before + after):
        return True
    return bool(_MEAN.search(before) or _DENIAL.search(before))


_NUMERAL = re.compile("[零〇一二两三四五六七八九十百千万亿]")


def _read_numeral(text: str) -> Promise | None:
    """一次, 不少于两场, 百分之九十五以上: a number in Chinese numerals and nothing else."""
    first = _NUMERAL.search(text)
    if first is None or len(text) > 24:
        return None
    left, core = text[: first.start()], text[first.start() :]
    front = _sign_in_front(left)
    signs_behind = (sign_behind(core, at) for at in range(1, len(core)))
    behind = next((found for found in signs_behind if found and found.end() == len(core)), None)
    quantity = read_quantity(core[: behind.start()] if behind else core)
    operator = _agreed(front, behind)
    if quantity is None or (operator is None and (front or behind)):
        return None
    if not _VERBS.fullmatch(left[: front.start()] if front else left):
        return None
    return Promise("number", text, operator, plain(quantity.number), quantity.unit)
