"""On paper: no navigation, nothing cut off at the side, and where the paper came from."""

from pathlib import Path
from typing import Any
from unicodedata import normalize

import pdfplumber

from hengliang.web.accounts.models import Person
from hengliang.web.declarations.models import Declaration
from hengliang.web.evaluation import actions
from hengliang.web.evaluation.scoring import form_in_force
from tests.web.journeys.declare_site import Site, chromium, site

__all__ = ["chromium", "site"]

_PAGES = {
    "/evaluation/{pk}/": ("已得、待定、已失", True),
    "/evaluation/{pk}/rows/1/": ("得分曲线", False),
    "/monitoring/{pk}/7/": ("尚未编制分月计划", True),
    "/monitoring/{pk}/outlook/": ("得满分尚需", True),
    "/monitoring/{pk}/plan/": ("12月", True),
    "/evaluation/{pk}/remedies/": ("整改", False),
}
"""What stands on the paper, and whether it lies."""


def _printed(page: Any, made: Path) -> tuple[str, bool]:
    """The text of the page as it is printed, without blanks; whether the paper lies."""
    page.pdf(path=made, prefer_css_page_size=True)
    with pdfplumber.open(made) as document:
        # A printed sign may be told as the radical that looks like it.
        text = normalize("NFKC", "".join(one.extract_text() for one in document.pages))
        assert not [
            char for one in document.pages for char in one.chars if char["x1"] > one.width or char["x0"] < 0
        ]
        first = document.pages[0]
        return "".join(text.split()), first.width > first.height


def test_documents_on_paper(site: Site, approved: Declaration, tmp_path: Path) -> None:
    clerk = Person.objects.get(username="tianbao")
    rows = {at: {"value": "1"} for at in range(1, len(form_in_force(approved).indicators) + 1)}
    actions.fill_stage(clerk, approved, 7, rows)
    page = site.page_of("shenhe")
    for pattern, (said, lies) in _PAGES.items():
        address = pattern.format(pk=approved.pk)
        page.goto(address)
        text, is_lying = _printed(page, tmp_path / "page.pdf")
        assert said in text, address
        assert site.url.removeprefix("http://") + address in text
        assert is_lying == lies, address
        assert not [frame for frame in ("指标库", "退出", "总览", "要求整改单位") if frame in text]


def test_what_a_paper_rests_on_is_opened_for_it(site: Site, approved: Declaration, tmp_path: Path) -> None:
    page = site.page_of("tianbao")
    page.goto(f"/evaluation/{approved.pk}/rows/1/")
    page.evaluate(
        "document.querySelector('.steps').insertAdjacentHTML('beforeend', "
        "'<li><details class=step data-print><summary>甲</summary>"
        '<a class=source href="https://example.org/batch">乙</a></details></li>\''
        " + '<li><details class=step><summary>丙</summary>丁</details></li>')"
    )
    text, _lies = _printed(page, tmp_path / "page.pdf")
    assert "https://example.org/batch" in text
    assert "丙" in text
    assert "丁" not in text
    assert page.evaluate("document.querySelectorAll('details[data-print][open]').length") == 0
    # What is filled in on the screen is no part of the paper.
    assert "说明未测量原因" not in text
