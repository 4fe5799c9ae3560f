"""What came of a year stands beside the targets of the next, for the rules and for people."""

from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from hengliang.web.accounts.models import Person
from hengliang.web.declarations import actions_files
from hengliang.web.declarations.actions_rounds import open_round
from hengliang.web.declarations.findings import findings_of, previous_forms, working_of
from hengliang.web.declarations.models import Declaration, Draft
from hengliang.web.evaluation import actions
from hengliang.web.evaluation.models import Recheck
from hengliang.web.evaluation.scoring import sealed_of

Named = Callable[[str], Person]


@pytest.fixture
def next_year(approved: Declaration, person: Named) -> Declaration:
    """The form of the next year, begun with the targets of this one, of which the first was reached with 75
    and the second was missed; the self-evaluation was handed in."""
    clerk = person("tianbao")
    paper = SimpleUploadedFile("证明.txt", "证明材料".encode())
    actions.state(clerk, approved, 1, "75", "尚无台账", paper)
    actions.seal_self_evaluation(person("fuze"), approved)
    Declaration.objects.filter(pk=approved.pk).update(state="self_evaluated")
    approved.refresh_from_db()
    city = approved.round.organisation
    round_ = open_round(None, city, name="2024", fiscal_year=2024, profile=approved.round.profile)
    return actions_files.copy_last_year(clerk, round_, approved.organisation, approved)


def _first(form: Declaration) -> str:
    return Draft.objects.get(declaration=form).rows[0]


def _codes(form: Declaration) -> dict[str, str]:
    """What the rules on history say of the first indicator."""
    return {
        one.finding.code: one.finding.message.say("zh_Hans")
        for one in findings_of(form)
        if one.row == _first(form) and one.finding.code.startswith("H")
    }


def test_a_target_below_what_was_reached_is_found(next_year: Declaration) -> None:
    target = working_of(next_year).form.indicators[0]
    assert (target.operator, target.target, target.unit) == ("≥", "60", "家")
    assert _codes(next_year)["H01"] == "2023年实际已完成75家，本年指标值反而更低"


def test_what_was_returned_counts_as_nothing(next_year: Declaration, approved: Declaration) -> None:
    Declaration.objects.filter(pk=approved.pk).update(state="monitored")
    assert "H01" not in _codes(next_year)
    assert [form.fiscal_year for form in previous_forms(next_year)] == [2023]


def test_the_value_of_a_check_stands(next_year: Declaration, approved: Declaration) -> None:
    Recheck.objects.create(
        declaration=approved,
        sheet=sealed_of(approved),
        number=1,
        verdict="differs",
        value="58",
        remark="核减",
    )
    assert "H01" not in _codes(next_year)
    _declared, report = previous_forms(next_year)
    assert (report.indicators[0].actual, report.indicators[0].score) == ("58", None)


def test_the_panel_leads_to_the_number(
    next_year: Declaration, approved: Declaration, signed_in: Callable[[str], Client]
) -> None:
    reader = signed_in("tianbao")
    panel = reader.get(f"/declarations/{next_year.pk}/rows/{_first(next_year)}/").content.decode()
    page = f"/evaluation/{approved.pk}/rows/1/"
    assert f'<a href="{page}">75</a>' in panel
    assert reader.get(page).status_code == 200


def test_only_who_reaches_the_earlier_form_sees_it(
    next_year: Declaration, approved: Declaration, person: Named, signed_in: Callable[[str], Client]
) -> None:
    Declaration.objects.filter(pk=next_year.pk).update(state="self_evaluated", approved=approved.approved)
    evaluator = person("pingjia")
    actions.give_evaluation(person("pifu"), next_year, evaluator)
    panel = signed_in("pingjia").get(f"/declarations/{next_year.pk}/rows/{_first(next_year)}/")
    assert panel.status_code == 200
    assert f"/declarations/{approved.pk}/" not in panel.content.decode()
