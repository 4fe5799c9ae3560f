"""Notices by e-mail, where a mail server is configured: queued with the notice, and tried again.

A letter says what kind of thing happened and where to look; names, forms and reasons stay in the application.
It waits in a row of its own beside the entry of the queue, so that a worker that dies loses neither.
"""

import logging
from collections.abc import Iterable
from datetime import timedelta
from hashlib import sha256
from smtplib import SMTPRecipientsRefused

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django_tasks import task

from hengliang.base.message import Message, message
from hengliang.web.accounts.models import Letter, Notice, Person
from hengliang.web.audit.actions import record
from hengliang.web.workflow.moves import MOVES

DEADLINE = "deadline."
"""How the events of reminders begin."""

TRIES = 6
_PAUSE = timedelta(minutes=2)
"""After the first failure; each further pause is three times as long: 2, 6, 18, 54 minutes, 2.7 hours."""
_LEASE = timedelta(minutes=5)
"""A letter that is being sent for so long has lost its worker."""
_LOST = timedelta(hours=1)
"""A letter that was queued so long ago has left the queue."""

_log = logging.getLogger("hengliang.mail")

_OTHERS = {
    "comment.ask": message("A question about a form"),
    "comment.answer": message("An answer to a question"),
    "deadline.near": message("A deadline is near"),
    "deadline.over": message("A deadline has passed"),
}


def wanted(person: Person, event: str) -> bool:
    """Whether a person is to be told of an event by e-mail."""
    if not person.email or not person.is_active or person.mail == Person.Mail.NONE:
        return False
    return person.mail == Person.Mail.ALL or event.startswith(DEADLINE)


def post(notices: Iterable[Notice]) -> None:
    """Queues a letter for each notice whose person wants one; part of the transaction that leaves them."""
    if settings.MAIL is None:
        return
    due = timezone.now() + _LOST
    letters = [Letter(notice=one, due_at=due) for one in notices if wanted(one.person, one.event)]
    for letter in Letter.objects.bulk_create(letters):
        deliver.enqueue(letter.pk)


@task()
def deliver(pk: int) -> None:
    """What stands in the queue: the number of a letter."""
    send(pk)


def send(pk: int) -> None:
    """Sends a letter that waits. Nothing happens when another worker has it or it was sent."""
    now = timezone.now()
    waiting = Letter.objects.filter(pk=pk, state=Letter.State.WAITING)
    # The attempt is counted before it is made, so that a letter that ends its worker is not tried for ever.
    if not waiting.update(state=Letter.State.SENDING, due_at=now + _LEASE, attempts=F("attempts") + 1):
        return
    letter = Letter.objects.select_related("notice__person").get(pk=pk)
    notice = letter.notice
    if settings.MAIL is None or notice.read_at is not None or not wanted(notice.person, notice.event):
        _end(letter, Letter.State.DROPPED)
        return
    if letter.attempts > TRIES:
        _end(letter, Letter.State.FAILED)
        return
    try:
        _written(notice).send()
    except SMTPRecipientsRefused as refused:
        is_lasting = all(code >= 500 for code, _ in refused.recipients.values())
        _failed(letter, refused, is_lasting)
    except Exception as error:
        _failed(letter, error, False)
    else:
        _end(letter, Letter.State.SENT)


def _failed(letter: Letter, error: Exception, is_lasting: bool) -> None:
    # The text of the error may hold the address; the log of the server does not get it.
    _log.warning("letter %s, attempt %s: %s", letter.pk, letter.attempts, type(error).__name__)
    if is_lasting or letter.attempts >= TRIES:
        _end(letter, Letter.State.FAILED)
        return
    letter.state = Letter.State.WAITING
    letter.due_at = timezone.now() + _PAUSE * 3 ** (letter.attempts - 1)
    letter.save(update_fields=["state", "due_at"])


@transaction.atomic
def _end(letter: Letter, state: Letter.State) -> None:
    letter.state, letter.ended_at = state, timezone.now()
    letter.save(update_fields=["state", "ended_at"])
    if state == Letter.State.FAILED:
        person = letter.notice.person
        record(
            None, "mail.fail", f"person:{person.pk}", person.full_name, outcome="refused", letter=letter.pk
        )


def requeue() -> int:
    """Queues letters whose time has come: those to be tried again, and those that a dead worker left. Gives
    their number."""
    now = timezone.now()
    found = 0
    late = Letter.objects.filter(state__in=(Letter.State.WAITING, Letter.State.SENDING), due_at__lte=now)
    for letter in late.order_by("pk")[:1000]:
        with transaction.atomic():
            # Another process may look too; whoever moves the time on has the letter.
            mine = Letter.objects.filter(pk=letter.pk, state=letter.state, due_at=letter.due_at)
            if mine.update(state=Letter.State.WAITING, due_at=now + _LOST):
                deliver.enqueue(letter.pk)
                found += 1
    return found


def _written(notice: Notice) -> EmailMessage:
    person = notice.person
    word = "en" if person.language.startswith("en") else "zh_Hans"
    what = _what(notice.event).say(word)
    mail = settings.MAIL
    link = mail["site"] + (notice.url if notice.url.startswith("/") else "/account/notices/")
    why = message(
        "Sent by Hengliang. What is sent to you by e-mail you choose under {url}",
        url=f"{mail['site']}/account/",
    )
    # The same letter has the same name, should it be sent again after a worker died.
    name = sha256(f"{mail['site']}/{notice.pk}".encode()).hexdigest()[:32]
    return EmailMessage(
        subject=message("[Hengliang] {what}", what=what).say(word),
        body=f"{what}\n\n{link}\n\n{why.say(word)}\n",
        from_email=mail["sender"],
        to=[person.email],
        headers={"Message-ID": f"<{name}@hengliang>", "Auto-Submitted": "auto-generated"},
        connection=get_connection(
            "django.core.mail.backends.smtp.EmailBackend",
            host=mail["host"],
            port=mail["port"],
            username=mail["user"],
            password=mail["password"],
            use_tls=mail["security"] == "starttls",
            use_ssl=mail["security"] == "tls",
            timeout=20,
        ),
    )


def _what(event: str) -> Message:
    """An event in words that name nobody and nothing."""
    move = MOVES.get(event.removeprefix("declaration."))
    if move is not None and event == move.event:
        return message("A form was moved on: {move}", move=move.label)
    return _OTHERS.get(event, message("There is a new notice for you"))
