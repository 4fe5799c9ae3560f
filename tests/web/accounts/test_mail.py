"""Notices by e-mail, to a real mail server: what is said, who is told, and what if it does not go."""

import socket
from collections.abc import Callable, Iterator
from datetime import timedelta
from email import message_from_bytes, policy
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from django.core.exceptions import ImproperlyConfigured
from django.test import Client
from django.utils import timezone

from hengliang.base.message import message
from hengliang.web.accounts import mail
from hengliang.web.accounts.actions import choose_mail, read_notices, set_active, tell
from hengliang.web.accounts.models import Letter, Notice, Person
from hengliang.web.audit.models import Entry
from hengliang.web.declarations import actions_moves
from hengliang.web.declarations.models import Declaration
from hengliang.web.project.commands.worker import make_worker
from hengliang.web.project.settings import _mail

Named = Callable[[str], Person]


class Box:
    """A mail server's side: keeps what comes, or answers with what it was told to."""

    def __init__(self) -> None:
        self.kept: list[Any] = []
        self.answers: list[str] = []

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:  # noqa: N802
        if self.answers and self.answers[0].startswith("55"):
            return self.answers.pop(0)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        if self.answers:
            return self.answers.pop(0)
        self.kept.append((envelope.rcpt_tos, message_from_bytes(envelope.content, policy=policy.default)))
        return "250 OK"


@pytest.fixture(scope="module")
def server() -> Iterator[tuple[Box, int]]:
    box = Box()
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    controller = Controller(box, hostname="127.0.0.1", port=port)
    controller.start()
    yield box, port
    controller.stop()


@pytest.fixture
def box(server: tuple[Box, int], settings: Any) -> Box:
    found, port = server
    found.kept.clear()
    found.answers.clear()
    settings.MAIL = {
        "host": "127.0.0.1",
        "port": port,
        "user": "",
        "password": "",
        "security": "none",
        "sender": "衡量 <hengliang@example.cn>",
        "site": "https://hl.example.cn",
    }
    return found


@pytest.fixture
def head(transactional_db: None, example: Declaration, person: Named) -> Person:
    """The head of unit, with an address."""
    found = person("fuze")
    choose_mail(found, "li@example.cn", "all")
    return found


def _work() -> None:
    make_worker(batch=True).run()


def _states() -> list[tuple[str, int]]:
    return list(Letter.objects.order_by("pk").values_list("state", "attempts"))


def test_a_letter_says_what_and_where_and_names_nobody(
    box: Box, head: Person, person: Named, example: Declaration
) -> None:
    actions_moves.move(person("tianbao"), example, "prepare")
    assert box.kept == []
    _work()
    ((to, letter),) = box.kept
    assert to == ["li@example.cn"]
    assert letter["Subject"].strip() == "[衡量] 表单流转：提交单位负责人"
    text = letter.get_content()
    assert f"https://hl.example.cn/declarations/{example.pk}/" in text
    for secret in ("王填报", "李负责", "衡阳", "规划局"):
        assert secret not in letter.as_string()
        assert secret not in text
    assert letter["Auto-Submitted"] == "auto-generated"
    assert _states() == [("sent", 1)]


def test_each_chooses(box: Box, head: Person, person: Named) -> None:
    for choice, event, goes in (
        ("all", "comment.ask", 1),
        ("deadlines", "comment.ask", 0),
        ("deadlines", "deadline.near", 1),
        ("none", "deadline.near", 0),
    ):
        choose_mail(head, "li@example.cn", choice)
        before = Letter.objects.count()
        tell([head, person("tianbao")], event, message("Publish"), "/")
        assert Letter.objects.count() - before == goes, (choice, event)
    assert Notice.objects.filter(person=head).count() == 4
    with_english = head
    with_english.language = "en"
    with_english.mail = "all"
    with_english.save()
    tell([with_english], "comment.ask", message("Publish"), "/declarations/1/")
    _work()
    assert box.kept[-1][1]["Subject"].strip() == "[Hengliang] A question about a form"


def test_what_was_read_or_is_no_longer_wanted_is_dropped(box: Box, head: Person, person: Named) -> None:
    tell([head], "comment.ask", message("Publish"), "/")
    read_notices(head)
    tell([head], "comment.ask", message("Publish"), "/")
    set_active(person("anquan"), head, False)
    _work()
    assert box.kept == []
    assert _states() == [("dropped", 1), ("dropped", 1)]


def test_a_server_that_refuses_for_now_is_tried_again(
    box: Box, head: Person, caplog: pytest.LogCaptureFixture
) -> None:
    box.answers += ["451 later", "451 later"]
    tell([head], "comment.ask", message("Publish"), "/")
    _work()
    assert _states() == [("waiting", 1)]
    assert mail.requeue() == 0, "its time has not come"
    for attempt in (2, 3):
        Letter.objects.update(due_at=timezone.now() - timedelta(seconds=1))
        assert mail.requeue() == 1
        assert mail.requeue() == 0
        _work()
        assert Letter.objects.get().attempts == attempt
    assert _states() == [("sent", 3)]
    assert len(box.kept) == 1
    assert "li@example.cn" not in caplog.text


def test_an_address_that_is_not_there_is_given_up(box: Box, head: Person) -> None:
    box.answers.append("550 no such user")
    tell([head], "comment.ask", message("Publish"), "/")
    _work()
    assert _states() == [("failed", 1)]
    assert Entry.objects.filter(event="mail.fail", outcome="refused").count() == 1


def test_a_server_that_is_away_is_given_up_in_the_end(box: Box, head: Person, settings: Any) -> None:
    settings.MAIL = settings.MAIL | {"port": 9}
    tell([head], "comment.ask", message("Publish"), "/")
    for _ in range(mail.TRIES):
        _work()
        Letter.objects.update(due_at=timezone.now() - timedelta(seconds=1))
        mail.requeue()
    assert _states() == [("failed", mail.TRIES)]


def test_what_nobody_expected_is_a_failed_attempt(
    box: Box, head: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(notice: Notice) -> None:
        raise UnicodeError(notice.person.email)

    monkeypatch.setattr(mail, "_written", broken)
    tell([head], "comment.ask", message("Publish"), "/")
    for _ in range(mail.TRIES):
        _work()
        Letter.objects.update(due_at=timezone.now() - timedelta(seconds=1))
        mail.requeue()
    assert _states() == [("failed", mail.TRIES)]
    assert Entry.objects.filter(event="mail.fail").count() == 1


def test_a_letter_that_ends_its_workers_is_given_up(
    box: Box, head: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(notice: Notice) -> None:
        raise SystemExit

    tell([head], "comment.ask", message("Publish"), "/")
    letter = Letter.objects.get()
    with monkeypatch.context() as patch:
        patch.setattr(mail, "_written", killed)
        for attempt in range(1, mail.TRIES + 1):
            with pytest.raises(SystemExit):
                mail.send(letter.pk)
            assert _states() == [("sending", attempt)]
            Letter.objects.update(due_at=timezone.now() - timedelta(seconds=1))
            assert mail.requeue() == 1
    mail.send(letter.pk)
    assert Letter.objects.get().state == "failed"
    assert box.kept == []


def test_letters_that_wait_are_dropped_where_mail_was_switched_off(
    box: Box, head: Person, settings: Any
) -> None:
    tell([head], "comment.ask", message("Publish"), "/")
    settings.MAIL = None
    _work()
    assert _states() == [("dropped", 1)]


def test_the_letter_of_a_dead_worker_is_sent_under_the_same_name(box: Box, head: Person) -> None:
    tell([head], "comment.ask", message("Publish"), "/")
    _work()
    Letter.objects.update(state="sending", ended_at=None, due_at=timezone.now() - timedelta(seconds=1))
    assert mail.requeue() == 1
    _work()
    names = {letter["Message-ID"] for _, letter in box.kept}
    assert (len(box.kept), len(names)) == (2, 1)
    mail.send(Letter.objects.get().pk)
    assert len(box.kept) == 2, "what was sent is not sent again"


def test_the_page_of_the_account(box: Box, example: Declaration, signed_in: Callable[[str], Client]) -> None:
    client = signed_in("tianbao")
    assert "邮件提醒" in client.get("/account/").content.decode()
    assert client.post("/account/", {"email": "no address", "mail": "all"}).status_code == 422
    assert client.post("/account/", {"email": "wang@example.cn", "mail": "deadlines"}).status_code == 302
    kept = Person.objects.get(username="tianbao")
    assert (kept.email, kept.mail) == ("wang@example.cn", "deadlines")
    assert Entry.objects.get(event="mail.choose").detail == {"mail": "deadlines"}


def test_nothing_is_sent_where_nothing_is_configured(
    example: Declaration, signed_in: Callable[[str], Client]
) -> None:
    person = Person.objects.get(username="tianbao")
    choose_mail(person, "wang@example.cn", "all")
    tell([person], "comment.ask", message("Publish"), "/")
    assert Letter.objects.count() == 0
    assert "邮件提醒" not in signed_in("tianbao").get("/account/").content.decode()


def test_the_address_of_a_server(monkeypatch: pytest.MonkeyPatch) -> None:
    assert _mail("") is None
    with pytest.raises(ImproperlyConfigured):
        _mail("smtp://mail.example.cn")
    monkeypatch.setenv("HENGLIANG_MAIL_FROM", "hengliang@example.cn")
    monkeypatch.setenv("HENGLIANG_URL", "https://hl.example.cn/")
    found = _mail("smtp+starttls://hl%40example.cn@mail.example.cn")
    assert found is not None
    assert (found["port"], found["user"], found["security"]) == (587, "hl@example.cn", "starttls")
    with pytest.raises(ImproperlyConfigured):
        _mail("http://mail.example.cn")
