"""The library as files: got and taken in."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from hengliang.base.message import message
from hengliang.web.accounts.policies import Refused, requires
from hengliang.web.accounts.reader import language, person_of
from hengliang.web.declarations.actions_files import MOST_BYTES
from hengliang.web.declarations.views.files import attachment
from hengliang.web.library import actions, exchange, queries, shown
from hengliang.web.library.content import content_of
from hengliang.web.library.forms import FileForm
from hengliang.web.library.models import Entry
from hengliang.web.library.views import breadcrumbs
from hengliang.web.workflow.roles import Permission


@requires(Permission.VIEW)
@require_GET
def export(request: HttpRequest, wanted: str) -> HttpResponse:
    """The accepted entries, or those that the same filters as on the page leave, as a file."""
    asked = {name: request.GET.get(name, "").strip()[:200] for name in shown.FILTERS}
    asked["state"] = asked["state"] or Entry.State.ACCEPTED.value
    found = queries.found(asked["q"], **{name: asked[name] for name in asked if name != "q"})
    contents = [content_of(queries.said(one)) for one in queries.entries(found)]
    if wanted == "json":
        return attachment(exchange.to_json(contents), "指标库.json")
    if wanted == "xlsx":
        return attachment(exchange.to_xlsx(contents), "指标库.xlsx")
    raise Http404


@requires(Permission.REVIEW_FINANCE)
@require_http_methods(["GET", "POST"])
def take_in(request: HttpRequest) -> HttpResponse:
    """Takes entries in from a file; all of them or none."""
    form = FileForm(request.POST or None, request.FILES or None)
    context = {
        "page_title": _("Take entries in"),
        "breadcrumbs": breadcrumbs(_("Take entries in")),
        "form": form,
    }
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            if file.size > MOST_BYTES:
                raise exchange.BadLibrary(
                    message("the file is larger than {most} MB", most=MOST_BYTES // 1_000_000)
                )
            taken = actions.take_in(
                person_of(request), exchange.read(file.name, file.read()), file.name[-80:]
            )
        except exchange.BadLibrary as bad:
            form.add_error("file", bad.reason.say(language()))
            context["wrong"] = [
                {"number": one.number, "text": one.reason.say(language())} for one in bad.lines[:100]
            ]
        except Refused as refused:
            form.add_error("file", refused.reason.say(language()))
        else:
            said = _("{fresh} entries are proposed, {changed} got a new edition, {same} stay as they are.")
            messages.success(request, said.format(**taken._asdict()))
            return redirect("library")
    return render(request, "library/take_in.html", context, status=422 if form.errors else 200)
