"""How fast forms are read and reviewed, each against a named baseline in the same run.

    python -m benchmarks.run

Every measurement checks its answer first: a fast wrong form is no result.
"""

import platform
import tempfile
from itertools import cycle
from pathlib import Path

import openpyxl
import pdfplumber
import python_calamine

from benchmarks.pairs import Timing, in_turn
from benchmarks.variants import EXAMPLE, variants
from hengliang.base.finding import Finding
from hengliang.base.message import message
from hengliang.base.place import Spot
from hengliang.base.profile import load_profile
from hengliang.form.containers.open import open_document
from hengliang.form.read import read_document
from hengliang.review.catalogue import all_rules
from hengliang.review.run import review

SAMPLES = Path(__file__).parents[1] / "tests" / "samples" / "forms"
VARIANTS = 400


def main() -> None:
    """Measure everything and print one line per figure."""
    print(f"Python {platform.python_version()}, {platform.machine()}")
    with tempfile.TemporaryDirectory() as folder:
        paths = _write_variants(Path(folder))
        text(paths)
        rules(paths)
    workbook()
    pdf()


def _write_variants(folder: Path) -> list[Path]:
    paths: list[Path] = []
    for number, content in enumerate(variants(VARIANTS)):
        path = folder / f"{number}.txt"
        path.write_text(content, encoding="utf-8")
        paths.append(path)
    return paths


def text(paths: list[Path]) -> None:
    """Flattened text: the worked example over and over, and forms that differ."""
    assert len(read_document(EXAMPLE).forms[0].form.indicators) == 25
    assert all(len(read_document(path).forms[0].form.indicators) == 25 for path in paths[:20])
    turn = cycle(paths)
    taken = in_turn(
        {
            "open only": lambda: open_document(EXAMPLE),
            "worked example": lambda: read_document(EXAMPLE),
            "varied forms": lambda: read_document(next(turn)),
        }
    )
    _say("text", taken, "open only", per_second={"worked example": 1, "varied forms": 1}, unit="forms")


def rules(paths: list[Path]) -> None:
    """All rules, on one form over and over as while it is mended, and on forms that differ; the baseline is
    making as many findings of nothing, which no review can do without.
    """
    profile = load_profile("national-2015")
    read = [read_document(path).forms[0] for path in paths]
    example = read_document(EXAMPLE).forms[0]
    found = sum(len(review(one.form, profile, one.source).findings) for one in read[:20]) // 20
    assert found > 100
    turn = cycle(read)

    def differing() -> object:
        one = next(turn)
        return review(one.form, profile, one.source)

    taken = in_turn(
        {
            "findings alone": lambda: _findings(found),
            "same form again": lambda: review(example.form, profile, example.source),
            "forms that differ": differing,
        }
    )
    print(f"review: {len(all_rules())} rules, {found} findings on a form that differs")
    per_second = {"same form again": 25, "forms that differ": 25}
    _say("review", taken, "findings alone", per_second=per_second, unit="indicators")


def _findings(count: int) -> list[Finding]:
    """As many findings as said, each with a message and characters of its own."""
    rule = all_rules()[0]
    wanted = message("another value")
    return [
        rule.finds(Spot("title", number, number + 1), message("{number} is found", number=number), "", wanted)
        for number in range(count)
    ]


def workbook() -> None:
    """A workbook against calamine and openpyxl reading its values."""
    path = next(SAMPLES.glob("A01*.xlsx"))
    assert len(read_document(path).forms[0].form.indicators) == 9

    def calamine() -> object:
        book = python_calamine.CalamineWorkbook.from_path(str(path))
        return [book.get_sheet_by_name(name).to_python() for name in book.sheet_names]

    def with_openpyxl() -> object:
        book = openpyxl.load_workbook(path)
        return [[cell.value for cell in row] for sheet in book.worksheets for row in sheet.iter_rows()]

    taken = in_turn({"calamine": calamine, "openpyxl": with_openpyxl, "form": lambda: read_document(path)})
    _say("xlsx", taken, "calamine", per_second={"form": 1}, unit="forms")
    _say("xlsx", taken, "openpyxl", per_second={}, unit="forms")


def pdf() -> None:
    """A ruled PDF of two pages against bare pdfplumber taking text and tables from them."""
    path = next(SAMPLES.glob("A04*.pdf"))
    assert len(read_document(path).forms[0].form.indicators) == 21

    def bare() -> object:
        with pdfplumber.open(path) as file:
            return [(page.extract_text(), page.extract_tables()) for page in file.pages]

    taken = in_turn({"bare pdfplumber": bare, "form": lambda: read_document(path)}, rounds=7)
    _say("pdf", taken, "bare pdfplumber", per_second={"form": 1}, unit="forms")


def _say(title: str, taken: dict[str, Timing], baseline: str, per_second: dict[str, int], unit: str) -> None:
    base = taken[baseline].seconds
    for name, timing in taken.items():
        speed = f", {per_second[name] / timing.seconds:,.0f} {unit}/s" if name in per_second else ""
        told = f"{timing.seconds * 1000:.2f} ms{speed}"
        print(f"{title}: {name}: {base / timing.seconds:.2f}x {baseline} ({told})")


if __name__ == "__main__":
    main()
