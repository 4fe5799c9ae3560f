"""Several answers of one device."""

from hengliang.measure.definition import Check
from tests.measure.loading import run, table

CHECK = Check(code="F14", columns={"device": "device"}, optional={"at": "at", "survey": "survey"})
TYPES = {"id": "text", "device": "text", "at": "datetime", "survey": "text"}


def test_later_answers_name_the_one_that_counts() -> None:
    answers = table("answers", TYPES, [
        ["1", "a", "2023-11-02 10:05:00", "s"], ["2", "a", "2023-11-02 10:00:00", "s"],
        ["3", "a", "2023-11-02 10:09:00", "s"], ["4", "b", "2023-11-02 10:00:00", "s"],
        ["5", None, "2023-11-02 10:00:00", "s"], ["6", None, "2023-11-02 10:00:00", "s"],
        ["7", "a", "2023-11-02 09:00:00", "t"],
    ])  # fmt: skip
    assert [(each.row, each.with_row) for each in run(CHECK, answers)] == [(1, 2), (3, 2)]
    answers.mark("_questioned", {2: "I25-A1"})
    assert [(each.row, each.with_row) for each in run(CHECK, answers)] == [(1, 2), (3, 1)]


def test_without_times_the_order_of_the_source_decides() -> None:
    answers = table("answers", {"id": "text", "device": "text"}, [["1", "a"], ["2", "a"]])
    assert [(each.row, each.with_row) for each in run(CHECK, answers)] == [(2, 1)]
