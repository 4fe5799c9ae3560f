"""Headings of every ledger's own template are matched to the columns they stand for."""

import pytest

from hengliang.measure.catalogue import all_ledgers
from hengliang.measure.load.headings import match_headings


@pytest.mark.parametrize("called", ["name", "zh", "en"])
@pytest.mark.parametrize("ledger", all_ledgers().values(), ids=all_ledgers().keys())
def test_every_column_is_found_by_each_of_its_names(ledger, called: str) -> None:  # type: ignore[no-untyped-def]
    headings = [getattr(column, called) for column in ledger.columns]
    assert match_headings(headings, ledger).names == tuple(column.name for column in ledger.columns)
