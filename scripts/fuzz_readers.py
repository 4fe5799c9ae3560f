"""Feeds spoiled files to the readers for as long as asked, guided by the coverage of the Python code.

    python scripts/fuzz_readers.py pdf -max_total_time=3600      one format, options of libFuzzer
    python scripts/fuzz_readers.py                               lists the formats

Needs the dependency group `fuzz`. Every input must end in a document or in an `UnreadableFile`, within ten
seconds. Inputs that do not are kept under `out/fuzz/`, and the run goes on; `report.txt` beside them says how
many inputs there were, how many failed and how long the slowest took (libFuzzer ends without leave, so it is
written as the run goes).
"""

import hashlib
import os
import random
import sys
import time
import traceback
from pathlib import Path

import atheris

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

with atheris.instrument_imports(include=["hengliang", "pdfminer", "xlrd"]):
    import xlrd  # noqa: F401 (instrumented before the reader imports it)

    from hengliang.form.containers import convert, csv, docx, html, markdown, pdf, text, xls, xlsx  # noqa: F401
    from hengliang.form.containers.open import open_document
    from hengliang.form.errors import UnreadableFile

from tests.fuzz.seeds import seeds, spoiled  # noqa: E402 (found through ROOT)

SLOW = 10.0
EVERY = 5.0


class Run:
    """Counts what happened to the inputs of one format."""

    def __init__(self, name: str) -> None:
        self.kept = ROOT / "out" / "fuzz" / name
        self.kept.mkdir(parents=True, exist_ok=True)
        memory = Path("/dev/shm")
        folder = memory if memory.is_dir() else self.kept
        self.path = folder / f"fuzz-{os.getpid()}-{name}"
        self.inputs = self.read = self.failed = 0
        self.longest = 0.0
        self.begin = self.reported = time.monotonic()

    def one(self, data: bytes) -> None:
        self.path.write_bytes(data)
        self.inputs += 1
        begin = time.perf_counter()
        try:
            open_document(self.path)
            self.read += 1
        except UnreadableFile:
            pass
        except Exception:
            self.keep(data, traceback.format_exc())
        taken = time.perf_counter() - begin
        if taken > self.longest:
            self.longest = taken
            (self.kept / "longest").write_bytes(data)
        if taken > SLOW:
            self.keep(data, f"{taken:.1f} seconds")
        if time.monotonic() - self.reported > EVERY:
            self.report()

    def keep(self, data: bytes, reason: str) -> None:
        self.failed += 1
        name = hashlib.sha256(data).hexdigest()[:16]
        (self.kept / name).write_bytes(data)
        (self.kept / f"{name}.why").write_text(reason, encoding="utf-8")

    def report(self) -> None:
        self.reported = time.monotonic()
        line = (
            f"{self.inputs} inputs in {self.reported - self.begin:.0f} s, {self.read} read, "
            f"{self.failed} failed, longest {self.longest:.2f} s"
        )
        (self.kept / "report.txt").write_text(f"{line}\n", encoding="utf-8")


def spoil(data: bytes, size: int, seed: int) -> bytes:
    """libFuzzer's mutation, inside the parts of a zip as well as on the whole."""
    chance = random.Random(seed)
    try:
        return spoiled(data, lambda part: atheris.Mutate(part, max(len(part) + 64, 64)), chance.randrange)[
            :size
        ]
    except Exception:  # a zip that earlier mutations have spoiled
        return atheris.Mutate(data, size)


def main() -> None:
    names = sorted(seeds())
    if len(sys.argv) < 2 or not any(sys.argv[1] in name for name in names):
        print(__doc__, "\nSeeds:", *names)
        return
    wanted = sys.argv.pop(1)
    os.environ["PATH"] = ""  # nothing is converted
    run = Run(wanted)
    corpus = run.kept / "corpus"
    corpus.mkdir(exist_ok=True)
    for name, data in seeds().items():
        if wanted in name:
            (corpus / name).write_bytes(data)
            run.path = run.path.with_suffix(Path(name).suffix)
    options = [
        f"-artifact_prefix={run.kept}/",
        "-max_len=200000",
        "-rss_limit_mb=4096",
        "-timeout=60",
        "-verbosity=0",
        *sys.argv[1:],
        str(corpus),
    ]
    atheris.Setup([sys.argv[0], *options], run.one, custom_mutator=spoil)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
