"""The desk of publication for the office, and the public site for everybody."""

from decimal import Decimal
from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hengliang.web.accounts.policies import may, public, requires
from hengliang.web.accounts.reader import language, person_of, whole
from hengliang.web.accounts.said import from_data
from hengliang.web.declarations.queries import declaration as declaration_of
from hengliang.web.declarations.saying import saying
from hengliang.web.evaluation.shown import actual_said, bar
from hengliang.web.files.queries import place_of
from hengliang.web.jobs.models import Job
from hengliang.web.publication import actions, descriptor, open_data, plain, queries
from hengliang.web.publication.models import PublicCopy
from hengliang.web.workflow.roles import Permission

_PAGE = 50


@requires(Permission.VIEW, Permission.PUBLISH)
@require_GET
def desk(request: HttpRequest) -> HttpResponse:
    """What may be published, what waits for review, what is on the site."""
    person = person_of(request)
    context = {
        "page_title": _("Publication"),
        "ready": _paged(request, queries.ready(person)),
        "copies": _paged(request, queries.copies(person), "copies"),
        "may_publish": may(person, Permission.PUBLISH),
    }
    return render(request, "publication/desk.html", context)


def _paged(request: HttpRequest, found: QuerySet[Any], name: str = "page") -> dict[str, Any]:
    """The things on the page of a list that is asked for, and the ways to the pages beside it; the rest of
    the address stays."""
    page = Paginator(found, _PAGE).get_page(request.GET.get(name))

    def beside(number: int) -> str:
        query = request.GET.copy()
        query[name] = str(number)
        return f"?{query.urlencode()}"

    return {
        "rows": list(page),
        "number": page.number,
        "total": page.paginator.num_pages,
        "count": page.paginator.count,
        "previous_url": beside(page.number - 1) if page.has_previous() else "",
        "next_url": beside(page.number + 1) if page.has_next() else "",
    }


@requires(Permission.PUBLISH, Permission.REVIEW_FINANCE)
@require_POST
def prepare(request: HttpRequest, pk: int) -> HttpResponse:
    """Prepares a public copy."""
    person = person_of(request)
    declaration = declaration_of(person, pk)
    with saying(request):
        made = actions.prepare(person, declaration, request.POST.get("reason", ""))
        return redirect("copy", pk=made.pk)
    return redirect("publications")


@requires(Permission.VIEW, Permission.PUBLISH)
@require_http_methods(["GET", "POST"])
def copy(request: HttpRequest, pk: int) -> HttpResponse:
    """A copy as the public will see it, to be reviewed. A POST reviews, publishes again or withdraws it."""
    person = person_of(request)
    found = queries.copy(person, pk)
    if request.method == "POST":
        acts = {
            "review": lambda: actions.review(person, found),
            "package": lambda: actions.package_again(person, found),
            "republish": lambda: actions.republish(person, found),
            "withdraw": lambda: actions.withdraw(person, found, request.POST.get("reason", "")),
        }
        act = acts.get(request.POST.get("act", ""))
        if act is not None:
            with saying(request):
                act()
        return redirect("copy", pk=pk)
    context = _shown(found) | {
        "page_title": str(found.declaration),
        "breadcrumbs": [
            {"label": _("Publication"), "url": reverse("publications")},
            {"label": str(found.declaration)},
        ],
        "copy": found,
        "may_publish": may(person, Permission.PUBLISH, found.declaration.organisation),
        "job_url": reverse("job", args=[found.job.pk])
        if found.job is not None and found.job.person == person
        else "",
        "package_failed": found.job is not None
        and found.job.state in (Job.State.FAILED, Job.State.CANCELLED),
        "package_problem": from_data(found.job.problem).say(language())
        if found.job is not None and found.job.problem
        else "",
    }
    return render(request, "publication/copy.html", context)


def _shown(found: PublicCopy) -> dict[str, Any]:
    """A copy in sentences and rows."""
    word = language()
    content = found.content
    rows = [
        {
            "number": row["number"],
            "name": row["name"],
            "target": "".join(
                part
                for part in (row["operator"] if row["operator"] != "定性" else "", row["target"], row["unit"])
                if part
            ),
            "actual": actual_said(row["actual"]["text"], row["actual"]["facts"], word)
            if row["actual"]
            else "",
            "measured": (row["actual"] or {}).get("origin") == "measured",
            "value": row["low"] if row["low"] == row["high"] else "",
            "low": row["low"] if row["low"] != row["high"] else "",
            "high": row["high"] if row["low"] != row["high"] else "",
            "of": row["weight"] or row["points"],
            "bar": bar(_number(row["low"]), _number(row["high"]), _number(row["weight"])),
            "steps": [step["text"] for step in row["steps"]],
            "criterion": row["criterion"],
            "assumptions": row["assumptions"],
            "questions": row["questions"],
        }
        for row in content["sheet"][word]["rows"]
    ]
    return {
        "promised": plain.promised(content).say(word),
        "came_of_it": [one.say(word) for one in plain.came_of_it(content)],
        "money": plain.money(content).say(word),
        "goals": content["form"]["goals"],
        "rows": rows,
        "computed": sum(one["state"] == "ok" for one in content["measurements"]),
        "grade": content["sheet"][word]["grade"],
    }


def _number(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


@public
@require_GET
def site(request: HttpRequest) -> HttpResponse:
    """The public site: what is published, by year."""
    wanted, words = request.GET.get("year", ""), request.GET.get("q", "").strip()
    year = whole(wanted)
    years = queries.published_years()
    pages = _paged(request, queries.published(year, words))
    context = {
        "page_title": _("Public performance"),
        "home_url": reverse("public"),
        "copies": [
            {"copy": one, "came_of_it": plain.came_of_it(one.content)[-1].say(language())}
            for one in pages["rows"]
        ],
        "pages": pages,
        "filters": [
            {"name": "q", "label": _("Search"), "value": words},
            {
                "name": "year",
                "label": _("Year"),
                "value": str(year or ""),
                "options": [{"value": str(one), "label": str(one)} for one in years],
            },
        ],
        "verify_url": reverse("public-check"),
    }
    return render(request, "publication/site.html", context)


@public
@require_GET
def page(request: HttpRequest, pk: int) -> HttpResponse:
    """One published copy for citizens."""
    found = queries.public_copy(pk)
    context = _shown(found) | {
        "page_title": f"{found.declaration} {found.declaration.round.fiscal_year}",
        "home_url": reverse("public"),
        "breadcrumbs": [
            {"label": _("Public performance"), "url": reverse("public")},
            {"label": str(found.declaration)},
        ],
        "copy": found,
        "publisher": found.declaration.organisation.name,
        "published_on": timezone.localdate(found.published_at).isoformat() if found.published_at else "",
        "verify_url": reverse("public-check"),
    }
    return render(request, "publication/page.html", context, status=410 if found.withdrawn_at else 200)


@public
@require_GET
def check(request: HttpRequest) -> HttpResponse:
    """How anybody checks what is published."""
    context = {
        "page_title": _("How to check these numbers"),
        "home_url": reverse("public"),
        "breadcrumbs": [
            {"label": _("Public performance"), "url": reverse("public")},
            {"label": _("How to check these numbers")},
        ],
    }
    return render(request, "publication/check.html", context)


@public
@require_GET
def data(request: HttpRequest, pk: int, ending: str) -> HttpResponseBase:
    """A published copy as open data: json, csv, xlsx, xml (StratML Part 2), or the package to check (zip)."""
    found = queries.public_copy(pk)
    if found.withdrawn_at is not None:
        return HttpResponse(status=410)
    if ending == "zip":
        return _offered(_package(found), found, ending)
    made = open_data.written(found, ending, _address(request, found))
    return _offered(HttpResponse(made, content_type=open_data.TYPES[ending]), found, ending)


@public
@require_GET
def described(request: HttpRequest, pk: int) -> HttpResponse:
    """What the open data are: columns, types, sizes and digests (datapackage.json)."""
    found = queries.public_copy(pk)
    if found.withdrawn_at is not None:
        return HttpResponse(status=410)
    made = descriptor.as_datapackage(found, _address(request, found))
    answer = HttpResponse(made, content_type="application/json")
    answer["Access-Control-Allow-Origin"] = "*"
    return answer


def _address(request: HttpRequest, found: PublicCopy) -> str:
    return request.build_absolute_uri(reverse("public-page", args=[found.pk]))


@requires(Permission.VIEW, Permission.PUBLISH)
@require_GET
def package(request: HttpRequest, pk: int) -> FileResponse:
    """The package of a copy, for whoever reviews it before it is published."""
    return _package(queries.copy(person_of(request), pk))


def _package(found: PublicCopy) -> FileResponse:
    if found.package is None:
        raise Http404
    stream = place_of(found.package.digest).open("rb")
    return FileResponse(stream, as_attachment=True, filename=_name(found, "zip"))


def _offered(answer: HttpResponseBase, found: PublicCopy, ending: str) -> HttpResponseBase:
    """A download that pages of other sites may fetch."""
    answer["Content-Disposition"] = f'attachment; filename="{_name(found, ending)}"'
    answer["Access-Control-Allow-Origin"] = "*"
    return answer


def _name(found: PublicCopy, ending: str) -> str:
    return f"{found.declaration.organisation.code}-{found.declaration.round.fiscal_year}-{found.pk}.{ending}"
