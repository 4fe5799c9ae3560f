"""Stages in their order, and amounts that only grow."""

from collections.abc import Sequence

from hengliang.measure.definition import Check, Column
from tests.measure.loading import run, table

STAGE = Column(name="stage", type="enum", zh="阶段", en="stage", codes={"A": "一", "B": "二", "C": "三"})
ORDER = Check(code="Q03-stages", columns={"group": "unit", "stage": "stage", "done": "done"})


def out_of_order(rows: Sequence[Sequence[str | None]]) -> list[tuple[int, int | None]]:
    stages = table("stages", {"unit": "text", "stage": "text", "done": "date"}, rows)
    stages.ledger = stages.ledger.model_copy(
        update={"columns": tuple(STAGE if each.name == "stage" else each for each in stages.ledger.columns)}
    )
    return [(each.row, each.with_row) for each in run(ORDER, stages)]


def test_a_stage_before_the_one_before_it() -> None:
    rows = [
        ["u", "B", "2023-02-01"],
        ["u", "A", "2023-03-01"],
        ["u", "C", "2023-02-15"],
        ["v", "A", "2023-12-01"],
    ]
    assert out_of_order(rows) == [(1, 2)]


def test_the_same_day_and_stages_that_are_not_done() -> None:
    rows = [["u", "A", "2023-02-01"], ["u", "B", "2023-02-01"], ["v", "A", "2023-05-01"], ["v", "B", None],
            ["v", "C", "2023-04-30"], ["v", "D", "2020-01-01"]]  # fmt: skip
    assert out_of_order(rows) == [(5, 3)]


def test_amounts_that_fall() -> None:
    falls = Check(code="Q10-falls", columns={"group": "unit", "order": "on", "value": "area"})
    areas = table("areas", {"unit": "text", "on": "date", "area": "decimal"}, [
        ["u", "2023-03-01", "20"], ["u", "2023-01-01", "10"], ["u", "2023-04-01", "19.9"], ["u", None, "0"],
        ["v", "2023-04-01", "1"], ["v", "2023-05-01", "1"],
    ])  # fmt: skip
    found = run(falls, areas)
    assert [(each.row, each.with_row, str(each.figures["less_by"])) for each in found] == [(3, 1, "0.1000")]
