"""What adds up over the forms of many files."""

from collections import Counter
from concurrent.futures import Future
from typing import Any

from hengliang.base.message import message
from hengliang.cli.jobs import DuplicatesDone, ReviewDone
from hengliang.form.errors import UnreadableFile


class Sums:
    """Grows as files are done, and is read when the last one is."""

    def __init__(self, language: str) -> None:
        self._language = language
        self.failures: list[UnreadableFile] = []
        self.counts: tuple[int, ...] = ()
        """The fields of `review.verdict.Counts`."""
        self.codes: Counter[str] = Counter()
        self.baseline: dict[str, dict[str, object]] = {}
        self.written: list[str] = []
        self.unused: set[tuple[str, str]] | None = None
        """Suppressions for all forms that have overruled nothing yet; None before the first file."""
        self.looking_for_duplicates: Future[Any] | None = None

    def add(self, done: ReviewDone) -> None:
        """Adds what came out for one file."""
        if self.counts:
            self.counts = tuple(map(sum, zip(self.counts, done.counts, strict=True)))
        else:
            self.counts = done.counts
        self.codes.update(done.codes)
        self.baseline.update(done.baseline)
        self.written += done.written
        unused = set(done.unused)
        self.unused = unused if self.unused is None else self.unused & unused

    @property
    def duplicates(self) -> DuplicatesDone:
        """Indicators on several forms; waits until they have been looked for."""
        if self.looking_for_duplicates is None:
            return DuplicatesDone()
        answer = self.looking_for_duplicates.result()
        if isinstance(answer, DuplicatesDone):
            return answer
        said = message("Indicators that stand on several forms could not be looked for in time.")
        return DuplicatesDone(said.say(self._language) + "\n")

    @property
    def errors(self) -> int:
        """Findings that are errors."""
        return self.counts[0] if self.counts else 0
