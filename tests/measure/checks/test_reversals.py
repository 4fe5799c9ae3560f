"""Reversals of vouchers."""

from hengliang.measure.definition import Check
from tests.measure.loading import run, table

CHECK = Check(
    code="Q09-reversal", columns={"number": "no", "amount": "amount", "day": "day", "reverses": "of"}
)  # fmt: skip
TYPES = {"no": "text", "amount": "decimal", "day": "date", "of": "text"}


def test_reversals_add_up_to_their_voucher() -> None:
    rows = [["1", "100", "2023-05-01", None], ["2", "-60", "2023-05-01", "1"],
            ["3", "-40", "2023-06-01", "1"], ["4", "-0.01", "2023-06-02", "1"]]  # fmt: skip
    found = run(CHECK, table("vouchers", TYPES, rows))
    assert [(each.code, each.row, each.with_row) for each in found] == [("Q10", 4, 1)]


def test_a_voucher_that_is_later_or_not_there() -> None:
    rows = [["1", "-5", "2023-05-01", "2"], ["2", "100", "2023-05-02", None], ["3", "-5", None, "9"],
            ["4", "-5", "2023-07-01", "1"]]  # fmt: skip
    found = run(CHECK, table("vouchers", TYPES, rows))
    assert [(each.code, each.row) for each in found] == [("Q03", 1), ("Q09", 3), ("Q09", 4)]
