"""Workers: answers in order, a job that hangs or dies is lost alone, nothing is left running."""

import sys
import time
from pathlib import Path
from typing import Any

import pytest

from hengliang.cli.jobs import ReadJob
from hengliang.cli.pool import Lost, Pool
from hengliang.form.errors import UnreadableFile
from tests.cli.calling import written
from tests.factories import form, indicator


def _jobs(folder: Path, count: int) -> list[ReadJob]:
    return [
        ReadJob(
            str(
                written(
                    form(indicator(f"指标{number}"), fiscal_year=2000 + number), folder / f"{number}.json"
                )
            ),
            60,
        )
        for number in range(count)
    ]


TASKS = "tests.cli.tasks"
ROOT = Path(__file__).parents[2]


def _years(answers: list[Any]) -> list[int]:
    return [answer.keys[0].year for answer in answers]


def test_answers_come_in_order(tmp_path: Path) -> None:
    with Pool(2, 60) as pool:
        answers = list(pool.each("read", _jobs(tmp_path, 9)))
    assert _years(answers) == list(range(2000, 2009))


def test_a_pool_serves_twice(tmp_path: Path) -> None:
    jobs = _jobs(tmp_path, 2)
    with Pool(1, 60) as pool:
        assert _years(list(pool.each("read", jobs))) == _years(list(pool.each("read", jobs)))
        assert list(pool.each("read", [])) == []


def test_what_cannot_be_read_is_an_answer(tmp_path: Path) -> None:
    with Pool(1, 60) as pool:
        (answer,) = pool.each("read", [ReadJob(str(tmp_path / "none.txt"), 60)])
    assert isinstance(answer, UnreadableFile)
    assert answer.file.endswith("none.txt")


@pytest.fixture
def from_the_root(monkeypatch: pytest.MonkeyPatch) -> None:
    """Workers find the tasks of the tests from the root of the repository."""
    monkeypatch.chdir(ROOT)


@pytest.mark.usefixtures("from_the_root")
def test_a_job_that_hangs_is_lost_alone() -> None:
    started = time.monotonic()
    with Pool(1, 2.0, TASKS) as pool:
        assert list(pool.each("sleep", [30.0, 0.0])) == [Lost(2.0), 0.0]
    assert time.monotonic() - started < 20


@pytest.mark.usefixtures("from_the_root")
def test_a_job_that_kills_its_process_is_lost_alone() -> None:
    with Pool(1, 60, TASKS) as pool:
        assert [*pool.each("die", [9]), *pool.each("sleep", [0.0])] == [Lost(None), 0.0]


@pytest.mark.usefixtures("from_the_root")
def test_what_is_printed_does_not_get_between_the_answers() -> None:
    with Pool(1, 60, TASKS) as pool:
        assert list(pool.each("chatter", ["a", "b"])) == ["a", "b"]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no limit of address space")
@pytest.mark.usefixtures("from_the_root")
def test_memory_is_bounded() -> None:
    with Pool(1, 60, TASKS) as pool:
        assert list(pool.each("take", [8 << 30])) == ["MemoryError"]


@pytest.mark.usefixtures("from_the_root")
def test_leaving_early_ends_the_workers() -> None:
    started = time.monotonic()
    with Pool(2, 60, TASKS) as pool:
        assert next(pool.each("sleep", [0.0, 50.0, 50.0, 50.0])) == 0.0
    assert time.monotonic() - started < 20
