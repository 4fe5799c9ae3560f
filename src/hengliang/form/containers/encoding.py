"""Bytes to text: UTF-8, GB18030 (with GBK and GB2312 in it), UTF-16, with and without byte order marks."""

import codecs
import re
from itertools import islice

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
    (b"\x84\x31\x95\x33", "gb18030"),
)
_DECLARED = {
    **dict.fromkeys(("utf-8", "utf8"), "utf-8"),
    **dict.fromkeys(("gb2312", "gbk", "gb18030", "gb_2312-80", "x-gbk", "cp936", "windows-936"), "gb18030"),
    **dict.fromkeys(("big5", "big5-hkscs", "cp950"), "big5hkscs"),
}
_SAMPLE = 200_000
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_ODD = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ue000-\uf8ff\ufffd\ud800-\udfff]|[^\x00-\uffff]")
_PLAIN = re.compile(r"[\t\r\n\x20-\x7e\u3000-\u303f\u4e00-\u9fa5\uff01-\uff5e]")


def decode(data: bytes, declared: str | None = None) -> str | None:
    """The text in `data`, or None when it is no text.

    `declared` is an encoding that the file names itself; it is tried first. Offices declare `gb2312` and
    write GBK, so it is widened to GB18030.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _checked(data.decode(encoding, "replace").removeprefix("\ufeff"))
    named = _widened(declared) if declared else None
    if b"\x00" not in data[:_SAMPLE]:  # only UTF-16 and UTF-32 texts hold zero bytes
        for encoding in (named, "utf-8") if named else ("utf-8",):
            try:
                # Not final: the last character may have been cut off with the rest of the file.
                return _checked(codecs.getincrementaldecoder(encoding)("strict").decode(data))
            except (UnicodeDecodeError, LookupError):
                continue
    return _checked(_most_plain(data))


def _widened(declared: str) -> str | None:
    """The encoding to try; None for one in which no Chinese is written, which offices declare by mistake."""
    return _DECLARED.get(declared.strip().lower())


def _most_plain(data: bytes) -> str:
    """The decoding in which most characters are ordinary ones."""
    sample = data[: _SAMPLE - _SAMPLE % 4]
    return data.decode(
        max(
            ("utf-8", "gb18030", "utf-16-le", "utf-16-be"),
            key=lambda encoding: _share_plain(sample.decode(encoding, "replace")),
        ),
        "replace",
    )


def _share_plain(text: str) -> float:
    return sum(1 for _ in _PLAIN.finditer(text)) / max(len(text), 1)


def _checked(text: str) -> str | None:
    """`text` unless it looks like binary data: more than one odd character in fifty."""
    sample = text[:_SAMPLE]
    odd = sum(1 for _ in islice(_ODD.finditer(sample), len(sample) // 50 + 2))
    if odd > len(sample) / 50 + 1:
        return None
    return _CONTROLS.sub("", text)
