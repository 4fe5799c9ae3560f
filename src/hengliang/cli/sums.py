"""What adds up over the forms of many files."""

from collections import Counter

from hengliang.cli.jobs import ReviewDone
from hengliang.form.errors import UnreadableFile


class Sums:
    """Grows as files are done, and is read when the last one is."""

    def __init__(self) -> None:
        self.failures: list[UnreadableFile] = []
        self.counts: tuple[int, ...] = ()
        """The fields of `review.verdict.Counts`."""
        self.codes: Counter[str] = Counter()
        self.baseline: dict[str, dict[str, object]] = {}
        self.written: list[str] = []

    def add(self, done: ReviewDone) -> None:
        """Adds what came out for one file."""
        if self.counts:
            self.counts = tuple(map(sum, zip(self.counts, done.counts, strict=True)))
        else:
            self.counts = done.counts
        self.codes.update(done.codes)
        self.baseline.update(done.baseline)
        self.written += done.written

    @property
    def errors(self) -> int:
        """Findings that are errors."""
        return self.counts[0] if self.counts else 0
