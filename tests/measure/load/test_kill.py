"""A load that is killed leaves nothing half visible, and one that was acknowledged is there."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from hengliang.measure.parts import new_part, sweep

HOME = Path(__file__).parents[3]


@pytest.mark.skipif(os.name == "nt", reason="kills with a signal")
def test_ten_killed_loads() -> None:
    script = HOME / "scripts" / "kill_loads.py"
    done = subprocess.run(
        [sys.executable, str(script), "--times", "10", "--rows", "3000", "--seed", "7"],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    counts = {name: int(count) for name, count in re.findall(r"(\w+)=(\d+)", done.stdout)}
    assert counts["loads"] == 10
    assert counts["killed"] >= 3


def test_what_is_being_written_is_not_swept(tmp_path: Path) -> None:
    with new_part(tmp_path) as part:
        (part / "records").write_text("half")
        assert sweep(tmp_path) == 0
        assert (part / "records").exists()
    assert list(tmp_path.iterdir()) == []


def test_a_lock_without_a_folder_is_swept(tmp_path: Path) -> None:
    (tmp_path / ".part-1.lock").touch()
    (tmp_path / ".part-2").mkdir()
    (tmp_path / ".part-2.lock").touch()
    assert sweep(tmp_path) == 1
    assert list(tmp_path.iterdir()) == []
