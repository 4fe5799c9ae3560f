"""The files of `deploy/` do what they are for: the walk through nginx and gunicorn to PostgreSQL and back."""

import os
import re
import shutil
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.web.operation.client import Client
from tests.web.operation.installation import PASSWORD, ROOT
from tests.web.operation.production import DEPLOY, NAME, NGINX, Production, production


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Production]:
    """An office: one for all tests here."""
    if "HENGLIANG_DATABASE_URL" not in os.environ:
        pytest.skip("an office runs on PostgreSQL: HENGLIANG_DATABASE_URL is not set")
    if NGINX is None and not os.environ.get("CI"):
        pytest.skip("nginx is not installed")
    # The path of a socket has at most 108 letters.
    with production(tmp_path_factory.mktemp("o")) as made:
        yield made


@pytest.fixture
def clerk(office: Production) -> Iterator[Client]:
    """The clerk of the worked example, signed in through nginx."""
    client = office.client()
    client.sign_in("tianbao", PASSWORD)
    yield client
    client.close()


def test_a_day_of_work(office: Production, clerk: Client) -> None:
    page = clerk.get("/declarations/1/").body.decode()
    row = re.search(r"/declarations/1/rows/", page)
    assert row is not None
    rows = office.place.looked_at("rows", {"pk": 1, **office.settings()})
    change = {"row": rows[0], "key": "target", "value": "61"}
    saved = clerk.send("/declarations/1/save/", {"base_version": 1, "changes": [change]})
    assert (saved.status, saved.json()["version"]) == (200, 2)
    records = "事项编号,数量,计划完成日期\n" + "".join(f"W{n},1,2023-06-01\n" for n in range(120_000))
    # Larger than what nginx and the program keep in memory.
    assert len(records.encode()) > 2_000_000
    kept = clerk.upload("/evidence/ledgers/work_item/?year=2023", "事项.csv", records.encode())
    assert kept.status == 302
    shown = ""
    for _ in range(600):
        shown = clerk.get(kept.place).body.decode()
        if "data-poll" not in shown and "hx-trigger" not in shown:
            break
        time.sleep(0.2)
    assert "120,000" in shown or "120000" in shown


def test_what_a_browser_is_told(office: Production, clerk: Client) -> None:
    clerk.get("/account/")
    told = "; ".join(clerk.set_cookies)
    assert "sessionid" not in told or "Secure" in told
    fresh = office.client()
    page = fresh.get("/account/sign-in/")
    for cookie in fresh.set_cookies:
        assert "Secure" in cookie
        assert "SameSite=Lax" in cookie
    assert page.headers["strict-transport-security"].startswith("max-age=31536000")
    assert "script-src 'self'" in page.headers["content-security-policy"]
    assert page.headers["x-frame-options"] == "DENY"
    assert page.headers["x-content-type-options"] == "nosniff"
    assert page.headers["cache-control"] == "no-store"
    assert re.search(r"\d", page.headers["server"]) is None
    fresh.close()


def test_only_tls_and_only_its_own_name(office: Production) -> None:
    plain = Client(office.plain, host=NAME)
    moved = plain.get("/public/")
    assert (moved.status, moved.place) == (301, f"https://{NAME}/public/")
    plain.close()
    other = office.client()
    other.host = "evil.example"
    assert other.get("/public/").status == 421
    other.close()


def test_an_address_is_that_of_the_connection(office: Production) -> None:
    client = office.client()
    client.get("/account/sign-in/")
    fields = f"username=tianbao&password={PASSWORD.replace(' ', '+')}".encode()
    answer = client.ask(
        "POST", "/account/sign-in/", fields, "application/x-www-form-urlencoded",
        **{"X-Forwarded-For": "203.0.113.9"},
    )  # fmt: skip
    assert answer.status == 302
    page = client.get("/account/").body.decode()
    assert "203.0.113.9" not in page
    assert "127.0.0.1" in page
    client.close()


def test_too_large_is_refused_before_it_is_taken(clerk: Client) -> None:
    with pytest.raises((OSError, AssertionError)):
        answer = clerk.upload("/declarations/1/files/", "groß.csv", b"x" * (26 * 1024 * 1024))
        assert answer.status != 413


def test_static_files_are_kept_and_packed(office: Production) -> None:
    client = office.client()
    page = client.get("/account/sign-in/").body.decode()
    style = re.search(r'href="(/static/[^"]+\.css[^"]*)"', page)
    assert style is not None
    for _ in range(2):
        answer = client.get(style[1], **{"Accept-Encoding": "gzip"})
        assert answer.status == 200
        assert answer.headers["content-encoding"] == "gzip"
        assert "max-age=3600" in answer.headers["cache-control"]
    assert client.get("/static/../settings.py").status in (400, 404)
    assert client.get("/static/%2e%2e/%2e%2e/settings.py").status in (400, 404)
    client.close()


def test_the_log_names_nobody(office: Production, clerk: Client) -> None:
    clerk.get("/declarations/?q=geheim")
    lines = (office.folder / "hengliang.log").read_text(encoding="utf-8")
    assert "/declarations/ 200" in lines
    for private in ("geheim", "tianbao", "127.0.0.1"):
        assert private not in lines
    told = office.place.log.read_text(encoding="utf-8", errors="replace")
    assert PASSWORD not in told
    assert "Traceback" not in told


def test_the_night(office: Production) -> None:
    office.run("hengliang-backup.service")
    assert len(list(office.folder.glob("hengliang-20*.zip"))) == 1


def test_systemd_understands_the_units(tmp_path: Path) -> None:
    if shutil.which("systemd-analyze") is None:
        pytest.skip("systemd is not installed")
    units = sorted(DEPLOY.glob("*.service")) + sorted(DEPLOY.glob("*.timer"))
    assert len(units) == 4
    for unit in units:
        text = unit.read_text(encoding="utf-8")
        # What is to be installed there need not be for the units to be read.
        text = re.sub(r"/opt/hengliang/bin/\w+", "/bin/true", text)
        (tmp_path / unit.name).write_text(text, encoding="utf-8")
    done = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", *(str(tmp_path / unit.name) for unit in units)],
        capture_output=True, text=True, check=False, cwd=ROOT,
    )  # fmt: skip
    ours = [line for line in done.stderr.splitlines() if "hengliang" in line]
    assert ours == []
