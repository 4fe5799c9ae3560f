"""Numbers of Word paragraphs."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hengliang.form.containers.numbering import numeral


@pytest.mark.parametrize(
    ("count", "kind", "expected"),
    [
        (1, "chineseCounting", "一"),
        (10, "chineseCounting", "十"),
        (12, "chineseCountingThousand", "十二"),
        (20, "chineseCounting", "二十"),
        (105, "chineseCountingThousand", "一百零五"),
        (110, "chineseCountingThousand", "一百一十"),
        (2000, "chineseCountingThousand", "二千"),
        (2001, "chineseCountingThousand", "二千零一"),
        (12, "chineseLegalSimplified", "壹拾贰"),
        (3, "ideographTraditional", "丙"),
        (3, "ideographZodiac", "寅"),
        (2023, "ideographDigital", "二〇二三"),
        (4, "upperRoman", "IV"),
        (19, "lowerRoman", "xix"),
        (3, "upperLetter", "C"),
        (28, "lowerLetter", "bb"),
        (7, "decimalZero", "07"),
        (12, "decimalFullWidth", "１２"),
        (3, "decimalEnclosedCircle", "③"),
        (21, "decimalEnclosedCircle", "21"),
        (2, "decimalEnclosedParen", "⑵"),
        (2, "decimalEnclosedFullstop", "⒉"),
        (2, "ideographEnclosedCircle", "㊁"),
        (2, "bullet", ""),
        (2, "unheard of", "2"),
    ],
)
def test_numerals(count: int, kind: str, expected: str) -> None:
    assert numeral(count, kind) == expected


@given(st.integers(1, 9999), st.integers(1, 9999))
def test_different_numbers_look_different(one: int, other: int) -> None:
    same = numeral(one, "chineseCountingThousand") == numeral(other, "chineseCountingThousand")
    assert same == (one == other)
