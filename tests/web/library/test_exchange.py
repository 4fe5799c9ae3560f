"""What a file of entries may hold, and what it comes to."""

import json

import pytest

from hengliang.web.library import exchange
from hengliang.web.library.content import Content


def _json(**fields: object) -> bytes:
    entry = {"name": "安全事故数", "level1": "产出指标"} | fields
    return json.dumps({"format": exchange.FORMAT, "entries": [entry]}).encode()


def test_a_number_of_nought_is_a_target() -> None:
    [read] = exchange.read("a.json", _json(operator="=", target=0, unit="起"))
    assert read.target == "0"


@pytest.mark.parametrize("names", [True, {"甲": 1}, ["甲", {}], [["甲"]]])
def test_names_that_are_no_texts_are_told(names: object) -> None:
    with pytest.raises(exchange.BadLibrary) as wrong:
        exchange.read("a.json", _json(names=names))
    assert [one.number for one in wrong.value.lines] == [1]


def test_a_field_that_is_no_text_is_told() -> None:
    for value in ({"甲": 1}, ["甲"], True):
        with pytest.raises(exchange.BadLibrary):
            exchange.read("a.json", _json(definition=value))


def test_names_are_told_apart_alike_in_every_file() -> None:
    read = exchange.read("a.json", _json(names=["事故数；事故起数", "伤亡事故数"]))
    assert read == [Content("安全事故数", "产出指标", names=("事故数", "事故起数", "伤亡事故数"))]
    assert exchange.read("a.xlsx", exchange.to_xlsx(read)) == read


def test_a_table_holds_nothing_that_no_database_keeps() -> None:
    table = "一级指标,三级指标,指标解释\n产出指标,安全事故数,一\0二\n".encode()
    [read] = exchange.read("a.csv", table)
    assert "\0" not in read.definition
