"""What an OLE container holds: old Word and Excel files, and new ones behind a password, look alike outside.

Source: [MS-CFB], Compound File Binary File Format. No chain of sectors is followed further than the file is
long, so that one that runs in a circle ends.
"""

from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_NONE = 0xFFFFFFFA
"""Sector and entry numbers from here on mean: none."""
_ENTRY = 128
_SMALL = 64
"""Bytes of an entry of the directory, and of a sector of the streams that are kept together."""


class Stream(NamedTuple):
    """A stream or storage at the top of the container."""

    name: str
    first_sector: int
    size: int


class Container:
    """The streams of an OLE file. A damaged one shows those that can still be reached."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        shift = _number(data, 30, 2)
        self._size = 1 << shift if 7 <= shift <= 16 else 512
        self._most = len(data) // self._size + 1
        self._tables = list(islice(self._table_sectors(), self._most))
        self._smallest = _number(data, 56, 4)
        directory = self._chain(_number(data, 48, 4))
        self._root = _stream(directory, 0)
        self.streams = {stream.name: stream for stream in _top(directory)}

    def read(self, stream: Stream) -> bytes:
        """The contents of a stream, as far as they can be reached."""
        if stream.size >= self._smallest:
            return self._chain(stream.first_sector)[: stream.size]
        small = self._chain(self._root.first_sector)
        table = self._chain(_number(self._data, 60, 4))
        parts: list[bytes] = []
        sector = stream.first_sector
        most = min(stream.size // _SMALL + 1, len(small) // _SMALL + 1)
        while sector < _NONE and len(parts) < most:
            parts.append(small[sector * _SMALL : (sector + 1) * _SMALL])
            sector = _number(table, 4 * sector, 4)
        return b"".join(parts)[: stream.size]

    def _chain(self, sector: int) -> bytes:
        parts: list[bytes] = []
        while sector < _NONE and len(parts) < self._most:
            parts.append(self._sector(sector))
            sector = self._next(sector)
        return b"".join(parts)

    def _sector(self, number: int) -> bytes:
        return self._data[(number + 1) * self._size : (number + 2) * self._size]

    def _table_sectors(self) -> Iterator[int]:
        """The sectors that hold the allocation table: 109 in the header, others in a chain."""
        for index in range(109):
            sector = _number(self._data, 76 + 4 * index, 4)
            if sector < _NONE:
                yield sector
        sector = _number(self._data, 68, 4)
        per_sector = self._size // 4 - 1
        for _ in range(self._most):
            if sector >= _NONE:
                return
            offset = (sector + 1) * self._size
            for index in range(per_sector):
                entry = _number(self._data, offset + 4 * index, 4)
                if entry < _NONE:
                    yield entry
            sector = _number(self._data, offset + 4 * per_sector, 4)

    def _next(self, sector: int) -> int:
        table, index = divmod(sector, self._size // 4)
        if table >= len(self._tables):
            return _NONE
        return _number(self._data, (self._tables[table] + 1) * self._size + 4 * index, 4)


def _top(directory: bytes) -> Iterator[Stream]:
    """The entries right under the root, a tree of left and right neighbours."""
    waiting = [_number(directory, 76, 4)]
    seen: set[int] = set()
    while waiting:
        index = waiting.pop()
        offset = index * _ENTRY
        if index >= _NONE or index in seen or offset + _ENTRY > len(directory):
            continue
        seen.add(index)
        yield _stream(directory, offset)
        waiting += [_number(directory, offset + 68, 4), _number(directory, offset + 72, 4)]


def _stream(directory: bytes, offset: int) -> Stream:
    length = min(_number(directory, offset + 64, 2), 64)
    name = directory[offset : offset + max(length - 2, 0)].decode("utf-16-le", "replace")
    return Stream(name, _number(directory, offset + 116, 4), _number(directory, offset + 120, 4))


def _number(data: bytes, offset: int, size: int) -> int:
    piece = data[offset : offset + size]
    return int.from_bytes(piece, "little") if len(piece) == size else _NONE
