"""Plans by month, values by month, forecasts, and what full marks still need."""

from collections.abc import Callable
from datetime import date
from fractions import Fraction
from io import BytesIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from docx import Document

from hengliang.form.read import read_document
from hengliang.score import phased
from hengliang.score.forecast import Forecast, NoForecast
from hengliang.web.accounts.models import Person
from hengliang.web.accounts.policies import Refused
from hengliang.web.declarations.models import Declaration, Round, Version
from hengliang.web.evaluation import actions, actions_monitoring
from hengliang.web.evaluation.actions_monitoring import Planned
from hengliang.web.evaluation.models import Plan, Stage
from hengliang.web.evaluation.monthly import Course, courses, latest_series
from hengliang.web.evidence.actions import hand_in
from hengliang.web.jobs.actions import carry_out

Named = Callable[[str], Person]
SignedIn = Callable[[str], Client]
MINES = Path(__file__).parents[2] / "measure" / "vectors" / "I01_green_mine_check.csv"


def _course(declaration: Declaration, number: int = 1) -> Course:
    return courses(declaration)[number - 1]


def _stages(declaration: Declaration, clerk: Person, values: dict[int, str], number: int = 1) -> None:
    for month, value in values.items():
        actions.fill_stage(clerk, declaration, month, {number: {"value": value}})


def test_a_plan_by_hand_by_preset_and_pasted(
    approved: Declaration, person: Named, signed_in: SignedIn
) -> None:
    client, url = signed_in("tianbao"), f"/monitoring/{approved.pk}/plan/"
    assert client.get(url).status_code == 200
    typed = {f"share-2-{month}": str(month * 5) for month in range(1, 13)}
    client.post(url, {"preset-1": "milestone-12", "adding-1": "on", "adding-2": "on", **typed})
    assert _course(approved, 1).shares == phased.milestone(12)
    assert _course(approved, 2).shares == phased.even()
    assert Plan.objects.filter(declaration=approved).count() >= 2
    kept = Plan.objects.get(declaration=approved, number=2).shares
    client.post(url, {"adding-1": "on", "adding-2": "on", **_typed_again(client, url)})
    assert Plan.objects.get(declaration=approved, number=2).shares == kept
    cells = "\t".join(["10"] * 12)
    client.post(url, {"pasted": f"3\t指标\t{cells}", "by_month": "on"})
    assert _course(approved, 3).shares == phased.even()
    answer = client.post(url, {"pasted": "3\t" + "\t".join(["9", "1"] * 6)})
    assert answer.status_code == 422
    assert "不得下降" in answer.content.decode()
    client.post(url, {"preset-1": "", **{f"share-1-{month}": "" for month in range(1, 13)}})
    assert not _course(approved, 1).is_planned


def _typed_again(client: Client, url: str) -> dict[str, str]:
    """The cells of the page as it shows them, sent back untouched."""
    rows = client.get(url).context["rows"]
    return {f"share-{row['number']}-{one['month']}": one["share"] for row in rows for one in row["months"]}


def test_who_may_plan(approved: Declaration, person: Named, signed_in: SignedIn) -> None:
    for username in ("shenhe", "shenji", "zhuguan"):
        with pytest.raises(Refused):
            actions_monitoring.plan(person(username), approved, {1: Planned(phased.even(), None)})
        assert signed_in(username).get(f"/monitoring/{approved.pk}/plan/").status_code == 200
    with pytest.raises(Refused):
        actions_monitoring.plan(person("tianbao"), approved, {99: Planned(phased.even(), None)})
    Declaration.objects.filter(pk=approved.pk).update(state="self_evaluated")
    answer = signed_in("tianbao").post(f"/monitoring/{approved.pk}/plan/", {"preset-1": "even"}, follow=True)
    assert answer.status_code == 200
    assert not Plan.objects.filter(declaration=approved).exists()


def test_a_forecast_with_its_range(approved: Declaration, person: Named, signed_in: SignedIn) -> None:
    assert isinstance(_course(approved).forecast, NoForecast)
    _stages(approved, person("tianbao"), {1: "5", 2: "8", 3: "15家"})
    found = _course(approved).forecast
    assert isinstance(found, Forecast)
    assert (found.low, found.likely, found.high) == (42, 60, 78)
    assert _course(approved).outlook == "perhaps"
    client = signed_in("shenhe")
    page = client.get(f"/monitoring/{approved.pk}/outlook/").content.decode()
    assert "可能完不成" in page
    assert "42" in page
    assert "78" in page
    own = client.get(f"/monitoring/{approved.pk}/rows/1/").content.decode()
    assert "data:image/svg+xml" in own
    assert "最慢、平均、最快" in own
    assert client.get(f"/monitoring/{approved.pk}/rows/99/").status_code == 404
    assert signed_in("pingjia").get(f"/monitoring/{approved.pk}/outlook/").status_code == 403


def test_a_rate_is_not_added_up_unless_somebody_says_so(approved: Declaration, person: Named) -> None:
    clerk = person("tianbao")
    number = next(one.number for one in courses(approved) if one.indicator.unit == "%" and one.target)
    _stages(approved, clerk, {1: "90%", 2: "97%", 3: "95%"}, number)
    found = _course(approved, number).forecast
    assert isinstance(found, Forecast)
    assert (found.low, found.likely, found.high) == (90, 95, 97)
    actions_monitoring.plan(clerk, approved, {number: Planned(phased.even(), True)})
    assert _course(approved, number).adding


def test_all_of_a_rate_is_due_in_every_month(
    approved: Declaration, person: Named, signed_in: SignedIn
) -> None:
    clerk = person("tianbao")
    rates = [one for one in courses(approved) if one.indicator.unit == "%" and one.target]
    rate = next(one for one in rates if one.indicator.operator == "≥")
    _stages(approved, clerk, {4: "50%", 5: "50%", 6: "50%"}, rate.number)

    def shown() -> tuple[str, str]:
        client = signed_in("shenhe")
        rows = client.get(f"/monitoring/{approved.pk}/6/").context["rows"]
        return rows[rate.number - 1]["light"]["word"], _course(approved, rate.number).outlook

    assert shown() == ("预警", "missed")
    assert _june(signed_in, approved, rate.number)["share"] == "100"
    page = signed_in("shenhe").get(f"/monitoring/{approved.pk}/6/")
    assert page.context["unplanned"]
    assert "各月均按全部目标值" in page.content.decode()
    actions_monitoring.plan(clerk, approved, {rate.number: Planned(phased.milestone(12), False)})
    assert shown() == ("正常", "open")
    assert _june(signed_in, approved, rate.number)["share"] == "0"
    actions_monitoring.plan(clerk, approved, {rate.number: Planned(phased.even(), True)})
    assert shown()[0] == "正常"
    assert _june(signed_in, approved, rate.number)["share"] == "50"
    page = signed_in("shenhe").get(f"/monitoring/{approved.pk}/6/")
    assert not any(row["is_assumed"] for row in page.context["rows"] if row["number"] == rate.number)


def _june(signed_in: SignedIn, declaration: Declaration, number: int) -> dict[str, str]:
    """The row of June on the page of one indicator."""
    page = signed_in("shenhe").get(f"/monitoring/{declaration.pk}/rows/{number}/")
    return page.context["months"][5]


def test_months_are_measured_by_when_things_happened(
    approved: Declaration, person: Named, signed_in: SignedIn
) -> None:
    clerk = person("tianbao")
    load = hand_in(
        clerk,
        approved.organisation,
        "green_mine_check",
        2023,
        SimpleUploadedFile("矿山.csv", MINES.read_bytes()),
    )
    assert load.job is not None
    carry_out(load.job.pk)
    with pytest.raises(Refused, match="No month"):
        actions_monitoring.ask_series(clerk, approved, date(2023, 1, 20))
    job = actions_monitoring.ask_series(clerk, approved, date(2023, 12, 20))
    assert job.given["until"] == 11
    carry_out(actions_monitoring.ask_series(clerk, approved, date(2024, 2, 1)).pk)
    reached = _course(approved).reached
    assert latest_series(approved) is not None
    assert set(reached) == set(range(1, 13))
    values = [reached[month].value for month in range(1, 13)]
    assert values == sorted(values)
    assert values[0] < values[-1]
    carry_out(actions.ask_measuring(clerk, approved, None).pk)
    number = signed_in("tianbao").get(f"/evaluation/{approved.pk}/rows/1/").context["row"]
    assert reached[12].text == number["actual"]
    _stages(approved, clerk, {6: "1"})
    assert _course(approved).reached[6].source == "measured"


def test_the_season_of_the_year_before(approved: Declaration, person: Named, signed_in: SignedIn) -> None:
    before = Round.objects.get(pk=approved.round.pk)
    before.pk, before.fiscal_year, before.name = None, 2022, "2022"
    before.save()
    old = Declaration.objects.create(
        round=before, organisation=approved.organisation, kind=approved.kind, state="draft",
        state_since=approved.state_since,
    )  # fmt: skip
    assert approved.approved is not None
    old.approved = Version.objects.create(
        declaration=old, number=1, content=approved.approved.content, digest="0" * 64, made_by="fuze"
    )
    old.state = "published"
    old.save()
    for month, value in ((6, "10"), (12, "40")):
        Stage.objects.create(declaration=old, month=month).rows.create(number=1, value=value)
    client = signed_in("tianbao")
    client.post(f"/monitoring/{approved.pk}/plan/", {"preset-1": "last", "adding-1": "on"})
    assert _course(approved).shares[5] == Fraction(1, 4)
    answer = client.post(f"/monitoring/{approved.pk}/plan/", {"preset-2": "last"})
    assert answer.status_code == 422


def test_what_was_spent_by_a_month(approved: Declaration, signed_in: SignedIn) -> None:
    client = signed_in("tianbao")
    answer = client.post(
        f"/evaluation/{approved.pk}/spend/", {"month": "7", "budget": "100", "executed": "20"}
    )
    assert answer.headers["Location"] == f"/monitoring/{approved.pk}/7/"
    Stage.objects.create(declaration=approved, month=7)
    page = client.get(f"/monitoring/{approved.pk}/outlook/").content.decode()
    assert "预警" in page
    assert "至7月末支出20万元" in page


def test_the_documents_of_the_year(approved: Declaration, person: Named, signed_in: SignedIn) -> None:
    clerk = person("tianbao")
    actions.fill_stage(clerk, approved, 7, {1: {"value": "31", "forecast": "58", "likelihood": "有可能"}})
    actions.explain(clerk, approved, 1, "工作滞后", "加快推进")
    client = signed_in("shenhe")
    for ending in ("xlsx", "docx"):
        made = client.get(f"/monitoring/{approved.pk}/7/table.{ending}")
        path = Path(settings.MEDIA_ROOT) / f"table.{ending}"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"".join(made.streaming_content))
        form = read_document(path).forms[0].form
        assert form.purpose == "monitoring"
        assert form.months == "1-7"
        assert (form.indicators[0].actual, form.indicators[0].likelihood) == ("31", "有可能")
        assert len(form.indicators) == 25
    made = client.get(f"/evaluation/{approved.pk}/documents/report.docx")
    text = "\n".join(cell.text for table in Document(BytesIO(b"".join(made.streaming_content))).tables
                     for row in table.rows for cell in row.cells)  # fmt: skip
    assert "加快推进" in text
    for missing in ("documents/evaluation.docx", "documents/report.pdf", "documents/nothing.docx"):
        assert client.get(f"/evaluation/{approved.pk}/{missing}").status_code == 404
    assert client.get(f"/monitoring/{approved.pk}/7/table.pdf").status_code == 404
