"""Printed text made comparable: widths, blanks, cut ends, and one spelling for matching words.

Office text mixes full-width and half-width characters, several kinds of blank, and quotes and dashes of many
forms. `narrow` and `clean` change only what carries no meaning; `folded` is for comparing and is never shown.
"""

import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache, wraps
from typing import TypeVar

_Answer = TypeVar("_Answer")


def remembered(
    size: int = 65536, longest: int = 256
) -> Callable[[Callable[[str], _Answer]], Callable[[str], _Answer]]:
    """Decorator for a pure question about a text: answers on texts up to `longest` characters are kept.

    Longer texts are answered anew each time, so that a hostile document cannot fill the memory.
    """

    def decorate(ask: Callable[[str], _Answer]) -> Callable[[str], _Answer]:
        kept = lru_cache(maxsize=size)(ask)

        @wraps(ask)
        def answer(text: str) -> _Answer:
            return kept(text) if len(text) <= longest else ask(text)

        return answer

    return decorate


# Letters, digits and the signs that figures are made of. Chinese punctuation （），：；！？ stays as printed.
_NARROW = {
    code: code - 0xFEE0
    for code in range(0xFF01, 0xFF5F)
    if chr(code - 0xFEE0).isalnum() or chr(code) in "％＋－．／＜＞＝～＊＿＃＠＆"
}
_INVISIBLE = {
    code: None
    for code in (*range(32), 0x7F, 0xAD, *range(0x200B, 0x2010), 0x2060, 0xFEFF, 0xFFFE)
    if not chr(code).isspace()
}
_CLEAN = _NARROW | _INVISIBLE
# Most texts have nothing to change, and are looked through ten times as fast as they are translated.
_TO_NARROW, _TO_CLEAN = (
    re.compile(f"[{re.escape(''.join(map(chr, codes)))}]") for codes in (_NARROW, _CLEAN)
)

_CUT = re.compile(r"(?:…|⋯|\.\.|．．|･･)\s*\Z")

_FOLD = {
    **dict.fromkeys(map(ord, "“”„‟″＂「」『』〝〞〟«»"), '"'),
    **dict.fromkeys(map(ord, "‘’‚‛′＇`´"), "'"),
    **dict.fromkeys(map(ord, "‐‑‒–—―−﹣－─━⁃˗"), "-"),
    **_INVISIBLE,
}


def narrow(text: str) -> str:
    """`text` with full-width digits, letters and figure signs (％＋－．／＜＞＝～) in half width.

    Chinese punctuation stays as printed.
    """
    return text.translate(_NARROW) if _TO_NARROW.search(text) else text


def clean(text: str) -> str:
    """`text` narrowed, without invisible characters, each run of blanks made one space, none at the ends."""
    return " ".join(_cleaned(text).split())


def compact(text: str) -> str:
    """`text` narrowed and without invisible characters and blanks: as a cell's text is kept in a form."""
    return "".join(_cleaned(text).split())


def _cleaned(text: str) -> str:
    return text.translate(_CLEAN) if _TO_CLEAN.search(text) else text


@remembered()
def folded(text: str) -> str:
    """`text` for comparing: NFKC, without blanks, quotes and dashes each of one kind."""
    # Some quotes and blanks change under NFKC and some appear by it, hence the fold on both sides. Marks that
    # stood behind a blank may need their order again.
    plain = _normal("".join(text.translate(_FOLD).split()))
    return _normal("".join(plain.translate(_FOLD).split()))


_PIECE = 1000
"""Putting marks in order takes time with the square of their number. Longer texts are normalised piece by
piece: no word is that long."""


def _normal(text: str) -> str:
    if len(text) <= _PIECE:
        return unicodedata.normalize("NFKC", text)
    pieces = (text[start : start + _PIECE] for start in range(0, len(text), _PIECE))
    return "".join(unicodedata.normalize("NFKC", piece) for piece in pieces)


def is_cut(text: str) -> bool:
    """Whether the printed text breaks off: it ends with … or with two or more dots."""
    return _CUT.search(text, max(0, len(text) - 16)) is not None


def display_width(text: str) -> int:
    """How many columns a terminal needs for `text`: two for a wide character, none for a combining one."""
    return len(text) if text.isascii() else sum(map(_width, text))


@lru_cache(maxsize=16384)
def _width(char: str) -> int:
    if unicodedata.combining(char) or unicodedata.category(char) in ("Cf", "Mn", "Me"):
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1
