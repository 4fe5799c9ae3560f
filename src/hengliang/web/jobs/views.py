"""What a person asked for in the background: how far it is, what came of it, the files that were made."""

from collections.abc import Callable

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from hengliang.web.accounts.models import Person
from hengliang.web.accounts.policies import Refused, signed_in
from hengliang.web.accounts.reader import language, person_of
from hengliang.web.files.queries import place_of
from hengliang.web.jobs import actions, queries
from hengliang.web.jobs.models import Job
from hengliang.web.jobs.shown import shown

_PAGE = 30


@signed_in
@require_GET
def jobs(request: HttpRequest) -> HttpResponse:
    """All that the person asked for, newest first."""
    page = Paginator(queries.jobs_of(person_of(request)), _PAGE).get_page(request.GET.get("page"))
    context = {
        "page_title": _("My tasks"),
        "jobs": [shown(one) for one in page],
        "pages": page,
        "previous_url": f"?page={page.number - 1}" if page.has_previous() else "",
        "next_url": f"?page={page.number + 1}" if page.has_next() else "",
        "days": settings.JOB_FILE_DAYS,
    }
    return render(request, "jobs/index.html", context)


@signed_in
@require_GET
def job(request: HttpRequest, pk: int) -> HttpResponse:
    """The progress of an own job; while it runs the fragment asks again by itself.

    `seen` is the state that the page shows already: what says it is sent again only when it has changed, so
    that a screen reader hears it once. In a list (`spot=list`) nobody is taken elsewhere when it is done.
    """
    found = shown(queries.job_of(person_of(request), pk))
    context = {
        "page_title": found["label"],
        "page_note": found["name"],
        "breadcrumbs": [{"label": _("My tasks"), "url": reverse("jobs")}, {"label": found["label"]}],
        "job": found,
        "spot": request.GET.get("spot", ""),
    }
    if not request.headers.get("HX-Request"):
        return render(request, "jobs/job.html", context)
    seen = request.GET.get("seen")
    if seen is None:
        return render(request, "jobs/_job.html", context)
    answer = render(request, "jobs/_polled.html", context | {"is_new": seen != found["state"]})
    if found["url"] and context["spot"] != "list":
        answer["HX-Redirect"] = found["url"]
    return answer


@signed_in
@require_GET
def file(request: HttpRequest, pk: int) -> FileResponse:
    """The file that a job made, for as long as it is kept and all in it is within reach."""
    person = person_of(request)
    made = actions.fetch(person, queries.job_of(person, pk))
    return FileResponse(place_of(made.digest).open("rb"), as_attachment=True, filename=made.name)


@signed_in
@require_POST
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Gives an own job up."""
    return _done(request, pk, actions.cancel)


@signed_in
@require_POST
def retry(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks for an own job once more."""
    return _done(request, pk, actions.retry)


def _done(request: HttpRequest, pk: int, act: Callable[[Person, Job], None]) -> HttpResponse:
    """Back on the page of an own job after an act, with why it could not be done."""
    person = person_of(request)
    found = queries.job_of(person, pk)
    try:
        act(person, found)
    except Refused as refused:
        messages.error(request, refused.reason.say(language()))
    if request.POST.get("spot") == "list":
        return redirect("jobs")
    return redirect("job", pk=found.pk)


def answered(request: HttpRequest, asked: Job) -> HttpResponse:
    """Where a person goes who asked for work: on, when it is done within a second; else to its progress.
    Whoever shows the problem of quick work beside the question looks at `asked` first."""
    found = shown(queries.awaited(asked, settings.JOB_WAIT_SECONDS))
    if found["file"]:
        return redirect("job-file", pk=asked.pk)
    return redirect(found["url"]) if found["url"] else redirect("job", pk=asked.pk)
