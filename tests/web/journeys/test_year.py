"""A whole year in a real browser, every role at its own window: from the file to the page of the public.

With `HENGLIANG_SCREENSHOTS=<folder>` each page that is passed is kept as a picture.
"""

import os
from itertools import count
from pathlib import Path
from typing import Any

from django.db import close_old_connections

from hengliang.form.actuals import read_actuals
from hengliang.report.package.verify import verify as verify_package
from hengliang.web.audit.queries import verify as verify_audit
from hengliang.web.evaluation.scoring import score_of
from hengliang.web.evaluation.short import falls_short, is_known
from hengliang.web.project.commands.worker import make_worker
from hengliang.web.publication.models import PublicCopy
from tests.web.conftest import EXAMPLE
from tests.web.journeys.declare_site import Site, chromium, move, set_errors_aside, site, until, violations

__all__ = ["chromium", "site"]

ACTUALS = EXAMPLE.with_name("hengyang-2023-actuals.csv")
MINES = Path(__file__).parents[2] / "measure" / "vectors" / "I01_green_mine_check.csv"
_SERIAL = count(1)


def _work() -> None:
    """What the worker does between two clicks."""
    make_worker(batch=True).run()
    close_old_connections()


def _looked_at(page: Any, name: str) -> None:
    """Nobody is shut out of a page, and it is no wider than the screen; a picture is kept on demand."""
    assert violations(page) == [], name
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"{name} is too wide"
    folder = os.environ.get("HENGLIANG_SCREENSHOTS")
    if folder:
        page.screenshot(path=Path(folder) / f"{next(_SERIAL):02d}-{name}.png", full_page=True)


def _send(page: Any, button: str) -> None:
    with page.expect_navigation():
        page.click(button)


def _make(page: Any, name: str, reason: str = "") -> None:
    """Makes a move from the buttons on a page of the evaluation."""
    form = f"form[action$='/moves/{name}/']"
    if reason:
        page.fill(f"{form} [name=reason]", reason)
    _send(page, f"{form} button")


def test_a_year_of_all_roles(site: Site, tmp_path: Path) -> None:
    declaration = site.declaration
    own, year = f"/evaluation/{declaration.pk}/", f"/monitoring/{declaration.pk}/"
    clerk, head = site.page_of("tianbao"), site.page_of("fuze")
    stated = {row.number: row.actual for row in read_actuals(ACTUALS).rows if row.number and row.actual}

    # The file is read and takes the place of the draft; it is handed up and approved.
    clerk.goto(site.address("files/"))
    clerk.set_input_files("#id_file", EXAMPLE)
    _send(clerk, "form[enctype] button.button-main")
    _work()
    clerk.wait_for_url("**/declarations/files/*/")
    _looked_at(clerk, "import")
    _send(clerk, "text=替换草稿")
    set_errors_aside(declaration)
    clerk.goto(site.address())
    _looked_at(clerk, "editor")
    move(clerk, "prepare")
    head.goto(site.address())
    move(head, "submit")
    department = site.page_of("zhuguan")
    department.goto("/reviews/")
    _looked_at(department, "desk")
    _send(department, "tbody th a")
    move(department, "approve_by_department")
    finance = site.page_of("shenhe")
    finance.goto(site.address("opinion/"))
    for field in finance.locator("select[name^=grade_]").all():
        field.select_option("优")
    until(finance, "document.querySelector('#overall strong + strong')?.textContent === '优'")
    _send(finance, "[data-save]")
    _looked_at(finance, "opinion")
    approver = site.page_of("pifu")
    approver.goto(site.address())
    move(approver, "approve")

    # Records are handed in and checked row by row; what they show is measured.
    clerk.goto("/evidence/")
    _looked_at(clerk, "ledgers")
    clerk.goto("/evidence/ledgers/green_mine_check/")
    clerk.set_input_files("#id_file", MINES)
    _send(clerk, "form[enctype] button.button-main")
    _work()
    clerk.reload()
    _looked_at(clerk, "load")
    clerk.goto(own)
    _send(clerk, f"form[action='{own}measure/'] button")
    _work()

    # The stage of July, and what the self-evaluation needs beside the records.
    clerk.goto(f"{year}7/")
    for number in range(1, 26):
        clerk.fill(f"[name=value-{number}]", stated.get(number, "按计划推进"))
        clerk.select_option(f"[name=likelihood-{number}]", "有可能")
    _send(clerk, "form:has([name=value-1]) button.button-main")
    _looked_at(clerk, "stage")
    head.goto(f"{year}7/")
    _make(head, "monitor")
    declaration.refresh_from_db()
    assert declaration.state == "monitored"
    paper = tmp_path / "佐证.txt"
    paper.write_text("佐证材料", encoding="utf-8")
    for row in score_of(declaration).rows:
        if is_known(row):
            continue
        clerk.goto(f"{own}rows/{row.index + 1}/")
        # Nobody types over what was measured, also where its points are open.
        if clerk.locator("#value").count():
            clerk.fill("#value", stated.get(row.index + 1, "达成"))
            clerk.fill("#reason", "尚无台账")
            clerk.set_input_files("#file", paper)
            _send(clerk, "form[action$='/state/'] button")
    for row in score_of(declaration).rows:
        if falls_short(row):
            clerk.goto(f"{own}rows/{row.index + 1}/")
            clerk.fill("#cause", "工作滞后")
            clerk.fill("#remedy", "下一年度加快推进")
            _send(clerk, "form[action$='/explain/'] button")
    _looked_at(clerk, "number")
    clerk.goto(own)
    clerk.fill("[name=budget]", "12345.67")
    clerk.fill("[name=executed]", "12001.23")
    _send(clerk, f"form[action='{own}spend/'] button")
    _looked_at(clerk, "self-evaluation")
    with clerk.expect_download() as download:
        clerk.click("a[href$='table.xlsx']")
    assert Path(download.value.path()).read_bytes()[:2] == b"PK"
    head.goto(own)
    _make(head, "self_evaluate")
    declaration.refresh_from_db()
    assert declaration.state == "self_evaluated"

    # A sample is checked, an outside person evaluates, and what is wrong is put right.
    finance.goto(f"{own}check/")
    _send(finance, "button[value=draw]")
    for at in range(finance.locator("select[name=verdict]").count()):
        with finance.expect_navigation():
            finance.locator("form:has(select[name=verdict]) button").nth(at).click()
    _looked_at(finance, "check")
    _make(finance, "check")
    approver.goto(f"{own}report/")
    approver.select_option("[name=person]", label="郑评价")
    _send(approver, "form:has([name=person]) button")
    evaluator = site.page_of("pingjia")
    evaluator.goto("/")
    assert evaluator.locator("main table").last.locator("th a").inner_text() == str(declaration)
    _looked_at(evaluator, "evaluator")
    evaluator.goto(f"{own}report/")
    evaluator.fill("#score", "85.5")
    evaluator.select_option("#grade", "良")
    evaluator.fill("#findings", "目标完成情况总体较好。")
    _send(evaluator, "form:has(#findings) button")
    _looked_at(evaluator, "report")
    _make(evaluator, "evaluate")
    finance.goto(f"{own}remedies/")
    finance.fill("#problem", "补全被截断的评分标准")
    finance.fill("#due", "2024-06-30")
    _send(finance, "form:has(#problem) button")
    clerk.goto(f"{own}remedies/")
    clerk.fill("[name=answer]", "已补全")
    _send(clerk, "form:has([name=answer]) button")
    finance.goto(f"{own}remedies/")
    _send(finance, "button[value=accept]")
    _looked_at(finance, "remedies")

    # One prepares the public copy, another releases and publishes it; everybody reads and recomputes it.
    finance.goto("/publications/")
    finance.fill("[name=reason]", "随年度决算公开")
    _send(finance, "form[action*='/prepare/'] button")
    _work()
    copy = PublicCopy.objects.get(declaration=declaration)
    approver.goto(f"/publications/{copy.pk}/")
    _looked_at(approver, "copy")
    _send(approver, "button[value=review]")
    _send(approver, "form[action$='/moves/publish/'] button")
    citizen = site.chromium.new_page(
        base_url=site.url, locale="zh-CN", viewport={"width": 390, "height": 844}
    )
    citizen.goto("/public/")
    _looked_at(citizen, "public")
    _send(citizen, f"a[href='/public/{copy.pk}/']")
    _looked_at(citizen, "promise")
    with citizen.expect_download() as download:
        citizen.click("a[href$='data.zip']")
    package = tmp_path / "result.zip"
    download.value.save_as(package)
    citizen.close()
    assert verify_package(package.read_bytes()).equal

    # The auditor asks where a number came from; each administrator sees what is theirs.
    auditor = site.page_of("shenji")
    auditor.goto(f"{own}rows/1/")
    assert "green_mine_check" in auditor.content()
    _looked_at(auditor, "trail")
    for username, address in (("xitong", "/system/"), ("anquan", "/people/"), ("sanshen", "/audit/")):
        administrator = site.page_of(username)
        administrator.goto(address)
        _looked_at(administrator, address.strip("/"))
    assert verify_audit() == []
