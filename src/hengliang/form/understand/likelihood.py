"""完成目标可能性 of a monitoring table where it is a mark below one of three heads."""

import re
from collections.abc import Mapping, Sequence

from hengliang.form.document import Cell
from hengliang.form.model import Likelihood
from hengliang.form.understand.rows import clean
from hengliang.form.understand.words import likelihood_of

_MARK = re.compile(r"[√✓✔☑☒✗×●■★是1Vv]")


def marked_likelihood(cells: Sequence[Cell], heads: Mapping[int, str]) -> tuple[Cell, Likelihood] | None:
    """The one cell with a mark below 确定能, 有可能 or 完全不可能, and which; None when none or several are
    marked. `heads` are the heads of columns by their number."""
    marked: list[tuple[Cell, Likelihood]] = [
        (cell, likelihood)
        for cell in cells
        if cell.column in heads
        and _MARK.fullmatch(clean(cell.text))
        and (likelihood := likelihood_of(heads[cell.column])) is not None
    ]
    return marked[0] if len(marked) == 1 else None
