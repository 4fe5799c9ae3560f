"""The findings on a form: all of them, fixes by one click, setting aside with a reason."""

from collections import Counter
from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hengliang.report.labels import place_label
from hengliang.review.fix import apply_safe, real_edits
from hengliang.web.accounts.policies import requires
from hengliang.web.accounts.reader import language
from hengliang.web.declarations import actions, actions_review, panel, policies, queries_review
from hengliang.web.declarations.draft import BadEdit, Edit
from hengliang.web.declarations.findings import Placed
from hengliang.web.declarations.forms import ReasonForm
from hengliang.web.declarations.views.page import Opened
from hengliang.web.workflow.roles import Permission

_PAGE = 50
_WEIGHT = {"bad": 0, "watch": 1, "plain": 2}
REVIEWERS = (Permission.EDIT, Permission.REVIEW_DEPARTMENT, Permission.REVIEW_FINANCE, Permission.APPROVE)


@requires(Permission.VIEW, Permission.EVALUATE)
@require_GET
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """The findings page by page, the heaviest first, by severity or rule; then those that were set aside with
    their reasons."""
    opened = Opened(request, pk)
    may_edit = policies.may_edit(opened.person, opened.declaration)
    may_set_aside = policies.may_set_aside(opened.person, opened.declaration)

    def shown(one: Placed) -> dict[str, object]:
        made = panel.shown_finding(one, opened.working, pk, language(), may_set_aside, may_edit)
        made["place"] = place_label(opened.working.form, str(made["path"]), language())
        made["mends"] = may_edit and one.finding.fix is not None and bool(real_edits(one.finding.fix))
        return made

    found = [one for one in opened.placed if one.overruled is None]
    severity, code = request.GET.get("severity", ""), request.GET.get("code", "")
    wanted = [
        one
        for one in found
        if severity in ("", panel.TONES[one.finding.severity]) and code in ("", one.finding.code)
    ]
    wanted.sort(key=lambda one: _WEIGHT[panel.TONES[one.finding.severity]])
    pages = Paginator(wanted, _PAGE)
    page = pages.get_page(request.GET.get("page"))
    tones = Counter(panel.TONES[one.finding.severity] for one in found)
    context = opened.context(
        "declaration-findings",
        found=[shown(one) for one in page],
        pages=page,
        query=urlencode({"severity": severity, "code": code}),
        filtered=bool(severity or code),
        filters=[{"name": "code", "label": _("Rule"), "value": code, "options": _rules(found)}],
        counts=[
            {"tone": tone, "word": word, "count": tones[tone], "current": severity == tone}
            for tone, word in (
                ("bad", _("must be mended")),
                ("watch", _("should be looked at")),
                ("plain", _("advice")),
            )
        ],
        aside=[shown(one) for one in opened.placed if one.overruled is not None],
        may_set_aside=may_set_aside,
        safe=sum(bool(one.finding.fix and one.finding.fix.safe) for one in found),
    )
    return render(request, "declarations/findings.html", context)


def _rules(found: list[Placed]) -> list[dict[str, str]]:
    """The rules that found something, with how often, the most frequent first."""
    counted = Counter(one.finding.code for one in found).most_common()
    return [
        {"value": code, "label": f"{code} {panel.rule_name(code, language())} · {count}"}
        for code, count in counted
    ]


@requires(Permission.EDIT)
@require_POST
def fix(request: HttpRequest, pk: int) -> HttpResponse:
    """Applies the fix of one finding, or (without a code) all safe ones. Each change stands in the history of
    its cell, where it can be taken back."""
    opened = Opened(request, pk)
    open_now = [one for one in opened.placed if one.overruled is None]
    code, row, key = (request.POST.get(name, "") for name in ("code", "row", "key"))
    if code:
        chosen = [
            one.finding for one in open_now if (one.finding.code, one.row, one.key) == (code, row, key)
        ][:1]
        edits = [edit for one in chosen if one.fix for edit in real_edits(one.fix)]
    else:
        _after, applied = apply_safe(opened.working.form, [one.finding for one in open_now])
        edits = [edit for one in applied for edit in one.edits]
    changes = [Edit(*opened.working.split(edit.path), edit.new) for edit in edits]
    try:
        actions.save(opened.person, opened.declaration, opened.counter, changes)
    except BadEdit as bad:
        messages.error(request, bad.reason.say(language()))
        return redirect("declaration-findings", pk=pk)
    except actions.Conflicts:
        messages.error(request, _("The form was changed in the meantime. Look at it, then try again."))
        return redirect("declaration-findings", pk=pk)
    said = ngettext("{count} field was mended.", "{count} fields were mended.", len(changes))
    messages.success(request, said.format(count=len(changes)))
    return redirect("declaration-findings", pk=pk)


@requires(*REVIEWERS)
@require_http_methods(["GET", "POST"])
def aside(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks for the reason and sets a finding aside."""
    opened = Opened(request, pk)
    code, row, key = (request.GET.get(name, "") for name in ("code", "row", "key"))
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions_review.set_aside(
            opened.person, opened.declaration, code, row, key, form.cleaned_data["reason"]
        )
        messages.success(request, _("The finding was set aside."))
        return redirect("declaration-findings", pk=pk)
    found = [one for one in opened.placed if (one.finding.code, one.row, one.key) == (code, row, key)]
    if not found:
        messages.warning(request, _("This finding is not there any more."))
        return redirect("declaration-findings", pk=pk)
    shown = panel.shown_finding(found[0], opened.working, pk, language(), False, False)
    shown["place"] = place_label(opened.working.form, str(shown["path"]), language())
    context = opened.context("declaration-findings", finding=shown, form=form)
    return render(request, "declarations/aside.html", context, status=422 if form.errors else 200)


@requires(*REVIEWERS)
@require_POST
def take_up(request: HttpRequest, pk: int, overruling: int) -> HttpResponse:
    """Takes a finding up again that was set aside."""
    opened = Opened(request, pk)
    actions_review.take_up(opened.person, queries_review.overruling(opened.declaration, overruling))
    messages.success(request, _("The finding counts again."))
    return redirect("declaration-findings", pk=pk)
