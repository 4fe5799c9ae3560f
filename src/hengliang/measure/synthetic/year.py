"""A synthetic year: all ledgers of a city, with faults planted, as files in a folder."""

import csv
from collections.abc import Mapping, Sequence
from dataclasses import astuple, fields
from pathlib import Path

from hengliang.measure.catalogue import PACKS
from hengliang.measure.definition import Ledger
from hengliang.measure.synthetic.catalogue import all_stories
from hengliang.measure.synthetic.city import City
from hengliang.measure.synthetic.faults.cells import plant_cells, plant_rules
from hengliang.measure.synthetic.faults.heaps import plant_heaps
from hengliang.measure.synthetic.faults.plan import Field, Planted
from hengliang.measure.synthetic.faults.several import plant_checks
from hengliang.measure.synthetic.filling import SOURCE, filled
from hengliang.measure.synthetic.places import PLACE
from hengliang.measure.synthetic.write import file_name, note, write_rows

BINDINGS = "bindings-synthetic.toml"
"""The binding of the worked example's form, with what the records do not say."""
TRUTH = "truth.csv"
"""The file that lists the planted faults."""
_CELLS = {"small": 2, "city": 6, "province": 6}
"""Columns of each kind that are spoiled, of every ledger."""


def told(ledgers: Mapping[str, Ledger], size: str, year: int, seed: int) -> City:
    """The city with the rows of all ledgers."""
    city = City(ledgers, all_stories(), filled, size, year, seed)
    for name in ledgers:
        city.rows(name)
    return city


def planted(city: City) -> Field:
    """Plants faults of every check of every ledger into the rows of a city."""
    field = Field(city)
    for ledger in city.ledgers.values():
        plant_checks(field, ledger)
        plant_rules(field, ledger)
        plant_cells(field, ledger, _CELLS[city.size])
    plant_heaps(field)
    return field


def _bindings(city: City) -> str:
    shipped = (PACKS / PLACE.binding).read_text(encoding="utf-8")
    return (
        f"# {SOURCE} (synthetic)\n{shipped}\n[parameters]\n"
        f'budget_yuan = "2000000"\nsurvey_id = "MY-{city.year}"\n'
    )


def write_year(folder: Path, city: City, faults: Sequence[Planted]) -> None:
    """Writes the files of all ledgers and the truth about the faults. Raises OSError."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, ledger in city.ledgers.items():
        said = note(ledger, city.size, city.year, city.seed)
        write_rows(folder / file_name(name), ledger, said, city.rows(name))
    (folder / BINDINGS).write_text(_bindings(city), encoding="utf-8")
    with (folder / TRUTH).open("w", encoding="utf-8", newline="") as stream:
        lines = csv.writer(stream, lineterminator="\n")
        lines.writerow([field.name for field in fields(Planted)])
        lines.writerows(astuple(each) for each in faults)
