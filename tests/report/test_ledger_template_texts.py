"""A template shows what a definition says, and runs none of it."""

from io import BytesIO

from openpyxl import load_workbook

from hengliang.measure.catalogue import all_ledgers
from hengliang.report import ledger_template


def test_no_formula_in_a_template() -> None:
    ledger = all_ledgers()["work_item"]
    first, *rest = ledger.columns
    odd = first.model_copy(update={"zh": '=HYPERLINK("http://a")', "unit": None})
    made = ledger_template.to_bytes(ledger.model_copy(update={"columns": (odd, *rest)}), "zh_Hans")
    cells = [cell for sheet in load_workbook(BytesIO(made)) for row in sheet.iter_rows() for cell in row]
    assert '=HYPERLINK("http://a")' in [cell.value for cell in cells]
    assert "f" not in {cell.data_type for cell in cells}
