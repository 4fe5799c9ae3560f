"""Q09: references without a target."""

from hengliang.measure.definition import Check
from tests.measure.loading import run, table

RIGHTS = table("rights", {"mine": "text", "from": "date", "until": "date"}, [
    ["A", "2020-01-01", "2022-12-31"], ["A", "2023-01-01", "2023-06-30"], ["B", None, "2023-06-30"],
])  # fmt: skip
CHECK = Check(code="Q09", key="mine", optional={"on": "on"}, ledger="rights",
              there={"from": "from", "until": "until"})  # fmt: skip


def test_unknown_and_not_in_force() -> None:
    rows = [["1", "A", "2022-12-31"], ["2", "A", "2023-07-01"], ["3", "B", "2019-01-01"],
            ["4", "C", "2023-01-01"],
            ["5", "A", None], ["6", None, None]]  # fmt: skip
    found = run(CHECK, table("visits", {"id": "text", "mine": "text", "on": "date"}, rows), RIGHTS)
    assert [(each.row, each.severity) for each in found] == [(2, "blocking"), (4, "blocking")]


def test_what_must_stand_there_too() -> None:
    types = {"mine": "text", "method": "text"}
    rights = table("rights", types, [["A", "OPEN"], ["A", "MIXED"], ["B", None]])
    check = Check(
        code="Q09", key="mine", columns={"same": "method"}, ledger="rights", there={"same": "method"}
    )
    rows = [["1", "A", "MIXED"], ["2", "A", "UNDERGROUND"], ["3", "A", None], ["4", "B", "OPEN"]]
    assert [each.row for each in run(check, table("visits", {"id": "text", **types}, rows), rights)] == [2]
