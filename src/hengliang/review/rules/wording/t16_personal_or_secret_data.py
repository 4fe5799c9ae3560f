"""
## What it checks

No text of the form holds an identity number (18 digits with a right check digit), a mobile number, a bank
card number (right check digit by Luhn), or a mark of secrecy (机密★, 密级：秘密, a cell or title that is
only 秘密). The telephone of the sign-off block is not meant, nor are words such as 保守国家秘密. The
proposal masks the middle of a number.

## Why

Targets are published with the budget. Personal data must not be published without consent, and what is
secret does not belong into this form at all.

## Example

联系人李某 13800138000

## Instead

联系人李某 138****8000

## Basis

个人信息保护法 article 25; 政府信息公开条例 articles 14 and 15 (both read).

---

## 查什么

表中文字不应出现身份证号（18位且校验码正确）、手机号码、银行卡号（Luhn校验正确）或密级标志（“机密★”“密级：秘
密”，或整格、标题只写“秘密”）。填报信息栏的联系电话不查，“保守国家秘密”等词语不算。建议隐去号码中间各位。

## 为什么

绩效目标随预算公开。未经本人同意不得公开个人信息；涉密内容根本不应写入本表。

## 示例

联系人李某 13800138000

## 应改为

联系人李某 138****8000

## 依据

《个人信息保护法》第二十五条；《政府信息公开条例》第十四条、第十五条（均已查阅原文）。
"""

import re
from collections.abc import Iterator

from hengliang.base.finding import Edit, Severity
from hengliang.base.message import message
from hengliang.review.rule import Context, Outcome, Rule, proposal

rule = Rule(
    code="T16",
    name="personal-or-secret-data",
    zh="个人或敏感信息",
    en="personal or sensitive data",
    severity=Severity.ERROR,
    basis=("个人信息保护法:第25条", "公开条例:第14条", "公开条例:第15条"),
    reads=("title", "duties", "goals", "indicators"),
    fix="proposal",
)

_LONG_NUMBER = re.compile(r"[0-9](?:[ -]?[0-9]){10,18}[Xx]?(?![0-9])")
_MOBILE = re.compile(r"(?:\+?86[ -]?)?1[3-9][0-9](?:[ -]?[0-9]{4}){2}")
_IDENTITY = re.compile(
    r"[1-9][0-9]{5}(?:18|19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])[0-9]{3}[0-9Xx]"
)
_CARD = re.compile(r"(?:62|60|9[0-9])[0-9]{14,17}|[45][0-9]{15}|3[57][0-9]{13,14}")
_SECRET = re.compile(
    r"密(?:(?<=绝密)|(?<=机密)|(?<=秘密))"
    r"(?:[ 　]*★|(?<=密级[:：]..)|(?<=[（(【〔\[\n]..)[）)】〕\]\n]|(?<=[\n]..)[ 　]*[0-9]+年)"
)
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


@rule.check
def check(context: Context) -> Iterator[Outcome]:
    texts = context.texts
    numbers = [
        match.span()
        for match in texts.search(_LONG_NUMBER)
        if not texts.whole[match.start() - 1].isdecimal()
        and _is_personal(match[0], texts.whole, match.end(), context)
    ]
    for found in texts.fields(numbers):
        # A long number in a value cell is an amount whose unit stands in the next cell.
        if found.path.endswith(("/target", "/actual", "/forecast")):
            continue
        masked = [_masked(word) for word in found.words]
        yield rule.finds(
            found.spots,
            message("the text holds a personal number: {numbers}", numbers=" ".join(masked)),
            observed=" ".join(masked),
            expected=message("no identity, telephone or card number; forms are published"),
            fix=proposal(message("mask the number"), Edit(found.path, found.text, found.with_words(masked))),
        )
    if "密" in texts.whole:
        marks = [(match.start() - 1, match.start() + 1) for match in texts.search(_SECRET)]
        for found in texts.fields(marks):
            yield rule.finds(
                found.spots,
                message("the text carries a mark of secrecy: {marks}", marks=" ".join(found.words)),
                observed=" ".join(found.words),
                expected=message("nothing secret; such content goes the way of secret papers"),
            )


def _is_personal(text: str, whole: str, end: int, context: Context) -> bool:
    digits = text.replace(" ", "").replace("-", "")
    if _MOBILE.fullmatch(text):
        return not whole.startswith(context.profile.words("wording.amount_heads"), end)
    if _IDENTITY.fullmatch(digits):
        return _identity_holds(digits)
    return bool(_CARD.fullmatch(digits)) and _luhn_holds(digits)


def _identity_holds(digits: str) -> bool:
    """Whether the check digit of an identity number is right (GB 11643)."""
    total = sum(int(digit) * weight for digit, weight in zip(digits[:17], _WEIGHTS, strict=True))
    return "10X98765432"[total % 11] == digits[17].upper()


def _luhn_holds(digits: str) -> bool:
    """Whether the check digit of a card number is right (ISO/IEC 7812)."""
    total = 0
    for place, digit in enumerate(reversed(digits)):
        doubled = int(digit) * (1 + place % 2)
        total += doubled - 9 if doubled > 9 else doubled
    return total % 10 == 0


def _masked(text: str) -> str:
    """The number with only its first three and last four signs left."""
    return f"{text[:3]}{'*' * (len(text) - 7)}{text[-4:]}"
