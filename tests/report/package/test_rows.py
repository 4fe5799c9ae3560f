"""Rows as text, and back; what never leaves."""

from contextlib import closing

import duckdb
import pytest

from hengliang.measure.catalogue import all_ledgers
from hengliang.report.package.rows import ABOUT, Broken, csv_bytes, leaves, read_rows

LEDGER = all_ledgers()["green_mine_check"]


def test_formulas_are_guarded_and_read_back() -> None:
    texts = ["=1+1", "+cmd", "-2", "-2.50", "-x", "@SUM(A1)", "'quoted", "plain", "a\r\nb", "a,b", '"', ""]
    rows = [[str(n), "1", "2", "", "", text] for n, text in enumerate(texts, 1)]
    data = csv_bytes((*ABOUT, "mine_name"), rows)
    assert b",'=1+1" in data
    assert b",-2.50" in data
    with closing(duckdb.connect()) as connection:
        table, places = read_rows(connection, LEDGER, data)
        assert [name for _, name in table.rows("mine_name")] == [text or None for text in texts]
    assert places[1] == ("1", 2)


def test_persons_devices_and_positions_stay() -> None:
    kept = {column.name for column in LEDGER.columns if not leaves(column)}
    assert kept == {
        "checker_id", "recorded_by", "person_id", "device_id", "accepted_by",
        "photo_lon", "photo_lat", "photo_azimuth", "geom",
        "record_id", "supersedes", "void_reason", "source_system",
    }  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "",
        "_row,_batch\r\n",
        "_row,_batch,_source_row,_blocked,_questioned,checker_id\r\n1,1,2,,,U01\r\n",
        "_row,_batch,_source_row,_blocked,_questioned,nothing\r\n1,1,2,,,x\r\n",
        "_row,_batch,_source_row,_blocked,_questioned,mine_name,mine_name\r\n1,1,2,,,x,y\r\n",
        "_row,_batch,_source_row,_blocked,_questioned,mine_name\r\n2,1,2,,,x\r\n",
        "_row,_batch,_source_row,_blocked,_questioned,mine_name\r\n1,1,2,,\r\n",
        "_row,_batch,_source_row,_blocked,_questioned,checked_on\r\n1,1,2,,,someday\r\n",
    ],
)
def test_other_rows_are_refused(text: str) -> None:
    with closing(duckdb.connect()) as connection, pytest.raises(Broken):
        read_rows(connection, LEDGER, text.encode())
