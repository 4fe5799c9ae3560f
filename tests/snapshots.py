"""Texts that a person has looked at, kept as files beside the tests.

`UPDATE_SNAPSHOTS=1 pytest tests/...` writes them anew; look at the difference before it is committed.
"""

import os
from pathlib import Path


def same_as(snapshot: Path, text: str) -> bool:
    """Whether `text` is what the snapshot holds."""
    if os.environ.get("UPDATE_SNAPSHOTS"):
        snapshot.parent.mkdir(exist_ok=True)
        snapshot.write_text(text, encoding="utf-8", newline="")
    assert snapshot.read_text(encoding="utf-8") == text
    return True
