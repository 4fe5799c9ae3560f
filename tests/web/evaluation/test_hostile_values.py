"""What nobody types by accident is said back or passed over, and is no failure of the server."""

from collections.abc import Callable
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from hengliang.web.accounts.models import Person
from hengliang.web.accounts.policies import Refused
from hengliang.web.audit.models import Entry
from hengliang.web.declarations.models import Declaration
from hengliang.web.evaluation import actions_remedies, queries
from hengliang.web.evaluation.models import Remedy, Spending, StageRow, Stated
from hengliang.web.files.models import StoredFile

Named = Callable[[str], Person]
SignedIn = Callable[[str], Client]
LONG = "很" * 301


def test_long_and_strange_values(approved: Declaration, signed_in: SignedIn) -> None:
    client, pk = signed_in("tianbao"), approved.pk
    stage = f"/monitoring/{pk}/7/"
    page = client.post(stage, {"value-1": LONG}, follow=True).content.decode()
    assert "最多300字" in page
    client.post(stage, {"value-1": "5", "forecast-1": LONG})
    assert not StageRow.objects.exists()
    client.post(stage, {"value-1": "5", "likelihood-1": "大概"})
    assert StageRow.objects.get().likelihood == ""
    paper = SimpleUploadedFile("证明.txt", "证明材料".encode())
    client.post(f"/evaluation/{pk}/rows/2/state/", {"value": LONG, "reason": "无", "file": paper})
    assert not Stated.objects.exists()
    for amount in ("1e30", "1" + "0" * 20, "NaN", "-1", "²"):
        assert client.post(f"/evaluation/{pk}/spend/", {"budget": "1", "executed": amount}).status_code == 302
    assert not Spending.objects.exists()


@pytest.mark.parametrize("number", ["²", "9" * 5000, "999", "0", "-1"])
def test_numbers_that_no_indicator_has(approved: Declaration, signed_in: SignedIn, number: str) -> None:
    client, pk = signed_in("shenhe"), approved.pk
    asked = {"problem": "补报", "source": "finance", "due": "2024-01-31", "number": number}
    assert client.post(f"/evaluation/{pk}/remedies/", asked).status_code == 302
    assert not Remedy.objects.filter(number__isnull=False).exists()
    assert client.post(f"/evaluation/{pk}/check/", {"number": number, "verdict": "agrees"}).status_code == 302


def test_what_was_accepted_is_not_answered_again(approved: Declaration, person: Named) -> None:
    clerk, office = person("tianbao"), person("shenhe")
    asked = actions_remedies.ask_remedy(office, approved, "finance", "补报台账", date(2024, 1, 31), 1)
    actions_remedies.answer_remedy(clerk, asked, "已补报")
    again = queries.remedy(clerk, approved, asked.pk)
    actions_remedies.accept_remedy(office, asked)
    with pytest.raises(Refused, match="accepted"):
        actions_remedies.answer_remedy(clerk, again, "再答")
    with pytest.raises(Refused, match="accepted"):
        actions_remedies.accept_remedy(office, again)
    kept = Remedy.objects.get()
    assert (kept.answer, kept.accepted_by) == ("已补报", "shenhe")


def test_what_is_not_enough_goes_back_with_the_reason(
    approved: Declaration, person: Named, signed_in: SignedIn
) -> None:
    clerk, office = person("tianbao"), person("shenhe")
    asked = actions_remedies.ask_remedy(office, approved, "finance", "补报台账", date(2024, 1, 31))
    url = f"/evaluation/{approved.pk}/remedies/{asked.pk}/"
    with pytest.raises(Refused):
        actions_remedies.return_remedy(office, asked, "缺附件")
    actions_remedies.answer_remedy(clerk, asked, "已补报")
    client = signed_in("shenhe")
    client.post(url, {"act": "return", "reason": ""})
    assert Remedy.objects.get().answered_at is not None
    client.post(url, {"act": "return", "reason": "缺附件"})
    kept = Remedy.objects.get()
    assert kept.answered_at is None
    page = signed_in("tianbao").get(f"/evaluation/{approved.pk}/remedies/").content.decode()
    assert "缺附件" in page


def test_an_answer_carries_the_file_that_shows_it(
    approved: Declaration, person: Named, signed_in: SignedIn
) -> None:
    asked = actions_remedies.ask_remedy(person("shenhe"), approved, "finance", "补报台账", date(2024, 1, 31))
    page = f"/evaluation/{approved.pk}/remedies/"
    url, file = f"{page}{asked.pk}/", f"{page}{asked.pk}/file/"
    clerk, office = signed_in("tianbao"), signed_in("shenhe")
    bad = SimpleUploadedFile("整改.pdf", b"no PDF at all")
    assert "整改.pdf" in clerk.post(url, {"answer": "已补报", "file": bad}, follow=True).content.decode()
    assert (Remedy.objects.get().answer, StoredFile.objects.filter(name="整改.pdf").count()) == ("", 0)
    assert clerk.get(file).status_code == 404

    clerk.post(url, {"answer": "已补报", "file": SimpleUploadedFile("整改.pdf", b"%PDF-1.4 proof")})
    clerk.post(url, {"answer": "已全部补报"})
    assert "整改.pdf" in office.get(page).content.decode()
    assert b"".join(office.get(file)) == b"%PDF-1.4 proof"
    kept = Remedy.objects.select_related("file").get()
    assert kept.file is not None
    said = Entry.objects.filter(event="evaluation.answer_remedy")
    assert [one.detail["file"] for one in said] == [kept.file.digest] * 2
    assert signed_in("xitong").get(file).status_code == 403

    office.post(url, {"act": "return", "reason": "盖章页缺失"})
    assert Remedy.objects.get().file is None
    assert Entry.objects.get(event="evaluation.return_remedy").detail["file"] == kept.file.digest
    assert office.get(file).status_code == 404
