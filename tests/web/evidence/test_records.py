"""The records of a batch: by what became of them, on a map, and without persons for everybody else."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from hengliang.measure.catalogue import all_ledgers
from hengliang.web.accounts.models import Person
from hengliang.web.declarations.models import Declaration
from hengliang.web.evaluation.actions import ask_measuring
from hengliang.web.evidence.actions import hand_in
from hengliang.web.evidence.models import Load
from hengliang.web.jobs.actions import carry_out
from hengliang.web.project.middleware import CONTENT_SECURITY_POLICY, with_tiles

Named = Callable[[str], Person]
SignedIn = Callable[[str], Client]
VECTORS = Path(__file__).parents[2] / "measure" / "vectors"


@pytest.fixture
def load(approved: Declaration, person: Named) -> Callable[[str, str], Load]:
    """Hands a vector in, and measures what can be."""

    def handed(vector: str, ledger: str) -> Load:
        clerk = person("tianbao")
        upload = SimpleUploadedFile(f"{ledger}.csv", (VECTORS / f"{vector}.csv").read_bytes())
        made = hand_in(clerk, approved.organisation, ledger, 2023, upload)
        assert made.job is not None
        carry_out(made.job.pk)
        made.refresh_from_db()
        assert made.outcome == "loaded"
        carry_out(ask_measuring(clerk, approved, None).pk)
        return made

    return handed


def _page(client: Client, load: Load, **asked: str) -> dict[str, Any]:
    return client.get(f"/evidence/loads/{load.pk}/records/", asked).context


def test_records_tell_what_became_of_them(load: Callable[[str, str], Load], signed_in: SignedIn) -> None:
    made = load("I01_green_mine_check", "green_mine_check")
    client = signed_in("shenhe")
    context = _page(client, made)
    rows = [row["record"] for row in context["rows"]]
    assert len(rows) == context["total"] == made.rows
    kinds = {row.state for row in rows}
    assert "counted" in kinds
    assert {"left_out", "blocked"} & kinds
    assert all(row.reason for row in rows if row.state in ("left_out", "blocked"))
    for state in kinds:
        some = _page(client, made, state=state)
        assert {row["record"].state for row in some["rows"]} == {state}
        assert some["total"] == sum(row.state == state for row in rows)
    page = client.get(f"/evidence/loads/{made.pk}/records/", {"state": "other"}).content.decode()
    assert "没有此类记录" in page
    assert client.get(f"/evidence/loads/{made.pk}/records/", {"page": "-1", "state": "x"}).status_code == 200


def test_persons_are_shown_to_the_unit_only(load: Callable[[str, str], Load], signed_in: SignedIn) -> None:
    made = load("I01_green_mine_check", "green_mine_check")
    personal = {one.words.say("zh_Hans") for one in all_ledgers()["green_mine_check"].columns if one.personal}
    own, other = _page(signed_in("tianbao"), made), _page(signed_in("shenji"), made)
    assert personal & set(own["columns"])
    assert not personal & set(other["columns"])
    assert own["hidden"] == 0
    assert other["hidden"] == len(personal & set(own["columns"]))
    assert "U01" not in signed_in("shenji").get(f"/evidence/loads/{made.pk}/records/").content.decode()


@pytest.mark.parametrize(
    ("vector", "ledger"),
    [("I05_violation_spot", "violation_spot"), ("I18_hazard_register", "hazard_register")],
)
def test_records_with_places_are_on_the_map(
    vector: str, ledger: str, load: Callable[[str, str], Load], signed_in: SignedIn
) -> None:
    made = load(vector, ledger)
    context = _page(signed_in("tianbao"), made)
    assert context["map"] is not None
    features = context["map"]["features"]["features"]
    rows = {str(row["record"].row) for row in context["rows"]}
    assert {one["properties"]["id"] for one in features} <= rows
    for one in features:
        assert one["geometry"]["type"] in ("Point", "Polygon", "MultiPolygon")
    assert len(context["map"]["records"]) == len(features)


def test_where_an_inspector_stood_is_for_the_unit(
    load: Callable[[str, str], Load], signed_in: SignedIn
) -> None:
    made = load("I18_hazard_inspection", "hazard_inspection")
    own, other = _page(signed_in("tianbao"), made), _page(signed_in("shenji"), made)
    assert own["map"] is not None
    assert other["map"] is None
    assert {"经度", "纬度"} <= set(own["columns"])
    assert not {"经度", "纬度"} & set(other["columns"])


def test_records_without_places_have_no_map(load: Callable[[str, str], Load], signed_in: SignedIn) -> None:
    made = load("I01_green_mine_check", "green_mine_check")
    assert _page(signed_in("tianbao"), made)["map"] is None


def test_pages_may_ask_the_server_of_the_tiles_and_no_other() -> None:
    assert with_tiles(CONTENT_SECURITY_POLICY, "") == CONTENT_SECURITY_POLICY
    policy = with_tiles(
        CONTENT_SECURITY_POLICY, "https://t0.example.cn/{z}/{x}/{y}?k=1 https://t0.example.cn/b/{z}/{x}/{y}"
    )
    assert "connect-src 'self' https://t0.example.cn;" in policy
    assert with_tiles(CONTENT_SECURITY_POLICY, "/tiles/{z}/{x}/{y}.png") == CONTENT_SECURITY_POLICY
