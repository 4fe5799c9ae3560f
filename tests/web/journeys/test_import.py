"""A file is read into the editor, and documents of a round are fetched, with the keyboard alone."""

import os
import zipfile
from pathlib import Path
from threading import Event, Thread
from typing import Any

import pytest
from django.db import connections

from hengliang.web.declarations import actions_files
from hengliang.web.declarations.findings import working_of
from hengliang.web.declarations.models import Upload, Version
from hengliang.web.jobs.models import Job
from hengliang.web.project.commands.worker import make_worker
from tests.web.conftest import EXAMPLE
from tests.web.journeys.declare_site import Site, chromium, site, until, violations

__all__ = ["chromium", "site"]


def _worker() -> Thread:
    """A worker beside the test, until the queue is empty."""

    def work() -> None:
        make_worker(batch=True).run()
        connections.close_all()

    thread = Thread(target=work)
    thread.start()
    return thread


def _tab_to(page: Any, words: str) -> None:
    """Goes with the Tab key to what says these words."""
    for _ in range(80):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.matches('a, button')") and words in page.evaluate(
            "document.activeElement.textContent"
        ):
            return
    raise AssertionError(f"no way to {words}")


def _clean(page: Any, name: str) -> None:
    assert violations(page) == [], name
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"{name} is too wide"
    if folder := os.environ.get("HENGLIANG_SCREENSHOTS"):
        page.screenshot(path=Path(folder) / f"import-{name}.png", full_page=True)


def _clerk(site: Site) -> Any:
    """The clerk's page. The window in which a file is chosen is the system's, and the test gives its answer:
    the browser must know so from the start, for it does not wait to be told when the key is pressed."""
    page = site.page_of("tianbao")
    page.on("filechooser", lambda _: None)
    return page


def _choose(page: Any, path: Path) -> None:
    page.focus("#id_file")
    with page.expect_file_chooser() as window:
        page.keyboard.press("Enter")
    window.value.set_files(path)


def _says(page: Any, words: str) -> None:
    until(page, f"document.querySelector('[role=status]').textContent.includes('{words}')")


def test_a_file_is_read_with_the_keyboard_alone(
    site: Site, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    may_go, read = Event(), actions_files.read_kept

    def slow(file: Any) -> Any:
        may_go.wait(60)
        return read(file)

    monkeypatch.setattr(actions_files, "read_kept", slow)
    before = working_of(site.declaration).form
    clerk = _clerk(site)

    # The file is handed in, waits for its turn, is cancelled and asked for again.
    clerk.goto(site.address("files/"))
    _choose(clerk, EXAMPLE)
    _tab_to(clerk, "读取文件")
    with clerk.expect_navigation():
        clerk.keyboard.press("Enter")
    _says(clerk, "排队中")
    _clean(clerk, "waiting")
    _tab_to(clerk, "取消")
    with clerk.expect_navigation():
        clerk.keyboard.press("Enter")
    _says(clerk, "已取消")
    _clean(clerk, "cancelled")
    _tab_to(clerk, "重试")
    with clerk.expect_navigation():
        clerk.keyboard.press("Enter")
    _says(clerk, "排队中")

    # While it is read its page says so by itself, and goes on to what was read.
    worker = _worker()
    _says(clerk, "正在处理")
    until(clerk, "document.querySelector('.job').textContent.includes('正在读取')")
    _clean(clerk, "reading")
    may_go.set()
    clerk.wait_for_url("**/declarations/files/*/")
    worker.join()
    upload = Upload.objects.get()
    assert upload.name == EXAMPLE.name
    _clean(clerk, "read")
    _tab_to(clerk, "替换草稿")
    with clerk.expect_navigation():
        clerk.keyboard.press("Enter")

    # The draft is replaced, and undone as a whole.
    assert Version.objects.get(declaration=site.declaration).why == "replaced"
    _clean(clerk, "taken")
    _tab_to(clerk, "恢复替换前的草稿")
    with clerk.expect_navigation():
        clerk.keyboard.press("Enter")
    assert working_of(site.declaration).form == before

    # What cannot be read is told with what helps, and can be tried again.
    broken = tmp_path / "坏.docx"
    broken.write_bytes(b"PK\x03\x04 broken")
    clerk.goto(site.address("files/"))
    _choose(clerk, broken)
    _tab_to(clerk, "读取文件")
    with clerk.expect_navigation():
        clerk.keyboard.press("Enter")
    _worker().join()
    _says(clerk, "未成功")
    assert "办法" in clerk.inner_text("[role=alert]")
    _clean(clerk, "failed")


def test_documents_of_a_round_with_the_keyboard_alone(site: Site) -> None:
    reviewer = site.page_of("zhuguan")
    reviewer.goto("/declarations/")
    _tab_to(reviewer, "成批生成文书")
    with reviewer.expect_navigation():
        reviewer.keyboard.press("Enter")
    _clean(reviewer, "bundles")
    _tab_to(reviewer, "JSON")
    with reviewer.expect_navigation():
        reviewer.keyboard.press("Enter")
    _says(reviewer, "排队中")
    reviewer.goto("/jobs/")
    _clean(reviewer, "tasks")
    _worker().join()
    until(reviewer, "document.querySelector('tbody').textContent.includes('已完成')")
    _clean(reviewer, "tasks-done")
    _tab_to(reviewer, "下载")
    with reviewer.expect_download() as download:
        reviewer.keyboard.press("Enter")
    assert download.value.suggested_filename.endswith(".zip")
    with zipfile.ZipFile(download.value.path()) as archive:
        assert len(archive.namelist()) == 1
    assert Job.objects.get().state == "done"

    # The same on a phone.
    phone = site.page_of("zhuguan", 390, 844)
    for address, name in (("/jobs/", "tasks-phone"), ("/declarations/documents/", "bundles-phone")):
        phone.goto(address)
        _clean(phone, name)
