"""Every indicator, goal and duty of the worked example has a value on a synthetic year, or says why not."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from hengliang import api
from hengliang.measure.binding import read_binding
from hengliang.measure.catalogue import all_ledgers
from hengliang.measure.form import Measured, measure_form
from hengliang.measure.period import fiscal_year
from hengliang.measure.store import Store
from hengliang.measure.synthetic.compare import load_year
from hengliang.measure.synthetic.year import BINDINGS, told, write_year
from hengliang.report.measured_text import shown_text

HOME = Path(__file__).parents[3]
TABLE = Path(__file__).parent / "snapshots" / "subjects.txt"


def table(measured: Measured) -> Iterator[str]:
    """Subject, ledger, metric, state and value, one line a subject and metric."""
    binding = measured.binding
    assert binding is not None
    asked = [(f"I{one.number:02d} {one.name}", one.metric) for one in binding.indicators]
    asked += [(f"{one.metric.removeprefix('M')} {one.words}", one.metric) for one in binding.phrases]
    for subject, name in asked:
        one = measured.measurements[name]
        value = "" if one.value.shown is None else f"{shown_text(one.value.shown)}{one.metric.unit}"
        reason = "" if one.value.reason is None else one.value.reason.say("zh_Hans")
        yield "  ".join(filter(None, (subject, one.ledger.name, name, str(one.value.state), value, reason)))


@pytest.mark.slow
def test_every_subject_has_a_value_or_says_why_not(tmp_path: Path) -> None:
    ledgers, period = all_ledgers(), fiscal_year(2023)
    write_year(tmp_path, told(ledgers, "small", 2023, seed=1), ())
    load_year(tmp_path, ledgers, Store(tmp_path / "store"), period)
    form = api.read(HOME / "examples" / "hengyang-2023.txt").forms[0].form
    measured = measure_form(form, read_binding(tmp_path / BINDINGS), tmp_path / "store", period, ledgers)
    lines = [*table(measured)]
    assert len(lines) == 41
    assert lines == TABLE.read_text(encoding="utf-8").splitlines()
