"""统一社会信用代码, GB 32100-2015: 18 characters, the last one a check character."""

from hengliang.base.message import Message, message

_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_VALUE = {char: value for value, char in enumerate(_ALPHABET)}


def wrong(code: str) -> Message | None:
    """What is wrong with a unified social credit code."""
    if len(code) != 18:
        return message("a social credit code has 18 characters, this one {count}", count=len(code))
    if any(char not in _VALUE for char in code):
        return message("a social credit code holds digits and capital letters without I, O, S, V, Z")
    if code[17] != check_character(code[:17]):
        return message("the check character of the social credit code is wrong")
    return None


def check_character(code: str) -> str:
    """The check character of the first 17: weights 3^(i-1) mod 31."""
    total = sum(_VALUE[char] * pow(3, place, 31) for place, char in enumerate(code))
    return _ALPHABET[(31 - total % 31) % 31]
