"""Changes a published package at random places, and counts how many changes `hengliang verify` finds.

python scripts/tamper.py result.zip [--changes 1000] [--seed 2023]

Four kinds: one byte changed, one byte taken away, one byte put in, the end cut off.
"""

import argparse
import random
from collections import Counter
from pathlib import Path

from hengliang.report.package.archive import Refused, unpack
from hengliang.report.package.verify import changed, verify


def is_found(data: bytes) -> bool:
    """Whether verifying finds something. What the digests show already is not computed again."""
    try:
        return bool(changed(data, unpack(data))) or not verify(data).equal
    except Refused:
        return True


def tampered(data: bytes, kind: str, chance: random.Random) -> bytes:
    """The package with one change."""
    at = chance.randrange(len(data))
    if kind == "changed":
        return data[:at] + bytes([data[at] ^ chance.randrange(1, 256)]) + data[at + 1 :]
    if kind == "taken away":
        return data[:at] + data[at + 1 :]
    if kind == "put in":
        return data[:at] + bytes([chance.randrange(256)]) + data[at:]
    return data[:at]


def main() -> None:
    """Prints for each kind how many changes were made and found."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("package", type=Path)
    parser.add_argument("--changes", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=2023)
    asked = parser.parse_args()
    data, chance = asked.package.read_bytes(), random.Random(asked.seed)
    assert not is_found(data), "the package is not equal to begin with"
    found: Counter[str] = Counter()
    kinds = {"changed": asked.changes, "taken away": 200, "put in": 200, "cut off": 200}
    for kind, times in kinds.items():
        for _ in range(times):
            found[kind] += is_found(tampered(data, kind, chance))
        print(f"{kind}: {found[kind]} of {times} found")


if __name__ == "__main__":
    main()
