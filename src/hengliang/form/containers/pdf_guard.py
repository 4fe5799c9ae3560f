"""Looking at a PDF before it is interpreted: does it unpack to more, or draw more, than any form does?

The PDF library unpacks whole streams at once and interprets whole pages, so both have to be known before.
What stays outside this look (encrypted or re-encoded streams, huge font tables) is for the bounds of time and
memory that whoever reads files of strangers sets from outside.
"""

import re
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from hengliang.form.containers.limits import Limits
from hengliang.form.containers.refusal import unpacks_to

_STREAM = re.compile(rb"stream\r?\n(?=[\x08\x18\x28\x38\x48\x58\x68\x78])")
_PIECE = 1 << 16
_DEEPEST = 4
"""Streams are packed once; twice is odd, more is an attack."""
_DEEPEST_PARTS = 50
_DRAWN = re.compile(rb"/([^\s/<>\[\](){}%]+)\s+Do(?=[\s\[(<]|$)")


def refuse_bombs(data: bytes, file: str, limits: Limits) -> None:
    """Unpack every packed stream piece by piece, keeping nothing; raise `TooLarge` at the limit."""
    left = limits.unpacked_bytes
    for found in _STREAM.finditer(data):
        for piece in _unpacked(_pieces(data, found.end()), _DEEPEST):
            left -= len(piece)
            if left < 0:
                raise unpacks_to(file, limits.unpacked_bytes)


def _pieces(data: bytes, start: int) -> Iterator[bytes]:
    for position in range(start, len(data), _PIECE):
        yield data[position : position + _PIECE]


def _unpacked(packed: Iterable[bytes], deepest: int) -> Iterator[bytes]:
    """The unpacked bytes; and what these unpack to, where they look packed themselves."""
    pieces = _inflated(packed)
    first = next(pieces, b"")
    yield first
    if deepest and len(first) > 2 and first[0] & 15 == 8 and int.from_bytes(first[:2], "big") % 31 == 0:
        yield from _unpacked(_chained(first, pieces), deepest - 1)
    else:
        yield from pieces


def _chained(first: bytes, rest: Iterable[bytes]) -> Iterator[bytes]:
    yield first
    yield from rest


def _inflated(packed: Iterable[bytes]) -> Iterator[bytes]:
    unpacker = zlib.decompressobj()
    try:
        for piece in packed:
            while piece and not unpacker.eof:
                yield unpacker.decompress(piece, _PIECE)
                piece = unpacker.unconsumed_tail
            if unpacker.eof:
                return
    except zlib.error:
        return


def work_of(page: Any, most: int) -> int:
    """The bytes of drawing instructions of a page (a pdfminer `PDFPage`), a part as often as it is drawn.

    Counting stops when it is beyond `most`.
    """
    known: dict[int, int] = {}
    return sum(_work(stream, page.resources, most, known, 0) for stream in _streams(page.contents))


def _work(stream: Any, resources: Any, most: int, known: dict[int, int], depth: int) -> int:
    from pdfminer.pdftypes import PDFStream, resolve1

    data: bytes = stream.get_data()
    total = len(data)
    held: Any = resolve1(resources)
    parts: Any = resolve1(held.get("XObject")) if held and depth < _DEEPEST_PARTS else None
    if not parts:
        return total
    for name, times in Counter(_DRAWN.findall(data)).items():
        part: Any = resolve1(parts.get(name.decode("latin-1")))
        if total > most:
            break
        if isinstance(part, PDFStream) and "Form" in repr(part.get("Subtype")):
            key = id(part)
            if key not in known:
                known[key] = 0
                known[key] = _work(part, part.get("Resources") or resources, most, known, depth + 1)
            total += times * known[key]
    return total


def _streams(contents: Iterable[Any]) -> Iterator[Any]:
    from pdfminer.pdftypes import PDFStream, resolve1

    for content in contents:
        stream: Any = resolve1(content)
        if isinstance(stream, PDFStream):
            yield stream
