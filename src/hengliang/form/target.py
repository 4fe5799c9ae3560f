"""What the printed cells of a row promise: operator, target and unit, as the form model holds them.

The sign column comes first, then the target cell, then a place left in the name to be filled in
(`造林面积（≥**亩）`). One number becomes a plain decimal string with its unit apart; a date stays text, and
the 前 behind it becomes ≤; everything else stays text. Nothing is guessed, neither from the name nor from
what is usual.

Where the conventions of the forms leave a choice, this is what is done:

* A number in a phrase counts when nothing in the phrase changes what it means: `达到95%以上` is ≥ 95 %,
  `控制在5%以内` ≤ 5 %, `100%完成` 100 %, `完成造林500亩` 500 亩, `50个村` 50 个. When the sign column says
  定性, such a phrase stays as printed.
* A phrase that changes the meaning stays text without an operator: a rate (`每月1次`, `人均50元`), a change
  without a sign (`增长5%`), an order or grade (`第1名`, `前3名`, `5A级`), a denial, several clauses, a date
  beside a number, a cut text with a number.
* About is words, 定性: `约50人`, `50余人`, `95%左右`. So are ranges, several numbers, and list numbers.
* `12月` is a date, but `≥12月` and `12月以内` count months. `2023年12月底前完成` is ≤ `2023年12月底完成`.
* 内 behind a number is 以内. A `-` before a number is a minus only at the beginning or behind a sign.
* Numerals count where their unit makes them plain numbers: `一次` is 1 次, but 一类 and 第一季度 do not.
* Signs that contradict each other (`≤5%以上`) leave the cell as it is, without an operator.
* A single character behind a number is its unit though no table has it (`≥50棚`), unless it grades (`3级`).
* A unit in brackets at the end of a name (`兑付率（%）`) serves a number that has no other unit.
* 无 as a target is words (as in 安全事故: 无); blank, dashes, `/` and `……` are nothing. A sign alone gives
  the operator and no target.
"""

import re
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from hengliang.base.number import plain, read_number, read_quantity
from hengliang.base.text import compact
from hengliang.base.unit import unit_at, unit_of
from hengliang.form.model import Operator
from hengliang.form.promise import read_promise, tidy
from hengliang.form.sign import kind_of, read_sign, signs_in

__all__ = [
    "TargetReading",
    "read_actual",
    "read_points",
    "read_remark_points",
    "read_sign",
    "read_target",
    "read_unit",
]


class TargetReading(NamedTuple):
    """A target as `form.model.Indicator` holds it: operator, target and unit."""

    operator: Operator | None
    target: str | None
    unit: str | None


def read_target(sign: str | None, value: str | None, unit: str | None, name: str | None) -> TargetReading:
    """The promise of a row from its printed cells: sign column, target cell, unit column and name.

    Every cell may be None or blank. Never raises; a number returned is one that is printed.
    """
    column = read_sign(sign)
    unit_column = read_unit(unit)
    cell = read_promise(value or "")
    blank = _blank_in(name) if name and len(name) <= _LONGEST else _NO_BLANK
    if cell.kind == "nothing":
        return TargetReading(column or cell.operator or blank.operator, None, unit_column or blank.unit)
    if cell.kind == "number" and not (column == "定性" and cell.phrase):
        operator = column or cell.operator or blank.operator
        return TargetReading(operator, cell.target, cell.unit or unit_column or blank.unit or blank.named)
    if cell.kind == "date":
        operator = column or cell.operator
        return TargetReading(
            operator, cell.target if operator == cell.operator else cell.printed, unit_column
        )
    return TargetReading(column or cell.operator, cell.printed, unit_column or blank.unit)


_LONGEST = 256
_NO_UNIT = re.compile(r"[-—–―−_/\\＼.…无]*")


@lru_cache(maxsize=4096)
def _read_unit(text: str) -> str | None:
    plain_text = compact(text)
    if _NO_UNIT.fullmatch(plain_text):
        return None
    known = unit_of(plain_text)
    return "%" if known and known.symbol == "%" else plain_text


def read_unit(text: str | None) -> str | None:
    """A cell of the unit column as a form keeps it: as printed, but % for 百分比; None for `/`, 无, blank."""
    if not text:
        return None
    return _read_unit(text) if len(text) <= _LONGEST else compact(text) or None


class _Blank(NamedTuple):
    """A place in a name to be filled in: `operator`, `unit` of （≥**亩）; `named` is the unit in （亩）."""

    operator: Operator | None = None
    unit: str | None = None
    named: str | None = None


_NO_BLANK = _Blank()
_BRACKETS = re.compile(r"[（(【\[]([^（）()【】\[\]0-9]{1,16})[）)】\]]")
_LAST_BRACKET = re.compile(r"[（(【\[]([^（）()【】\[\]]{1,8})[）)】\]]$")
_OPEN_END = re.compile("(?:[≥≤≧≦><＝=]|不[少低高大小]于|不超过)[*_×xX□]+[^0-9]{0,8}$")
_HOLE = re.compile(r"[*_×xX…·.?？□○〇＿]*")


@lru_cache(maxsize=65536)
def _blank_in(name: str) -> _Blank:
    text = compact(name)
    for found in _BRACKETS.finditer(text):
        blank = _hole(found[1])
        if blank is not None:
            return blank
    last = _LAST_BRACKET.search(text)
    if last and unit_of(last[1]):
        return _Blank(named=read_unit(last[1]))
    open_end = _OPEN_END.search(text)
    return (_hole(open_end[0]) if open_end else None) or _NO_BLANK


def _hole(text: str) -> _Blank | None:
    """≥**亩, 不少于个, **亩: what a number would make a target. None for anything else."""
    signs = signs_in(text)
    sign = signs[0] if signs and signs[0].start() == 0 else None
    start = sign.end() if sign else 0
    hole = _HOLE.match(text, start)
    end = hole.end() if hole else start
    unit = text[end:]
    if (sign is None and end == start) or (unit and unit_at(unit) != unit):
        return None
    return _Blank(kind_of(sign) if sign else None, read_unit(unit))


def read_actual(text: str | None, target_unit: str | None) -> str | None:
    """实际完成值 as a form keeps it: a plain decimal string when it is one number, bare or in the row's unit.

    `target_unit` is the row's unit. As printed when the unit is another (1.2亿元 beside 万元) or the row has
    none, when a sign stands before it (≥90%) and when it is words (300余人). None for blank, dashes and `/`.
    """
    printed = tidy(text) if text else ""
    if _BLANK.fullmatch(printed):
        return None
    quantity = read_quantity(printed)
    if quantity is None:
        number = read_number(printed.removesuffix(target_unit)) if target_unit else None
        return printed if number is None else plain(number)
    own, unit = unit_of(target_unit), unit_of(quantity.unit)
    if quantity.unit is None or (own and unit and own.symbol == unit.symbol):
        return plain(quantity.number)
    return printed


_BLANK = re.compile(r"[-—–―−_/\\＼.…⋯]*")
_POINTS = re.compile(r"[（(]?([0-9]{1,4}(?:\.[0-9]{1,4})?)(?:分|%)?[）)]?")
_REMARK_POINTS = re.compile(r"[（(]?([0-9]{1,4}(?:\.[0-9]{1,4})?)分[）)]?")


def read_points(text: str | None) -> Decimal | None:
    """The points that a cell of a points column (分值, 权重) gives: `10`, `3分`, `（10分）`, `20%`."""
    found = _POINTS.fullmatch(compact(text)) if text and len(text) <= _LONGEST else None
    return Decimal(found[1]) if found else None


def read_remark_points(text: str | None) -> Decimal | None:
    """The points in a remark (备注) that is nothing else than points: `3分`. Other words give none."""
    found = _REMARK_POINTS.fullmatch(compact(text)) if text and len(text) <= _LONGEST else None
    return Decimal(found[1]) if found else None
