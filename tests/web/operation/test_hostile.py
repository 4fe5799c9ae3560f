"""What a hostile visitor or a hostile file tries: each attempt ends with an answer that says nothing."""

import io
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from hengliang.web.accounts import sign_in
from hengliang.web.accounts.models import Person
from hengliang.web.declarations.models import Declaration, Upload
from hengliang.web.evidence import actions as evidence
from hengliang.web.evidence.models import Load
from hengliang.web.files.actions import BadFile, keep_bytes
from hengliang.web.files.kinds import KINDS, PAPERS
from hengliang.web.files.queries import place_of
from hengliang.web.jobs.actions import carry_out
from hengliang.web.jobs.models import Job

PASSWORD = "a password for tests"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
HTML = b"<!DOCTYPE html><html><body><script>alert(1)</script></body></html>"

SignedIn = Callable[[str], Client]


def _bomb(member: str, megabytes: int = 400) -> bytes:
    """A small archive with a part that unpacks to very much."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/workbook.xml", "<workbook/>")
        with archive.open(member, "w", force_zip64=True) as part:
            for _ in range(megabytes):
                part.write(b" " * (1 << 20))
    return made.getvalue()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("picture.svg", SVG),
        ("picture.png", SVG),
        ("picture.png", HTML),
        ("paper.pdf", HTML),
        ("page.html", HTML),
        ("page.html.pdf", HTML),
        ("program.exe", b"MZ\x90\x00"),
        ("table.xlsx", b"PK\x03\x04 nothing"),
        ("no-ending", b"text"),
    ],
)
def test_a_file_that_is_not_what_it_says_is_not_kept(example: Declaration, name: str, content: bytes) -> None:
    with pytest.raises(BadFile):
        keep_bytes(None, name, content, PAPERS)


def test_no_kind_that_a_browser_runs_is_known() -> None:
    assert not KINDS & {"svg", "xml", "xhtml", "js", "swf", "mht"}


def test_a_name_is_no_place(example: Declaration) -> None:
    for name in ("../../../etc/cron.d/x.txt", "..\\..\\x.txt", "/etc/passwd.txt"):
        kept = keep_bytes(None, name, b"text", PAPERS)
        assert "/" not in kept.name
        assert "\\" not in kept.name
        assert place_of(kept.digest).is_file()


def test_a_bomb_is_refused_with_a_reason(
    example: Declaration, signed_in: SignedIn, person: Callable[[str], Person]
) -> None:
    bomb = _bomb("xl/worksheets/sheet1.xml")
    assert len(bomb) < 1_000_000
    clerk = signed_in("tianbao")
    clerk.post(f"/declarations/{example.pk}/files/", {"file": SimpleUploadedFile("表.xlsx", bomb)})
    job = Job.objects.get()
    carry_out(job.pk)
    job.refresh_from_db()
    assert (job.state, bool(job.problem)) == ("failed", True)
    assert not Upload.objects.exists()
    load = evidence.hand_in(
        person("tianbao"), example.organisation, "work_item", 2023, SimpleUploadedFile("事项.xlsx", bomb)
    )
    assert load.job is not None
    carry_out(load.job.pk)
    assert Load.objects.get(pk=load.pk).outcome == "refused"


def test_nobody_is_led_away(example: Declaration) -> None:
    for away in (
        "//evil.example/",
        "https://evil.example/",
        "javascript:alert(1)",
        "/\\evil.example",
        "http:///x",
    ):
        fields = {"username": "tianbao", "password": PASSWORD, "next": away}
        assert Client().post("/account/sign-in/", fields).headers["Location"] == "/"
        spoken = Client().post("/language/", {"language": "en", "next": away})
        assert "evil" not in spoken.headers["Location"]
        assert "javascript" not in spoken.headers["Location"]
    fine = {"username": "tianbao", "password": PASSWORD, "next": "/declarations/"}
    assert Client().post("/account/sign-in/", fine).headers["Location"] == "/declarations/"


def test_a_session_from_before_is_not_one_after(example: Declaration) -> None:
    client = Client()
    client.get("/account/sign-in/")
    session = client.session
    session["planted"] = "by somebody else"
    session.save()
    planted = session.session_key
    client.cookies["sessionid"] = planted
    client.post("/account/sign-in/", {"username": "tianbao", "password": PASSWORD})
    assert client.cookies["sessionid"].value != planted
    other = Client()
    other.cookies["sessionid"] = planted
    assert other.get("/declarations/").status_code == 302


def test_every_failure_takes_one_comparison(example: Declaration, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Any] = []
    encode = MD5PasswordHasher.encode
    monkeypatch.setattr(MD5PasswordHasher, "encode", lambda *given: asked.append(given) or encode(*given))
    Person.objects.filter(username="shenhe").update(is_active=False)
    for _ in range(sign_in.FAILURES):
        Client().post("/account/sign-in/", {"username": "pifu", "password": "wrong"})
    counts: dict[str, int] = {}
    for name in ("nobody", "tianbao", "shenhe", "pifu"):
        asked.clear()
        Client().post("/account/sign-in/", {"username": name, "password": "wrong"})
        counts[name] = len(asked)
    assert set(counts.values()) == {1}, counts


def test_another_name_is_not_answered(example: Declaration) -> None:
    assert Client().get("/public/", headers={"host": "evil.example"}).status_code == 400


def test_a_forged_post_is_refused(example: Declaration, person: Callable[[str], Person]) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(person("tianbao"))
    for address in (f"/declarations/{example.pk}/save/", f"/declarations/{example.pk}/moves/prepare/"):
        assert client.post(address, {}).status_code == 403
