"""Declaring and reviewing in a real browser, from the file to the approved adjustment."""

from pathlib import Path

from hengliang.form.field import text_at
from hengliang.web.audit.queries import verify
from hengliang.web.declarations.findings import working_of
from hengliang.web.declarations.models import Comment, Opinion, Overruling, Version
from hengliang.web.project.commands.worker import make_worker
from tests.web.conftest import EXAMPLE
from tests.web.journeys.declare_site import (
    Site,
    chromium,
    move,
    saved,
    set_errors_aside,
    site,
    until,
    violations,
)

__all__ = ["chromium", "site"]


def test_from_the_file_to_the_approved_adjustment(site: Site) -> None:
    declaration = site.declaration
    clerk = site.page_of("tianbao")

    # A file is read, shown, and takes the place of the draft, which is kept.
    clerk.goto(site.address("files/"))
    clerk.set_input_files("#id_file", EXAMPLE)
    with clerk.expect_navigation():
        clerk.click("form[enctype] button.button-main")
    make_worker(batch=True).run()
    clerk.wait_for_url("**/declarations/files/*/")
    assert clerk.locator("input[name=form]").count() == 1
    with clerk.expect_navigation():
        clerk.click("text=替换草稿")
    assert Version.objects.get(declaration=declaration).why == "replaced"

    # A cell is typed over; the panel reads the criterion as it is typed; a safe fix is one click.
    row = working_of(declaration).rows[3]
    clerk.locator("[role=row]", has_text="界桩定位核查").locator("td", has_text="100").first.click()
    clerk.keyboard.type("98")
    clerk.keyboard.press("Enter")
    saved(clerk)
    assert working_of(declaration).form.indicators[3].target == "98"
    clerk.evaluate("document.querySelector('[data-grid]').grid.go(3, 2)")
    field = clerk.locator("#long-criterion")
    field.wait_for()
    until(clerk, "document.querySelector('#panel h2').textContent.startsWith('4 ')")
    field.fill("完成得3分，每少1%扣0.5分，扣完为止。")
    until(clerk, "document.querySelector('#panel-live').textContent.includes('0.5分')")
    saved(clerk)
    assert "0.5分" in (working_of(declaration).form.indicators[3].criterion or "")
    assert clerk.locator(".curve img").count() == 1
    before = working_of(declaration).form
    fix = clerk.locator("#panel [data-apply]").first
    fix.wait_for()
    fix.click()
    saved(clerk, is_under_way=True)
    assert working_of(declaration).form != before
    clerk.click("[data-command=undo]")
    saved(clerk)
    assert working_of(declaration).form == before

    # What is missing for the signature is said before anybody tries.
    move(clerk, "prepare")
    head = site.page_of("fuze")
    head.goto(site.address())
    assert head.locator(".lacking a").count() == 1
    head.click("[data-dialog='move-submit']")
    assert head.locator("#move-submit .dialog-foot .button-main").count() == 0
    head.keyboard.press("Escape")
    move(head, "take_back")
    clerk.goto(site.address("findings/?severity=bad"))
    assert clerk.locator(".findings > li").count() > 5
    with clerk.expect_navigation():
        clerk.locator(".finding-tools a", has_text="忽略").first.click()
    clerk.fill("#id_reason", "原表如此。")
    with clerk.expect_navigation():
        clerk.click("form .button-main >> text=忽略")
    assert Overruling.objects.filter(declaration=declaration).count() == 1
    set_errors_aside(declaration)
    clerk.goto(site.address())
    move(clerk, "prepare")
    head.goto(site.address())
    move(head, "submit")

    # The department asks about a cell and returns the form.
    department = site.page_of("zhuguan")
    department.goto("/reviews/")
    with department.expect_navigation():
        department.click("tbody th a")
    department.evaluate("document.querySelector('[data-grid]').grid.go(3, 2)")
    until(department, "document.querySelector('#panel h2').textContent.startsWith('4 ')")
    department.select_option("#comment-key", "target")
    department.fill("#comment-text", "为什么是98而不是100？")
    department.click("#panel form:has(#comment-text) button")
    department.wait_for_selector("#panel .comment")
    asked = Comment.objects.get(declaration=declaration, parent=None)
    assert (asked.row, asked.key) == (row, "target")
    move(department, "return_by_department", "请说明指标值的依据。")

    # The unit answers, and hands the form on again; the department settles the comment and passes it on.
    clerk.goto(site.address("comments/"))
    clerk.locator(".comment summary").click()
    clerk.fill(".comment textarea", "界桩两处位于水域，无法核查。")
    with clerk.expect_navigation():
        clerk.click("text=发送答复")
    clerk.goto(site.address())
    move(clerk, "prepare")
    head.goto(site.address())
    move(head, "submit")
    department.goto(site.address("comments/"))
    with department.expect_navigation():
        department.click(".comment >> text=了结")
    assert Comment.objects.get(pk=asked.pk).resolved_by == "zhuguan"
    department.goto(site.address())
    move(department, "approve_by_department")

    # Finance gives its opinion; the overall grade follows; the form is approved.
    finance = site.page_of("shenhe")
    finance.goto(site.address("opinion/"))
    for field in finance.locator("select[name^=grade_]").all():
        field.select_option("良")
    until(finance, "document.querySelector('#overall strong + strong')?.textContent === '良'")
    with finance.expect_navigation():
        finance.click("[data-save]")
    assert finance.locator(".field-errors").count() == 1
    finance.fill("#id_amendments", "第4项说明依据。")
    with finance.expect_navigation():
        finance.click("[data-save]")
    assert Opinion.objects.get(version__declaration=declaration).grade == "良"
    with finance.expect_download() as download:
        finance.click("text=正式文书（Word）")
    assert Path(download.value.path()).read_bytes()[:2] == b"PK"
    approver = site.page_of("pifu")
    approver.goto(site.address())
    move(approver, "approve")
    declaration.refresh_from_db()
    assert declaration.state == "approved"

    # An adjustment: asked for with a reason, changed, shown before and after, approved.
    head.goto(site.address())
    move(head, "adjust", "年中任务调减。")
    clerk.goto(site.address())
    clerk.locator("[role=row]", has_text="界桩定位核查").locator("td", has_text="98").first.click()
    clerk.keyboard.type("90")
    clerk.keyboard.press("Enter")
    saved(clerk)
    set_errors_aside(declaration)
    head.goto(site.address())
    move(head, "submit_adjustment")
    approver.goto(site.address())
    with approver.expect_navigation():
        approver.click("text=查看调整前后对照和调整理由")
    assert "年中任务调减。" in approver.inner_text("main")
    assert [one.inner_text() for one in approver.locator(".diff del").all()] == ["98"]
    assert [one.inner_text() for one in approver.locator(".diff ins").all()] == ["90"]
    move(approver, "approve_adjustment")
    declaration.refresh_from_db()
    assert declaration.approved is not None
    assert text_at(working_of(declaration).form, "indicators/3/target") == "90"
    assert declaration.approved.content["indicators"][3]["target"] == "90"
    assert verify() == []


def test_two_editors_lose_nothing(site: Site) -> None:
    clerk, head = site.page_of("tianbao"), site.page_of("fuze")
    for page in (clerk, head):
        page.goto(site.address())
        page.wait_for_selector("[role=row]")
    change = "document.querySelector('[data-grid]').grid"
    rows = working_of(site.declaration).rows

    # Different cells, and a row put in by one of them: all of it stands.
    clerk.evaluate(f"{change}.change([{{row: '{rows[0]}', key: 'target', value: '61'}}])")
    saved(clerk, is_under_way=True)
    head.evaluate(f"{change}.go(5, 2); {change}.insert()")
    head.evaluate(f"{change}.change([{{row: '{rows[1]}', key: 'unit', value: '座'}}])")
    saved(head, is_under_way=True)
    now = working_of(site.declaration)
    assert len(now.rows) == len(rows) + 1
    assert now.form.indicators[0].target == "61"
    assert now.form.indicators[1].unit == "座"
    assert head.evaluate(f"{change}.rows[0].cells.target") == "61"

    # The same cell: the second is asked, sees both, and nothing is lost until the choice is made.
    clerk.evaluate(f"{change}.change([{{row: '{rows[2]}', key: 'target', value: '55'}}])")
    saved(clerk, is_under_way=True)
    head.evaluate(f"{change}.change([{{row: '{rows[2]}', key: 'target', value: '56'}}])")
    dialog = head.locator("dialog.grid-conflict")
    dialog.wait_for()
    told = dialog.inner_text()
    assert "王填报" in told
    assert "55" in told
    assert "56" in told
    assert violations(head) == []
    dialog.locator("input[value=theirs]").check()
    dialog.locator("button.button-main").click()
    saved(head)
    assert working_of(site.declaration).form.indicators[2].target == "55"
    site.complaints.clear()


def test_the_editor_by_keyboard_alone(site: Site) -> None:
    page = site.page_of("tianbao")
    page.goto(site.address())
    page.wait_for_selector("[role=row]")
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.closest('[role=grid]') !== null"):
            break
    else:
        raise AssertionError("the grid is not reached with Tab")
    page.keyboard.press("Control+Home")
    for _ in range(4):
        page.keyboard.press("ArrowRight")
    page.keyboard.press("F2")
    page.keyboard.press("Control+a")
    page.keyboard.type("77")
    page.keyboard.press("Enter")
    page.keyboard.press("Control+s")
    saved(page)
    assert "77" in [row.target for row in working_of(site.declaration).form.indicators]
    page.keyboard.press("Control+z")
    saved(page)
    assert "77" not in [row.target for row in working_of(site.declaration).form.indicators]
    # Out of the grid and into the panel, whose texts are saved as they are typed.
    page.wait_for_selector("#long-criterion")
    page.keyboard.press("Escape")
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.id") == "long-criterion":
            break
    else:
        raise AssertionError("the panel is not reached with Tab")
    page.keyboard.press("End")
    page.keyboard.type("补充")
    saved(page, is_under_way=True)
    assert any("补充" in (row.criterion or "") for row in working_of(site.declaration).form.indicators)
    # A move by the keyboard: its dialog takes the focus and gives it back.
    page.focus("[data-dialog='move-prepare']")
    page.keyboard.press("Enter")
    page.wait_for_selector("#move-prepare[open]")
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.dataset.dialog") == "move-prepare"


def test_no_page_shuts_anybody_out(site: Site) -> None:
    reader = site.page_of("tianbao")
    pages = ("", "fields/", "findings/", "comments/", "opinion/", "history/", "files/", "history/compare/")
    row = working_of(site.declaration).rows[0]
    wrong: dict[str, list[str]] = {}
    for address in (*map(site.address, pages), site.address(f"history/rows/{row}/"), "/declarations/"):
        reader.goto(address)
        if address == site.address():
            reader.wait_for_selector("#long-criterion")
        if found := violations(reader):
            wrong[address] = found
    reviewer = site.page_of("pifu", 390, 844)
    for address in ("/reviews/", "/reviews/?state=draft", "/rounds/", site.address()):
        reviewer.goto(address)
        if found := violations(reviewer):
            wrong[f"phone {address}"] = found
    assert wrong == {}
