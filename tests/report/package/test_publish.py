"""What a package holds, and that it is the same every time."""

import json
import shutil
from datetime import date
from decimal import Decimal
from pathlib import Path

from hengliang.measure.period import fiscal_year
from hengliang.report.package.archive import unpack
from hengliang.report.package.commitment import KEY_FILE, commitment, key_of
from hengliang.report.package.publish import Published
from hengliang.report.package.verify import verify
from tests.report.package.packages import METRICS, NAMES, binding_of, example, published, stored


def test_the_same_store_gives_the_same_bytes(store: Path, package: Published, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(store, copy)
    assert published(copy).data == package.data


def test_another_key_changes_digests_and_nothing_that_is_computed(package: Published, tmp_path: Path) -> None:
    files, others = unpack(package.data), unpack(published(stored(tmp_path / "other")).data)
    changed = {name for name in files if files[name] != others[name]}
    assert changed == {"package.json", "measurements.json", "manifest.sha256"}


def test_values_are_computed_or_rest_on_trust(package: Published) -> None:
    found = package.contents.measurements
    assert {name for name, one in found.items() if one.trust is None} == {"M01", "M13"}
    assert "longitude" in str(found["M18"].trust)
    values = {one["metric"]: one["value"] for one in json.loads(unpack(package.data)["measurements.json"])}
    assert values["M01"]["shown"] == {"number": "3"}
    assert values["M18"]["exact"] == "200/3"
    assert values["M13"]["state"] == "not_computable"


def test_every_row_tells_whether_it_counted(package: Published) -> None:
    told = unpack(package.data)["counted/M01.csv"].decode().splitlines()
    assert told[1] == "green_mine_check,1,GC-001,Y,Y,,,1,2"
    assert told[4] == "green_mine_check,4,GC-004,Y,N,不是露天开采,not an open-pit mine,1,5"


def test_rows_that_nothing_is_computed_from_stay_in_the_house(package: Published) -> None:
    records = {name for name in unpack(package.data) if name.startswith("records/")}
    assert records == {"records/green_mine_check.csv", "records/hall_expense.csv"}


def test_what_came_later_stands_beside(tmp_path: Path) -> None:
    period = fiscal_year(2023, as_of=date(2023, 12, 31))
    made = published(stored(tmp_path / "s"), period=period)
    files = unpack(made.data)
    assert "records/green_mine_check.csv" not in files
    assert "records-restated/green_mine_check.csv" in files
    one = made.contents.measurements["M01"].measurement
    assert one.value.shown is None
    assert one.restated is not None
    assert str(one.restated.shown) == "3"
    assert verify(made.data).equal


def test_page_and_note_speak_both_languages(package: Published) -> None:
    files = unpack(package.data)
    for name in ("index.html", "README.md"):
        text = files[name].decode()
        assert "如何核验" in text
        assert "How to check it" in text
    assert "<script" not in files["index.html"].decode()


def test_texts_of_the_form_are_escaped_on_the_page(store: Path) -> None:
    form = example()
    rows = list(form.indicators)
    rows[0] = rows[0].model_copy(update={"name": "<script>alert(1)</script>"})
    hostile = form.model_copy(update={"indicators": tuple(rows)})
    made = published(store, binding=binding_of(hostile, {18: METRICS[18]}))
    assert "<script" not in unpack(made.data)["index.html"].decode()


def test_the_key_is_made_once_and_for_the_owner_alone(tmp_path: Path) -> None:
    key = key_of(tmp_path)
    assert key_of(tmp_path) == key
    assert (tmp_path / KEY_FILE).stat().st_mode & 0o077 == 0
    assert commitment(key, "batch", "x") != commitment(key, "file", "x")


def test_the_names_of_the_store_are_not_told(package: Published) -> None:
    for name in (*NAMES, "U01", "甄实在", "贾领导", "13800001234"):
        assert name.encode() not in package.data


def test_figures_of_the_binding_are_computed_with(tmp_path: Path) -> None:
    folder = stored(tmp_path / "s", ["I16_multi_survey_check"])
    bound = binding_of(example(), {16: "M16"}, ["M16_usage_change_pp"])
    made = published(
        folder, binding=bound.model_copy(update={"parameters": {"last_year_usage_pct": Decimal(60)}})
    )
    one = made.contents.measurements["M16_usage_change_pp"]
    assert one.trust is None
    assert str(one.measurement.value.shown) == "20.00"
    assert verify(made.data).equal
