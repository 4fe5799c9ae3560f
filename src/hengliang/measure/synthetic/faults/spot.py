"""Where a fault is planted: the field, the ledger, and the check that must find it."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from hengliang.measure.definition import Check, Ledger
from hengliang.measure.synthetic.city import Row
from hengliang.measure.synthetic.faults.judge import codes, holds_text
from hengliang.measure.synthetic.faults.plan import Field

Found = Sequence[tuple[int, str]]
"""Places of rows, and the codes that must be found there."""


@dataclass(frozen=True)
class Spot:
    """Where a fault is planted: the field, the ledger, and the check."""

    field: Field
    ledger: Ledger
    check: Check

    @property
    def rows(self) -> list[Row]:
        return self.field.city.rows(self.ledger.name)

    @property
    def code(self) -> str:
        code = self.check.code
        return self.check.reports or (code.split("-")[0] if code[0] in "FQ" else code)

    def column(self, part: str) -> str:
        """The column that plays a part."""
        return self.check.columns.get(part) or self.check.optional.get(part, "")

    def asked(self, row: Row) -> bool:
        """Whether the check looks at a row."""
        where = self.check.where
        return where is None or holds_text(where.text, row, self.field.period, self.ledger.parameters) is True

    def free(self, *touched: str, where: Callable[[Row], bool] = lambda row: True) -> Iterator[int]:
        """Places of free rows at which the check looks."""
        return self.field.free(self.ledger, touched, lambda row: self.asked(row) and where(row))

    def change(self, place: int, **values: Any) -> Found:
        """Changes a row and takes it: the check must report on it, with all that is wrong there."""
        self.rows[place] = {**self.rows[place], **values}
        self.field.take(self.ledger, place)
        return self.found(place)

    def found(self, *places: int) -> Found:
        """The check's code and what else is wrong with the rows by themselves."""
        return [
            (place, code)
            for place in places
            for code in sorted({self.code} | codes(self.ledger, self.rows[place], self.field.period))
        ]

    def pairs(self, *touched: str, fits: Callable[[Row, Row], bool]) -> Iterator[tuple[int, int]]:
        """A free row with an earlier one that no fault has taken, and that fits it."""
        for place in islice(self.free(*touched), 60):
            for other in self.field.sound(self.ledger, self.asked):
                if other < place and fits(self.rows[place], self.rows[other]):
                    yield place, other
                    break


Planters = Mapping[str, Callable[[Spot], Found | None]]
"""What plants a fault for a check, by the code of the check."""
