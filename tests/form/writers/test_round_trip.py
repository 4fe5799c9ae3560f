"""What is written is read back equal: every field, in every format that an office uses."""

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from hengliang.base.profile import load_profile, profile_names
from hengliang.form.exchange import form_from_json, form_to_json
from hengliang.form.model import Form, Kind, Purpose
from hengliang.form.read import read_document
from hengliang.form.writers import csv, docx, markdown, xlsx
from hengliang.form.writers.blank import blank_form
from tests.form.strategies import printed_forms
from tests.form.writers.samples import DECLARATION, SELF_EVALUATION

ROOT = Path(__file__).parents[3]
SAMPLES = sorted(
    path
    for folder in ("examples", "tests/samples/forms")
    for path in (ROOT / folder).iterdir()
    if path.suffix in (".txt", ".xlsx", ".docx", ".pdf", ".html", ".xls", ".csv")
    and not path.stem.endswith("-actuals")
)
WRITERS: dict[str, Callable[[Form], bytes]] = {
    "xlsx": xlsx.to_bytes,
    "docx": docx.to_bytes,
    "csv": csv.to_bytes,
    "md": markdown.to_bytes,
}


def read_back(form: Form, ending: str, folder: Path) -> Form:
    path = folder / f"form.{ending}"
    path.write_bytes(WRITERS[ending](form))
    (read,) = read_document(path).forms
    return read.form


@pytest.mark.parametrize("form", [DECLARATION, SELF_EVALUATION], ids=("declaration", "self-evaluation"))
@pytest.mark.parametrize("ending", WRITERS)
def test_a_form_comes_back_equal(form: Form, ending: str, tmp_path: Path) -> None:
    assert read_back(form, ending, tmp_path) == form


@pytest.mark.parametrize("ending", WRITERS)
@settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
@given(form=printed_forms())
def test_any_printed_form_comes_back_equal(form: Form, ending: str, tmp_path: Path) -> None:
    assert read_back(form, ending, tmp_path) == form


@given(printed_forms())
@settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow])
def test_a_printed_form_comes_back_from_json(form: Form) -> None:
    assert form_from_json(form_to_json(form)) == form


@pytest.mark.parametrize("ending", WRITERS)
def test_every_cell_of_a_written_form_is_understood(ending: str, tmp_path: Path) -> None:
    path = tmp_path / f"form.{ending}"
    path.write_bytes(WRITERS[ending](SELF_EVALUATION))
    reading = read_document(path)
    on_the_form = [item for item in reading.not_understood if item.place.sheet != "填表说明"]
    assert on_the_form == []


@pytest.mark.parametrize("profile", profile_names())
@pytest.mark.parametrize("purpose", Purpose)
@pytest.mark.parametrize("kind", Kind)
def test_nothing_is_read_from_a_blank_form(
    kind: Kind, purpose: Purpose, profile: str, tmp_path: Path
) -> None:
    path = tmp_path / "blank.xlsx"
    path.write_bytes(xlsx.to_bytes(blank_form(kind, purpose, load_profile(profile), 2024)))
    assert [form for form, _ in read_document(path).forms if form.indicators or form.goals] == []


@pytest.mark.parametrize("ending", WRITERS)
@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.name)
def test_what_was_read_from_a_sample_comes_back_equal(sample: Path, ending: str, tmp_path: Path) -> None:
    forms = [form for form, _ in read_document(sample).forms]
    assert forms
    assert [read_back(form, ending, tmp_path) for form in forms] == forms
