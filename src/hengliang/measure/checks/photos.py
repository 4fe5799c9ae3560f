"""F01: one photo used twice, for different subjects or on different days."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from hengliang.base.message import message
from hengliang.measure.checks.asked import asked_rows
from hengliang.measure.definition import Check
from hengliang.measure.finding import Finding
from hengliang.measure.records import Records
from hengliang.measure.table import Table

_BITS = 64
_AT_ONCE = 256


def used_twice(table: Table, check: Check, records: Records) -> list[Finding]:
    """Equal hashes, or perceptual hashes (`near`, optional, 64 bits) within 6 bits.

    The later row of the source is questioned, and names the earlier one.
    """
    rows = asked_rows(table, check, records)
    seen: dict[object, list[tuple[int, object, object]]] = {}
    alike = _first_alike(
        [_bits(row.get("near")) for row in rows],
        [(row["subject"], row["day"]) for row in rows],
        int(check.figures.get("bits", 6)),
    )
    found: list[Finding] = []
    for row, like in zip(rows, alike, strict=True):
        number, photo, what, when = row["_row"], row["photo"], row["subject"], row["day"]
        earlier = None
        if photo is not None:
            before = seen.setdefault(photo, [])
            earlier = next((at for at, *other in before if other != [what, when]), None)
            before.append((number, what, when))
        if earlier is None and like is not None:
            earlier = rows[like]["_row"]
        if earlier is not None:
            reason = message("the same photo stands for another subject or day")
            found.append(Finding("F01", number, "audit", reason, earlier))
    return found


def _bits(text: object) -> int | None:
    try:
        bits = int(str(text), 16) if text is not None else None
    except ValueError:
        return None
    return bits if bits is not None and 0 <= bits < 1 << _BITS else None


def _first_alike(hashes: Sequence[int | None], things: Sequence[object], limit: int) -> list[int | None]:
    """The place of the first hash before each that is within so many bits and stands for another thing.

    Hashes that differ in few bits agree in one of a few more blocks: only those are held against each other.
    """
    known = [at for at, bits in enumerate(hashes) if bits is not None]
    first = np.full(len(known), len(known))
    bits = np.array([hashes[at] for at in known], dtype=np.uint64)
    numbers: dict[object, int] = {}
    thing = np.array([numbers.setdefault(things[at], len(numbers)) for at in known], dtype=np.int64)
    for members in _agreeing(bits, min(limit, _BITS - 1) + 1):
        for start in range(0, len(members), _AT_ONCE):
            some = members[start : start + _AT_ONCE, None]
            near = np.bitwise_count(bits[some] ^ bits[members]) <= limit
            near &= (members < some) & (thing[some] != thing[members])
            places = np.where(near.any(axis=1), members[near.argmax(axis=1)], len(known))
            first[some[:, 0]] = np.minimum(first[some[:, 0]], places)
    found: list[int | None] = [None] * len(hashes)
    for at, place in zip(known, first.tolist(), strict=True):
        found[at] = known[place] if place < len(known) else None
    return found


def _agreeing(bits: NDArray[np.uint64], blocks: int) -> Iterator[NDArray[np.int64]]:
    """The places of the hashes that have a block in common, several of them, in their order."""
    edges = [_BITS * at // blocks for at in range(blocks + 1)]
    for low, high in pairwise(edges):
        keys = (bits >> np.uint64(low)) & np.uint64((1 << (high - low)) - 1)
        order = np.argsort(keys, kind="stable")
        ends = np.flatnonzero(np.diff(keys[order])) + 1
        yield from (group for group in np.split(order, ends) if len(group) > 1)


CHECKS = {"F01": used_twice}
