"""Pages of the security administrator (people and roles) and of the system administrator (organisations)."""

from typing import Any

from django import forms
from django.contrib import messages
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from hengliang.measure.codes import social_credit
from hengliang.web.accounts import actions, queries
from hengliang.web.accounts.models import Organisation, Person
from hengliang.web.accounts.policies import Refused, requires
from hengliang.web.accounts.reader import language, person_of
from hengliang.web.workflow.roles import WORDS, Permission, Role


class PersonForm(forms.Form):
    """A new person."""

    username = forms.RegexField(
        r"^[\w.@+-]+$",
        label=gettext_lazy("Account"),
        max_length=150,
        help_text=gettext_lazy("Letters, digits and . @ + - _"),
    )
    full_name = forms.CharField(label=gettext_lazy("Full name"), max_length=150)
    organisation = forms.ModelChoiceField(
        Organisation.objects.none(), label=gettext_lazy("Organisation"), required=False,
        help_text=gettext_lazy("Where the person works; nobody reviews a form of the own organisation."),
    )  # fmt: skip

    def __init__(self, actor: Person, data: Any = None) -> None:
        super().__init__(data)
        within = queries.all_organisations(actor, Permission.MANAGE_PEOPLE)
        self.fields["organisation"].queryset = within  # pyright: ignore[reportAttributeAccessIssue]


class OrganisationForm(forms.Form):
    """A new organisation."""

    name = forms.CharField(label=gettext_lazy("Full name"), max_length=200)
    code = forms.RegexField(r"^[\w-]+$", label=gettext_lazy("Code"), max_length=60)
    kind = forms.ChoiceField(choices=Organisation.Kind.choices, label=gettext_lazy("Kind"))
    parent = forms.ModelChoiceField(
        Organisation.objects.none(), label=gettext_lazy("Belongs to"), required=False
    )
    credit_code = forms.CharField(
        label=gettext_lazy("Unified social credit code"), max_length=18, required=False
    )

    def __init__(self, actor: Person, data: Any = None) -> None:
        super().__init__(data)
        within = queries.all_organisations(actor, Permission.MANAGE_SYSTEM)
        self.fields["parent"].queryset = within  # pyright: ignore[reportAttributeAccessIssue]

    def clean_credit_code(self) -> str:
        """The code, when it is one."""
        code = str(self.cleaned_data["credit_code"]).upper()
        if code and (reason := social_credit.wrong(code)) is not None:
            raise forms.ValidationError(reason.say(language()))
        return code


@requires(Permission.MANAGE_PEOPLE)
@require_http_methods(["GET", "POST"])
def people(request: HttpRequest) -> HttpResponse:
    """Everybody; a POST adds somebody, and shows the password once."""
    actor = person_of(request)
    form = PersonForm(actor, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made, password = actions.add_person(actor, **form.cleaned_data)
        except IntegrityError:
            form.add_error("username", _("There is an account of this name."))
        else:
            context = {"page_title": made.full_name, "person": made, "password": password}
            return render(request, "accounts/one_time_password.html", context)
    words = request.GET.get("q", "").strip()
    context = {
        "page_title": _("People"),
        "form": form,
        "people": list(queries.people(actor, words)[:300]),
        "filters": [{"name": "q", "label": _("Search"), "value": words}],
    }
    return render(request, "accounts/people.html", context, status=422 if form.errors else 200)


@requires(Permission.MANAGE_PEOPLE)
@require_http_methods(["GET", "POST"])
def person(request: HttpRequest, pk: int) -> HttpResponse:
    """One person: roles, and what the security administrator may do. A POST does one of these things."""
    actor = person_of(request)
    found = queries.person(actor, pk)
    if request.method == "POST":
        try:
            password = _act(request, found)
        except Refused as refused:
            messages.error(request, refused.reason.say(language()))
        else:
            if password:
                context = {"page_title": found.full_name, "person": found, "password": password}
                return render(request, "accounts/one_time_password.html", context)
        return redirect("person", pk=pk)
    context = {
        "page_title": found.full_name,
        "breadcrumbs": [{"label": _("People"), "url": reverse("people")}, {"label": found.full_name}],
        "person": found,
        "own": actor.pk == found.pk,
        "roles": queries.roles_shown(found, language()),
        "all_roles": [{"value": role.value, "label": WORDS[role].say(language())} for role in Role],
        "organisations": list(queries.all_organisations(actor, Permission.MANAGE_PEOPLE)),
    }
    return render(request, "accounts/person.html", context)


def _act(request: HttpRequest, found: Person) -> str | None:
    """Does what was asked; gives the password where a new one was made."""
    actor, act = person_of(request), request.POST.get("act", "")
    if act == "give":
        within = queries.all_organisations(actor, Permission.MANAGE_PEOPLE)
        wanted = within.filter(code=request.POST.get("organisation", "")).first()
        role = request.POST.get("role", "")
        if wanted is not None and role in set(Role):
            actions.give_role(actor, found, Role(role), wanted)
    elif act == "take":
        held = queries.assignment(found, request.POST.get("assignment", ""))
        if held is not None:
            actions.take_role(actor, found, Role(held.role), held.organisation)
    elif act in ("activate", "deactivate"):
        actions.set_active(actor, found, act == "activate")
    elif act == "drop":
        actions.drop_second_factor(actor, found)
    elif act == "reset":
        return actions.reset_password(actor, found)
    return None


@requires(Permission.MANAGE_SYSTEM)
@require_http_methods(["GET", "POST"])
def organisations(request: HttpRequest) -> HttpResponse:
    """The tree of organisations; a POST adds one."""
    actor = person_of(request)
    form = OrganisationForm(actor, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.add_organisation(actor, **form.cleaned_data)
        except IntegrityError:
            form.add_error("code", _("There is an organisation of this code."))
        except Refused as refused:
            form.add_error("parent", refused.reason.say(language()))
        else:
            messages.success(request, _("The organisation is added."))
            return redirect("organisations")
    rows = [
        {"organisation": one, "depth": one.path.count("/") - 1, "indent": "　" * (one.path.count("/") - 1)}
        for one in queries.all_organisations(actor, Permission.MANAGE_SYSTEM)[:2000]
    ]
    context = {
        "page_title": _("Organisations"),
        "breadcrumbs": [{"label": _("System"), "url": reverse("system")}, {"label": _("Organisations")}],
        "form": form,
        "rows": rows,
    }
    return render(request, "accounts/organisations.html", context, status=422 if form.errors else 200)
