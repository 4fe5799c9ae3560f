"""A synthetic year is the same for the same seed, says what it is, and its faults are found."""

import csv
from collections import Counter
from pathlib import Path

import pytest

from hengliang.measure.catalogue import all_ledgers
from hengliang.measure.checks.catalogue import shared_checks
from hengliang.measure.period import fiscal_year
from hengliang.measure.store import Store
from hengliang.measure.synthetic.catalogue import all_stories
from hengliang.measure.synthetic.city import City
from hengliang.measure.synthetic.compare import checked, load_year, tally
from hengliang.measure.synthetic.faults.plan import Field
from hengliang.measure.synthetic.faults.several import UNPLANTED
from hengliang.measure.synthetic.filling import SOURCE, filled
from hengliang.measure.synthetic.write import file_name
from hengliang.measure.synthetic.year import TRUTH, planted, told, write_year

LEDGERS = all_ledgers()


@pytest.fixture(scope="module")
def field() -> Field:
    return planted(told(LEDGERS, "small", 2023, seed=1))


def test_every_ledger_has_a_story() -> None:
    assert set(all_stories()) == set(LEDGERS)


def test_the_same_seed_gives_the_same_files(tmp_path: Path) -> None:
    for folder in ("one", "two"):
        write_year(tmp_path / folder, told(LEDGERS, "small", 2023, seed=7), ())
    one, two = (
        {path.name: path.read_bytes() for path in (tmp_path / name).iterdir()} for name in ("one", "two")
    )
    assert len(one) >= len(LEDGERS)
    assert one == two


def test_every_file_and_record_says_that_it_is_synthetic(tmp_path: Path, field: Field) -> None:
    write_year(tmp_path, field.city, field.planted)
    for name, ledger in LEDGERS.items():
        path = tmp_path / file_name(name)
        assert SOURCE in path.name
        with path.open(encoding="utf-8", newline="") as stream:
            note, headings, *rows = csv.reader(stream)
        assert SOURCE in note[0]
        if "A" in ledger.groups:
            at = headings.index("来源系统")
            # Where the source itself was left out as a fault the note above still says it.
            assert sum(row[at] != SOURCE for row in rows) <= 3
    assert len((tmp_path / TRUTH).read_text(encoding="utf-8").splitlines()) == len(field.planted) + 1


def test_faults_of_every_check_are_planted(field: Field) -> None:
    kinds = {each.check.split()[0] for each in field.planted}
    assert kinds >= {"Q01", "Q02", "Q03", "Q05", "Q06", "Q07", "Q08", "Q09", "Q10", "Q11", "Q12", "Q13"}
    rows = {check for check in shared_checks() if not check.startswith("Q12")}
    assert kinds >= rows - UNPLANTED
    own = {rule.code for ledger in LEDGERS.values() for rule in ledger.rules if "-" in rule.code}
    assert kinds >= own


def test_heaps_are_planted_where_a_ledger_is_large_enough(field: Field) -> None:
    heaps = Counter((each.ledger, each.check) for each in field.planted if each.check[:3] in ("F05", "F06"))
    assert {check for _, check in heaps} == {"F05", "F06", "F06-band", "F06-equal", "F06-round", "F06-same"}
    assert heaps["boundary_stake_check", "F06"] >= 2 * 29  # of two columns
    assert heaps["hall_expense", "F06-round"] >= 5
    (rushed,) = {ledger for ledger, check in heaps if check == "F05"}
    rows = field.city.rows(rushed)
    late = [each.row for each in field.planted if (each.check, each.code) == ("F05", "F05")]
    assert len(late) == len({*late}) >= len(rows) // 3
    assert all(rows[at - 1]["recorded_at"].date() <= field.period.freeze for at in late)


@pytest.mark.slow
def test_what_was_planted_is_found_and_nothing_else(tmp_path: Path, field: Field) -> None:
    write_year(tmp_path, field.city, field.planted)
    store, period = Store(tmp_path / "store"), fiscal_year(2023)
    found = load_year(tmp_path, LEDGERS, store, period) | checked(LEDGERS, store, period)
    result = tally(field.planted, found)
    assert result.missed == ()
    assert Counter(code for _, _, code in result.false_alarms) == {}


def test_a_year_without_faults_has_no_findings(tmp_path: Path) -> None:
    names = ("mining_right_register", "green_mine_check", "violation_case", "field_grid", "land_stage_event")
    city = City({name: LEDGERS[name] for name in names}, all_stories(), filled, "small", 2023, seed=3)
    write_year(tmp_path, city, ())
    store, period = Store(tmp_path / "store"), fiscal_year(2023)
    assert load_year(tmp_path, city.ledgers, store, period) == set()
    assert checked(city.ledgers, store, period) == set()
