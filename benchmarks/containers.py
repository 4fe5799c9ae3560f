"""How fast files become documents, without being understood: each reader against the library that does least.

    python -m benchmarks.containers

Every measurement checks its answer first: a fast wrong table is no result.
"""

import platform
from collections.abc import Callable
from pathlib import Path

import docx
import openpyxl
import pdfplumber
import python_calamine
import xlrd

from benchmarks.pairs import in_turn
from hengliang.form.containers.open import open_document
from hengliang.form.document import Table

SAMPLES = Path(__file__).parents[1] / "tests" / "samples" / "forms"


def main() -> None:
    """Measure each format and print one line per reader."""
    print(f"Python {platform.python_version()}, {platform.machine()}")
    compare("A01*.xlsx", 26, {"calamine": with_calamine, "openpyxl": with_openpyxl})
    compare("A06*.xls", 17, {"xlrd": with_xlrd})
    compare("A04*.pdf", 16, {"pdfplumber": with_pdfplumber})
    compare("A02*.docx", 23, {"python-docx": with_python_docx})


def compare(pattern: str, rows: int, others: dict[str, Callable[[Path], object]]) -> None:
    """Time `open_document` against `others` on the sample, whose largest table has `rows` rows."""
    path = next(SAMPLES.glob(pattern))
    assert max(len(block.rows) for block in open_document(path).blocks if isinstance(block, Table)) == rows
    works: dict[str, Callable[[], object]] = {name: _bound(other, path) for name, other in others.items()}
    taken = in_turn({**works, "document": _bound(open_document, path)}, rounds=15)
    ours = taken["document"].seconds
    for name in others:
        print(
            f"{path.suffix}: {taken[name].seconds / ours:.2f}x {name} ({ours * 1000:.2f} ms against "
            f"{taken[name].seconds * 1000:.2f} ms, {1 / ours:,.0f} files/s)"
        )


def _bound(work: Callable[[Path], object], path: Path) -> Callable[[], object]:
    return lambda: work(path)


def with_calamine(path: Path) -> object:
    """All values, without number formats and merged cells."""
    book = python_calamine.CalamineWorkbook.from_path(str(path))
    return [book.get_sheet_by_name(name).to_python() for name in book.sheet_names]


def with_openpyxl(path: Path) -> object:
    """All values, with formats and merged cells at hand."""
    book = openpyxl.load_workbook(path)
    return [[cell.value for cell in row] for sheet in book.worksheets for row in sheet.iter_rows()]


def with_xlrd(path: Path) -> object:
    """All values, with formats at hand."""
    book = xlrd.open_workbook(str(path), formatting_info=True)
    return [sheet.row_values(row) for sheet in book.sheets() for row in range(sheet.nrows)]


def with_pdfplumber(path: Path) -> object:
    """The text and the ruled tables of all pages."""
    with pdfplumber.open(path) as file:
        return [(page.extract_text(), page.extract_tables()) for page in file.pages]


def with_python_docx(path: Path) -> object:
    """The texts of all paragraphs and of all cells, merged ones as often as they cover a place."""
    made = docx.Document(str(path))
    cells = [[cell.text for cell in row.cells] for table in made.tables for row in table.rows]
    return [paragraph.text for paragraph in made.paragraphs], cells


if __name__ == "__main__":
    main()
