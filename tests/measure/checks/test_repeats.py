"""Values that stand in several rows, devices that several persons use."""

from hengliang.measure.definition import Check
from tests.measure.loading import run, table

ROWS = [
    ["1", "a", None], ["2", "b", None], ["3", "a", None], ["4", None, None], ["5", None, None],
    ["6", "a", "wrong"], ["7", "a", None],
]  # fmt: skip
CLIPS = table("clip", {"id": "text", "hash": "text", "void": "text"}, ROWS)


def test_later_rows_name_the_first() -> None:
    check = Check(code="repeated", columns={"same": "hash"}, optional={"void": "void"})
    assert [(each.row, each.with_row) for each in run(check, CLIPS)] == [(3, 1), (7, 1)]


def test_all_rows_name_each_other() -> None:
    check = Check(
        code="repeated",
        columns={"same": "hash"},
        optional={"void": "void"},
        figures={"all": 1},
        blocking=True,
    )
    found = run(check, CLIPS)
    assert [(each.row, each.with_row) for each in found] == [(1, 3), (3, 1), (7, 1)]
    assert {each.severity for each in found} == {"blocking"}


def test_a_device_of_several_persons() -> None:
    rows = [["1", "D", "A"], ["2", "D", "A"], ["3", "D", "B"], ["4", "E", "A"], ["5", None, "C"]]
    used = table("use", {"id": "text", "device": "text", "person": "text"}, rows)
    parts = {"device": "device", "person": "person"}
    found = run(Check(code="shared-device", columns=parts), used)
    assert [(each.row, each.figures["persons"]) for each in found] == [(1, 2), (3, 2)]
    assert run(Check(code="shared-device", columns=parts, figures={"persons": 2}), used) == []
