"""The page that people land on, the audit log, and the state of the system."""

from itertools import chain
from typing import Any

from django.contrib import messages
from django.core.exceptions import RequestDataTooBig
from django.core.paginator import Paginator
from django.db import connection
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods
from django.views.defaults import bad_request

from hengliang import __version__
from hengliang.base.csv_file import csv_stream
from hengliang.web.accounts import queries as accounts
from hengliang.web.accounts.models import Person
from hengliang.web.accounts.policies import permissions_of, public, requires, roles_of, signed_in
from hengliang.web.accounts.reader import language, person_of
from hengliang.web.accounts.said import from_data
from hengliang.web.audit import queries as audit
from hengliang.web.declarations.policies import open_moves, written_by
from hengliang.web.declarations.shown import shown_state
from hengliang.web.evaluation.queries import all_readable
from hengliang.web.insight.tasks import Task, left
from hengliang.web.insight.waiting import waiting
from hengliang.web.jobs import queries as jobs
from hengliang.web.project.audit_shown import shown
from hengliang.web.workflow.roles import Permission, Role


def home(request: HttpRequest) -> HttpResponseBase:
    """Leads the public to the public site, and everybody else to what waits for them."""
    if not request.user.is_authenticated:
        return redirect("public")
    return overview(request)


vars(home)["policy"] = "public"


@signed_in
@require_GET
def overview(request: HttpRequest) -> HttpResponse:
    """What waits for the reader: notices, declarations that can be moved on, and the year at a glance."""
    person = person_of(request)
    word = language()
    notices = list(accounts.unread_notices(person)[:20])
    rows: list[dict[str, Any]] = []
    tasks: list[Task] = []
    may_view = Permission.VIEW in permissions_of(person)
    if may_view:
        found = list(all_readable(person)[:100])
        wrote = written_by(person, found)
        open_ = {one.pk: open_moves(person, one, one.pk in wrote) for one in found}
        tasks = waiting(person, found, open_)
        rows = [
            {
                "declaration": one,
                "state": shown_state(one.state),
                "moves": [move.label.say(word) for move in open_[one.pk]],
            }
            for one in found
        ]
        rows.sort(key=lambda row: not row["moves"])
    today = timezone.localdate()
    unread = {"label": _("Unread notices"), "value": str(len(notices)), "href": reverse("notices")}
    waits = {"label": _("Waiting for you"), "value": str(len(tasks)), "href": "#todo"}
    count = {"label": _("Declarations"), "value": str(len(rows))}
    context = {
        "page_title": _("Overview"),
        "figures": [waits, unread, count] if may_view else [unread],
        "duties": [] if may_view else _duties(person),
        "tasks": [{"task": one, "left": left(one.until, today)} for one in tasks],
        "notices": [{"text": from_data(one.text).say(word), "notice": one} for one in notices],
        "rows": rows,
        "may_view": may_view,
    }
    return render(request, "project/overview.html", context)


def _duties(person: Person) -> list[dict[str, str]]:
    """What those look after who read no declarations: the administrators, and whoever has no role yet."""
    duties = {
        Permission.MANAGE_PEOPLE: {
            "title": _("Accounts and roles"),
            "text": _(
                "Add the people who work here and give each of them a role. Begin with a system administrator"
                ", who adds the organisations, and an audit administrator: each must be somebody else."
            ),
            "href": reverse("people"),
            "action": _("To the people"),
        },
        Permission.MANAGE_SYSTEM: {
            "title": _("Organisations and background work"),
            "text": _("Add the organisations that declare, and see whether the background work runs."),
            "href": reverse("system"),
            "action": _("To the system"),
        },
        Permission.READ_AUDIT: {
            "title": _("Audit log"),
            "text": _("Read who did what, and check that no entry was changed, removed or reordered."),
            "href": reverse("audit-log"),
            "action": _("To the audit log"),
        },
    }
    none = {
        "title": _("You have no role yet"),
        "text": _("The security administrator gives roles. Once you have one, your pages appear above."),
    }
    permissions = permissions_of(person)
    return [duty for permission, duty in duties.items() if permission in permissions] or [none]


@requires(Permission.READ_AUDIT)
@require_http_methods(["GET", "POST"])
def audit_log(request: HttpRequest) -> HttpResponseBase:
    """The audit log, newest first: the whole of it for its administrator, what is about the organisations
    within reach for an auditor. A POST checks the whole chain."""
    if request.method == "POST":
        found = audit.verify()
        for one in found[:20]:
            messages.error(
                request, _("Entry %(number)d: ") % {"number": one.number} + one.reason.say(language())
            )
        if not found:
            messages.success(request, _("The chain holds: nothing was changed, removed or reordered."))
        return redirect("audit-log")
    subject, actor, event = (request.GET.get(name, "").strip() for name in ("subject", "actor", "event"))
    entries = audit.entries(subject, actor, event, _audited(person_of(request)))
    if request.GET.get("as") == "csv":
        return _csv(entries)
    page = Paginator(entries, 50).get_page(request.GET.get("page"))
    keep = urlencode({"subject": subject, "actor": actor, "event": event})
    context = {
        "page_title": _("Audit log"),
        "entries": [shown(entry, language()) for entry in page.object_list],
        "head": audit.head(),
        "filters": [
            {"name": "actor", "label": _("Account"), "value": actor},
            {"name": "event", "label": _("Act"), "value": event},
            {"name": "subject", "label": _("Subject"), "value": subject},
        ],
        "number": page.number,
        "total": page.paginator.num_pages,
        "count": page.paginator.count,
        "previous_url": f"?{keep}&page={page.number - 1}" if page.has_previous() else "",
        "next_url": f"?{keep}&page={page.number + 1}" if page.has_next() else "",
        "csv_url": f"?{keep}&as=csv",
    }
    return render(request, "project/audit_log.html", context)


def _audited(person: Person) -> list[str] | None:
    """The codes of the organisations whose entries a person reads; None: all entries."""
    if Role.AUDIT_ADMINISTRATOR in roles_of(person):
        return None
    within = accounts.all_organisations(person, Permission.READ_AUDIT)
    return list(within.values_list("code", flat=True))


_COLUMNS = (
    "number", "at", "actor", "actor_name", "event", "subject", "subject_name", "organisation", "outcome",
    "detail", "previous", "hash",
)  # fmt: skip


def _csv(entries: Any) -> StreamingHttpResponse:
    """The entries as a file, line by line: the log may be longer than the memory."""
    lines = ([getattr(entry, name) for name in _COLUMNS] for entry in entries.iterator(chunk_size=1000))
    headers = {"Content-Disposition": 'attachment; filename="audit-log.csv"'}
    return StreamingHttpResponse(
        csv_stream(chain((_COLUMNS,), lines)), content_type="text/csv; charset=utf-8", headers=headers
    )


@requires(Permission.MANAGE_SYSTEM)
@require_GET
def system(request: HttpRequest) -> HttpResponse:
    """The state of the installation: version, database, background work."""
    from django.db import connection

    counts = jobs.counts()
    context = {
        "page_title": _("System"),
        "items": [
            {"label": _("Version"), "text": __version__},
            {"label": _("Database"), "text": connection.vendor},
            {
                "label": _("Background work"),
                "text": ngettext("%(n)d waits", "%(n)d wait", counts["queued"]) % {"n": counts["queued"]}
                + _(", %(running)d running, %(failed)d failed") % counts,
            },
            {
                "label": _("Organisations"),
                "text": _("Add or see organisations"),
                "href": reverse("organisations"),
            },
        ],
    }
    return render(request, "project/system.html", context)


def unreadable(request: HttpRequest, exception: Exception) -> HttpResponse:
    """What cannot be read: too much of it, or none that a page could have sent."""
    if isinstance(exception, RequestDataTooBig):
        return render(request, "413.html", status=413)
    return bad_request(request, exception)


@public
@require_GET
def health(request: HttpRequest) -> HttpResponse:
    """Whether the application answers and reaches its database; for a watchdog, says nothing else."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ok", content_type="text/plain")
