"""How far a job is."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from hengliang.web.accounts.policies import signed_in
from hengliang.web.accounts.reader import language, person_of
from hengliang.web.accounts.said import from_data
from hengliang.web.jobs import queries
from hengliang.web.jobs.work import KINDS


@signed_in
@require_GET
def job(request: HttpRequest, pk: int) -> HttpResponse:
    """The progress of an own job; while it runs the fragment asks again by itself."""
    found = queries.job_of(person_of(request), pk)
    problem = from_data(found.problem).say(language()) if found.problem else ""
    kind = KINDS[found.kind]
    label = kind.label.say(language())
    context = {
        "page_title": label,
        "label": label,
        "job": found,
        "problem": problem,
        "ended": found.ended_at is not None,
        "next_url": kind.url(found.result) if kind.url and found.state == "done" else "",
    }
    page = "jobs/_job.html" if request.headers.get("HX-Request") else "jobs/job.html"
    return render(request, page, context)
