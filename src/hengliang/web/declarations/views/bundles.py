"""Documents of all forms of a round, in one file."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from hengliang.web.accounts.policies import Refused, requires
from hengliang.web.accounts.reader import language, person_of
from hengliang.web.declarations import queries
from hengliang.web.declarations.bundles import BUNDLES, ask_bundle
from hengliang.web.jobs.views import answered
from hengliang.web.workflow.roles import Permission

_FORMATS = {"xlsx": "Excel", "docx": "Word", "pdf": "PDF", "json": "JSON"}


@requires(Permission.VIEW)
@require_http_methods(["GET", "POST"])
def bundles(request: HttpRequest) -> HttpResponse:
    """What there is to have of a round (the newest, unless `round` says which). A POST asks for it."""
    person = person_of(request)
    rounds = list(queries.rounds_in_reach(person))
    asked = request.GET.get("round") or request.POST.get("round", "")
    chosen = next(
        (one for one in rounds if str(one.pk) == asked), rounds[0] if rounds and not asked else None
    )
    if asked and chosen is None:
        raise Http404
    if request.method == "POST" and chosen is not None:
        what, _colon, wanted = request.POST.get("what", "").partition(":")
        try:
            return answered(request, ask_bundle(person, chosen, what, wanted, language()))
        except KeyError as error:
            raise Http404 from error
        except Refused as refused:
            messages.error(request, refused.reason.say(language()))
            return redirect(f"{reverse('bundles')}?round={chosen.pk}")
    rows = [
        {
            "label": one.label.say(language()),
            "formats": [
                {"value": f"{name}:{wanted}", "label": _FORMATS.get(wanted) or _("Ministry records (JSON)")}
                for wanted in one.formats
            ],
        }
        for name, one in BUNDLES.items()
    ]
    context = {
        "page_title": _("Documents of a round"),
        "page_note": str(chosen or ""),
        "breadcrumbs": [
            {"label": _("Declarations"), "url": reverse("declarations")},
            {"label": _("Documents of a round")},
        ],
        "rounds": rounds,
        "chosen": chosen,
        "count": queries.declarations_in_reach(person).filter(round=chosen).count() if chosen else 0,
        "rows": rows,
    }
    return render(request, "declarations/bundles.html", context)
