"""The pages of the library: searching, one entry, deciding, collecting, adopting."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hengliang.web.accounts.models import Person
from hengliang.web.accounts.policies import Refused, may, requires
from hengliang.web.accounts.reader import language, person_of, whole
from hengliang.web.declarations import queries as declarations
from hengliang.web.declarations.saying import saying
from hengliang.web.library import actions, adopt, policies, queries, shown
from hengliang.web.library.content import content_of
from hengliang.web.library.forms import EntryForm, RevisionForm, texts_of
from hengliang.web.library.models import Entry
from hengliang.web.workflow.roles import Permission

_PAGE = 50
_PICKED = 12


def may_propose(person: Person) -> bool:
    """Whether a person may propose rows of forms somewhere."""
    return any(may(person, one) for one in policies.PROPOSERS)


@requires(Permission.VIEW)
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """The library, searched and narrowed."""
    person = person_of(request)
    asked = {name: request.GET.get(name, "").strip()[:200] for name in shown.FILTERS}
    found = queries.found(asked["q"], **{name: asked[name] for name in asked if name != "q"})
    page = Paginator(found, _PAGE).get_page(request.GET.get("page"))
    entries = queries.entries(list(page.object_list))
    keep = {name: value for name, value in asked.items() if value}
    counts = queries.use_counts(entries)

    def link(number: int) -> str:
        return "?" + urlencode(keep | {"page": number})

    context = {
        "page_title": _("Indicator library"),
        "rows": [shown.row(one, counts[one.pk]) for one in entries],
        "filters": shown.filters(asked),
        "is_narrowed": bool(keep),
        "number": page.number,
        "total": page.paginator.num_pages,
        "count": page.paginator.count,
        "previous_url": link(page.number - 1) if page.has_previous() else "",
        "next_url": link(page.number + 1) if page.has_next() else "",
        "may_keep": may(person, Permission.REVIEW_FINANCE),
        "may_propose": may_propose(person),
        "waiting": queries.waiting(),
        "query": urlencode(keep),
    }
    return render(request, "library/index.html", context)


def breadcrumbs(*last: str) -> list[dict[str, str]]:
    """The way from the library to a page of it."""
    return [{"label": _("Indicator library"), "url": reverse("library")}, *({"label": one} for one in last)]


@requires(Permission.VIEW)
@require_http_methods(["GET", "POST"])
def entry(request: HttpRequest, entry: int) -> HttpResponse:
    """One entry. A POST accepts, retires or adopts it."""
    person, found = person_of(request), queries.entry(entry)
    if request.method == "POST":
        return _act(request, person, found)
    edition = queries.said(found)
    editions = queries.editions(found)
    names = declarations.names_of(one.made_by for one in editions)
    context = {
        "page_title": edition.name,
        "page_state": shown.state(found.state),
        "page_note": _("Edition {number}").format(number=edition.number),
        "breadcrumbs": breadcrumbs(edition.name),
        "entry": found,
        "edition": edition,
        "facts": shown.facts(found, edition),
        "came_from": shown.came_from(found, queries.may_open(person, found)),
        "editions": shown.editions(editions, names),
        "uses": queries.users(person, found),
        "use_count": queries.use_counts([found])[found.pk],
        "alike": [
            {"alike": one, "state": shown.state(one.entry.state)}
            for one in queries.alike(edition.name, found.pk)
        ],
        "may_keep": policies.may_keep(person, found),
        "drafts": list(queries.drafts(person)[:50]) if found.state == Entry.State.ACCEPTED else [],
    }
    return render(request, "library/entry.html", context)


def _act(request: HttpRequest, person: Person, found: Entry) -> HttpResponse:
    act, reason = request.POST.get("act", ""), request.POST.get("reason", "")[:2000]
    with saying(request):
        if act == "adopt":
            declaration = declarations.declaration(person, whole(request.POST.get("declaration", "")) or 0)
            row = adopt.adopt(person, found, declaration)
            messages.success(request, _("The indicator stands in the form. Its points are still to be set."))
            return redirect(reverse("declaration", args=[declaration.pk]) + f"#row-{row}")
        if act in ("accept", "retire"):
            state = Entry.State.ACCEPTED if act == "accept" else Entry.State.RETIRED
            actions.decide(person, found, state, reason)
    return redirect("library-entry", entry=found.pk)


@requires(Permission.REVIEW_FINANCE)
@require_http_methods(["GET", "POST"])
def write(request: HttpRequest) -> HttpResponse:
    """A new entry."""
    form = EntryForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.write(person_of(request), form.content)
        except Refused as refused:
            form.add_error("name", refused.reason.say(language()))
        else:
            return redirect("library-entry", entry=made.pk)
    context = {"page_title": _("New entry"), "breadcrumbs": breadcrumbs(_("New entry")), "form": form}
    if form.is_bound and form.data.get("name"):
        context["alike"] = queries.alike(form.data["name"][:200])
    return render(request, "library/write.html", context, status=422 if form.errors else 200)


@requires(Permission.REVIEW_FINANCE)
@require_http_methods(["GET", "POST"])
def revise(request: HttpRequest, entry: int) -> HttpResponse:
    """A further edition of an entry."""
    person, found = person_of(request), queries.entry(entry)
    policies.require_keep(person, found)
    edition = queries.said(found)
    form = RevisionForm(
        request.POST or None, initial=texts_of(content_of(edition)) | {"base": edition.number}
    )
    if request.method == "POST" and form.is_valid():
        try:
            actions.revise(person, found, form.content, form.cleaned_data["why"], form.cleaned_data["base"])
        except Refused as refused:
            form.add_error(None, refused.reason.say(language()))
        else:
            messages.success(request, _("The new edition holds from now on."))
            return redirect("library-entry", entry=found.pk)
    context = {
        "page_title": _("Change the entry"),
        "breadcrumbs": [
            *breadcrumbs(),
            {"label": edition.name, "url": reverse("library-entry", args=[found.pk])},
            {"label": _("Change the entry")},
        ],
        "form": form,
    }
    return render(request, "library/write.html", context, status=422 if form.errors else 200)


@requires(*policies.PROPOSERS)
@require_http_methods(["GET", "POST"])
def collect(request: HttpRequest) -> HttpResponse:
    """What forms in force use and the library does not have. A POST proposes one of them."""
    person = person_of(request)
    if request.method == "POST":
        declaration = declarations.declaration(person, whole(request.POST.get("declaration", "")) or 0)
        with saying(request):
            made = actions.collect(person, declaration, request.POST.get("row", ""))
            messages.success(request, _("It is proposed. A finance reviewer decides on it."))
            return redirect("library-entry", entry=made.pk)
        return redirect("library-collect")
    words = request.GET.get("q", "").strip()[:100]
    context = {
        "page_title": _("Collect from forms in force"),
        "breadcrumbs": breadcrumbs(_("Collect from forms in force")),
        "candidates": queries.candidates(person, words),
        "filters": [{"name": "q", "label": _("Search"), "value": words}],
    }
    return render(request, "library/collect.html", context)


@requires(Permission.REVIEW_FINANCE)
@require_POST
def plant(request: HttpRequest) -> HttpResponse:
    """Takes the common indicators that come with the application into the library."""
    made = actions.plant(person_of(request))
    said = ngettext("{count} common indicator was added.", "{count} common indicators were added.", made)
    messages.success(request, said.format(count=made))
    return redirect("library")


@requires(Permission.VIEW)
@require_GET
def duplicates(request: HttpRequest) -> HttpResponse:
    """Entries with nearly the same name."""
    context = {
        "page_title": _("Nearly the same"),
        "breadcrumbs": breadcrumbs(_("Nearly the same")),
        "groups": [
            [{"alike": one, "state": shown.state(one.entry.state)} for one in group]
            for group in queries.near_duplicates()
        ],
    }
    return render(request, "library/duplicates.html", context)


@requires(Permission.EDIT)
@require_GET
def pick(request: HttpRequest, pk: int) -> HttpResponse:
    """Part of the editor: entries to put into a form, searched as one types."""
    declaration = declarations.declaration(person_of(request), pk)
    words = request.GET.get("q", "").strip()[:200]
    found = queries.entries(queries.found(words, state=Entry.State.ACCEPTED)[:_PICKED])
    counts = queries.use_counts(found)
    context = {
        "declaration": declaration,
        "words": words,
        "rows": [shown.row(one, counts[one.pk]) for one in found],
        "is_searched": "q" in request.GET,
    }
    return render(request, "library/pick.html", context)


@requires(Permission.EDIT)
@require_POST
def put_in(request: HttpRequest, pk: int, entry: int) -> HttpResponse:
    """Puts an entry into a form from the editor; answers with the id of the row."""
    person = person_of(request)
    declaration = declarations.declaration(person, pk)
    row = adopt.adopt(person, queries.entry(entry), declaration)
    return HttpResponse(row, content_type="text/plain")
