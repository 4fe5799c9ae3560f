"""Files: handing a form in, taking it over, and getting the official documents."""

from urllib.parse import quote

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from hengliang.form.model import Kind
from hengliang.form.writers.errors import UnwritableForm
from hengliang.web.accounts.models import Organisation
from hengliang.web.accounts.policies import requires
from hengliang.web.accounts.reader import language, person_of, whole
from hengliang.web.accounts.said import from_data
from hengliang.web.declarations import actions, actions_files, exported, policies, queries
from hengliang.web.declarations.forms import UploadForm
from hengliang.web.declarations.models import Declaration, Round
from hengliang.web.declarations.shown import title_of
from hengliang.web.declarations.views.page import Opened
from hengliang.web.files.actions import BadFile
from hengliang.web.jobs.views import answered
from hengliang.web.workflow.roles import Permission


def attachment(data: bytes, name: str) -> HttpResponse:
    """An answer that a browser saves under a name."""
    disposition = f"attachment; filename*=UTF-8''{quote(name, safe='')}"
    kind = exported.TYPES[name.rpartition(".")[2]]
    return HttpResponse(data, content_type=kind, headers={"Content-Disposition": disposition})


@requires(Permission.VIEW, Permission.EVALUATE)
@require_http_methods(["GET", "POST"])
def files(request: HttpRequest, pk: int) -> HttpResponse:
    """The documents to get, and the file to hand in for the draft."""
    opened = Opened(request, pk)
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        about = opened.declaration
        answer = hand_in(request, form, about.round, about.organisation, about)
        if answer is not None:
            return answer
    context = opened.context(
        "declaration-files",
        form=form,
        formats=[{"key": key, "label": exported.label(key)} for key in exported.FORMATS],
        uploads=queries.uploads(opened.declaration),
        counter=queries.counter(opened.declaration),
    )
    return render(request, "declarations/files.html", context, status=422 if form.errors else 200)


def hand_in(
    request: HttpRequest,
    form: UploadForm,
    round_: Round,
    organisation: Organisation,
    declaration: Declaration | None = None,
) -> HttpResponse | None:
    """Hands in the file of a filled form: what was read of it when that is done at once, else how far it is.
    None, with the reason in the form, when it is not taken or cannot be read."""
    try:
        job = actions_files.hand_in(
            person_of(request), form.cleaned_data["file"], round_, organisation, declaration
        )
    except BadFile as bad:
        form.add_error("file", bad.reason.say(language()))
        return None
    answer = answered(request, job)
    if job.problem:
        form.add_error("file", from_data(job.problem).say(language()))
        return None
    return answer


@requires(Permission.EDIT)
@require_http_methods(["GET", "POST"])
def upload(request: HttpRequest, pk: int) -> HttpResponse:
    """What was read from a file: its forms to choose from, what was not understood; and taking it over."""
    found = queries.upload(person_of(request), pk)
    reading = actions_files.reading_of(found)
    if request.method == "POST":
        number = request.POST.get("form", "")
        base = request.POST.get("base", "")
        try:
            chosen = -1 if (asked := whole(number)) is None else asked
            form = reading.forms[chosen].form if 0 <= chosen < len(reading.forms) else None
            project = (form.project or "")[:300] if form and form.kind is Kind.PROJECT else ""
            made = actions_files.take(person_of(request), found, chosen, whole(base), project)
        except actions.Conflicts:
            messages.error(
                request, _("The form was changed in the meantime. Look at it, then take the file again.")
            )
            return redirect("upload", pk=pk)
        messages.success(request, _("The form was taken from the file."))
        return redirect(
            reverse("declaration", args=[made.pk]) + (f"?taken={pk}" if found.declaration else "")
        )
    unit = found.organisation.name
    context = {
        "upload": found,
        "page_title": _("What was read from the file"),
        "page_note": found.name,
        "year": found.round.fiscal_year,
        "organisation": unit,
        "forms": [
            {
                "number": index,
                "form": read.form,
                "other_unit": bool(read.form.organisation and read.form.organisation != unit),
                "other_year": read.form.fiscal_year not in (None, found.round.fiscal_year),
            }
            for index, read in enumerate(reading.forms)
        ],
        "not_understood": [
            {"text": one.text, "place": one.place.within, "reason": one.reason.say(language())}
            for one in reading.not_understood
        ],
        "remarks": [one.say(language()) for one in reading.remarks],
        "coverage": round(reading.coverage * 100),
        "draft": queries.draft(found.declaration) if found.declaration else None,
        "saved_by": queries.saver(found.declaration) if found.declaration else "",
        "may_take": found.taken is None
        and (found.declaration is None or policies.may_edit(person_of(request), found.declaration)),
    }
    return render(request, "declarations/upload.html", context)


@requires(Permission.VIEW, Permission.EVALUATE)
@require_GET
def export(request: HttpRequest, pk: int, wanted: str) -> HttpResponse:
    """The form as a document: of the draft, or (`version`) of a version."""
    opened = Opened(request, pk)
    form = opened.working.form
    if number := request.GET.get("version", ""):
        form = exported.form_of(queries.version(opened.declaration, whole(number) or 0))
    try:
        data = exported.document(form, wanted, opened.declaration.round.profile)
    except (KeyError, UnwritableForm):
        messages.error(request, _("The form cannot be written in this format."))
        return redirect("declaration-files", pk=pk)
    about = opened.declaration
    name = f"{about.organisation.name}{about.round.fiscal_year}{title_of(about)}"
    return attachment(data, f"{name}.{exported.FORMATS[wanted]}")


@requires(Permission.EDIT)
@require_http_methods(["GET", "POST"])
def begin(request: HttpRequest, round_pk: int, organisation_pk: int) -> HttpResponse:
    """Begins a form in a round: empty, from a file, or with what was declared the year before."""
    person = person_of(request)
    start = queries.start(person, round_pk, organisation_pk)
    form = (
        UploadForm(request.POST or None, request.FILES or None) if "file" in request.FILES else UploadForm()
    )
    if request.method == "POST":
        how = request.POST.get("how", "")
        project = request.POST.get("project", "").strip()[:300]
        if how == "empty":
            made = actions.begin(person, start.round, start.organisation, project=project)
            return redirect("declaration", pk=made.pk)
        if how == "copy":
            last = next((one for one in start.earlier if str(one.pk) == request.POST.get("last")), None)
            if last is not None:
                made = actions_files.copy_last_year(person, start.round, start.organisation, last)
                messages.success(request, _("Copied from the year before; results were left out."))
                return redirect("declaration", pk=made.pk)
        elif how == "file":
            form = UploadForm(request.POST, request.FILES)
            if form.is_valid():
                answer = hand_in(request, form, start.round, start.organisation)
                if answer is not None:
                    return answer
    context = {
        "start": start,
        "form": form,
        "page_title": _("Begin a declaration"),
        "page_note": start.round.name,
        "year": start.round.fiscal_year,
        "organisation": start.organisation.name,
        "has_whole": any(not one.project for one in start.here),
    }
    return render(request, "declarations/begin.html", context, status=422 if form.errors else 200)
