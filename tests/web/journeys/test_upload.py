"""Whoever sends a large file sees how much of it is there, and comes to the same page as without a script."""

from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from hengliang.web.accounts.models import Person
from hengliang.web.declarations.models import Declaration
from hengliang.web.evidence.models import Load
from tests.web.conftest import EXAMPLE
from tests.web.journeys.declare_site import Site, chromium, site, until, violations

__all__ = ["chromium", "site"]

MINES = Path(__file__).parents[2] / "measure" / "vectors" / "I01_green_mine_check.csv"
LARGE = 1_500_000
SLOW = {"offline": False, "latency": 0, "downloadThroughput": -1, "uploadThroughput": 400_000}
BAR = "document.querySelector('[data-upload] progress')"


def _slow_page(site: Site) -> Any:
    """A clerk's window on a slow line, which keeps what was said aloud about the upload."""
    page = site.page_of("tianbao")
    page.context.new_cdp_session(page).send("Network.emulateNetworkConditions", SLOW)
    return page


def _large(tmp_path: Path, name: str, content: bytes) -> Path:
    """A file with empty lines after its content."""
    path = tmp_path / name
    path.write_bytes(content + b"\n" * (LARGE - len(content)))
    return path


def _send(page: Any, path: Path) -> None:
    """Sends a file, and sees and hears how far it is."""
    page.set_input_files("#id_file", path)
    page.click("main form[enctype] button")
    until(page, f"{BAR} && {BAR}.value > 20 && {BAR}.value < 80")
    assert "正在上传文件" in page.inner_text("[data-upload] .progress-head")
    until(
        page,
        "/^已上传(25|50|75)%。$/.test(document.querySelector('[data-upload] [role=status]').textContent)",
    )
    assert page.locator("main form[enctype] button:enabled").count() == 0
    assert violations(page) == []


def test_records_on_their_way(site: Site, tmp_path: Path) -> None:
    page = _slow_page(site)
    page.goto("/evidence/ledgers/green_mine_check/")
    _send(page, _large(tmp_path, "绿色矿山核查.csv", MINES.read_bytes()))
    page.wait_for_url("**/evidence/loads/*/")
    assert Load.objects.get().file.size == LARGE


def test_a_form_on_its_way(site: Site, tmp_path: Path) -> None:
    page = _slow_page(site)
    page.goto(site.address("files/"))
    _send(page, _large(tmp_path, "申报表.txt", EXAMPLE.read_bytes()))
    page.wait_for_url("**/jobs/*/")
    assert "排队中" in page.inner_text("main")


def test_what_is_wrong_with_a_large_file_is_told_on_the_page(site: Site, tmp_path: Path) -> None:
    page = _slow_page(site)
    page.goto("/evidence/ledgers/green_mine_check/")
    _send(page, _large(tmp_path, "程序.exe", b"MZ"))
    until(page, "document.querySelector('.field-errors')")
    assert page.locator("[data-upload]").count() == 0
    assert page.evaluate("document.activeElement.id") == "id_file"

    # The form that came with the answer works as the first one did.
    _send(page, _large(tmp_path, "绿色矿山核查.csv", MINES.read_bytes()))
    page.wait_for_url("**/evidence/loads/*/")


def test_a_small_file_goes_with_its_form(site: Site) -> None:
    page = _slow_page(site)
    asked: list[Any] = []
    page.on("request", lambda request: request.method == "POST" and asked.append(request))
    page.goto("/evidence/ledgers/green_mine_check/")
    page.set_input_files("#id_file", MINES)
    with page.expect_navigation():
        page.click("main form[enctype] button")
    assert [request.resource_type for request in asked] == ["document"]


@pytest.mark.parametrize(("headers", "status"), [({}, 302), ({"X-Shows-Progress": "1"}, 200)])
def test_only_the_script_is_told_where_to_go_on(
    example: Declaration, headers: dict[str, str], status: int
) -> None:
    client = Client()
    client.force_login(Person.objects.get(username="tianbao"))
    file = SimpleUploadedFile("绿色矿山核查.csv", MINES.read_bytes())
    answer = client.post("/evidence/ledgers/green_mine_check/", {"file": file}, headers=headers)
    assert answer.status_code == status
    assert answer["Location"] == f"/evidence/loads/{Load.objects.get().pk}/"
