"""The pages beside the interface: the own tokens, and the documentation."""

import json
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hengliang.web.accounts import sign_in
from hengliang.web.accounts.policies import Refused, public, requires
from hengliang.web.accounts.reader import language, person_of
from hengliang.web.api import actions, queries
from hengliang.web.api.described import described
from hengliang.web.api.openapi import document
from hengliang.web.api.scopes import WORDS, Scope, open_to
from hengliang.web.workflow.roles import Permission


class TokenForm(forms.Form):
    """A token to make; who is there is asked again."""

    name = forms.CharField(
        label=gettext_lazy("Name"),
        max_length=60,
        help_text=gettext_lazy("What uses it, as “budget system”; the audit log names it."),
    )
    scopes = forms.MultipleChoiceField(
        label=gettext_lazy("What it may be used for"), widget=forms.CheckboxSelectMultiple
    )
    days = forms.TypedChoiceField(
        label=gettext_lazy("Lasts"),
        coerce=int,
        initial=90,
        choices=[
            (30, gettext_lazy("30 days")),
            (90, gettext_lazy("90 days")),
            (180, gettext_lazy("180 days")),
            (365, gettext_lazy("One year")),
        ],
    )
    password = forms.CharField(
        label=gettext_lazy("Your password"),
        strip=False,
        max_length=1000,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    code = forms.CharField(
        label=gettext_lazy("Code of the authenticator"),
        max_length=10,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
    )

    def __init__(self, request: HttpRequest, data: Any = None) -> None:
        super().__init__(data)
        person = person_of(request)
        self.fields["scopes"].choices = [  # pyright: ignore[reportAttributeAccessIssue]
            (scope.value, WORDS[scope].say(language())) for scope in open_to(person)
        ]
        if not sign_in.asks_password(request):
            del self.fields["password"]
        if not person.totp_secret:
            del self.fields["code"]


@requires(Permission.VIEW, Permission.EVALUATE)
@sensitive_post_parameters("password", "code")
@require_http_methods(["GET", "POST"])
def tokens(request: HttpRequest) -> HttpResponse:
    """The own tokens. A POST makes one, and its answer shows the secret, which is seen this once."""
    person = person_of(request)
    form = TokenForm(request, request.POST if request.method == "POST" else None)
    made = None
    if form.is_valid():
        data = form.cleaned_data
        try:
            sign_in.confirm(request, data.get("password", ""), data.get("code", ""))
            scopes = [Scope(one) for one in data["scopes"]]
            made = actions.make(person, data["name"].strip(), scopes, data["days"])
            form = TokenForm(request)
        except (sign_in.NotSignedIn, Refused) as refused:
            form.add_error(None, refused.reason.say(language()))
    now = timezone.now()
    rows = [
        {
            "token": one,
            "scopes": [WORDS[Scope(name)].say(language()) for name in one.scopes],
            "alive": one.ended_at is None and one.expires_at > now,
            "expired": one.ended_at is None and one.expires_at <= now,
        }
        for one in queries.tokens(person)[:100]
    ]
    context = {
        "page_title": _("Tokens for programs"),
        "form": form,
        "rows": rows,
        "made": made[0] if made else None,
        "secret": made[1] if made else "",
    }
    return render(request, "api/tokens.html", context, status=422 if form.errors else 200)


@requires(Permission.VIEW, Permission.EVALUATE)
@require_POST
def revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """Ends one of the own tokens."""
    try:
        actions.revoke(person_of(request), pk)
    except Refused as refused:
        messages.error(request, refused.reason.say(language()))
    else:
        messages.success(request, _("The token is revoked; nothing can use it any more."))
    return redirect("tokens")


@public
@require_GET
def openapi(request: HttpRequest) -> HttpResponse:
    """The OpenAPI document."""
    text = json.dumps(document(language()), ensure_ascii=False)
    return HttpResponse(text, content_type="application/json")


@public
@require_GET
def documentation(request: HttpRequest) -> HttpResponse:
    """The interface on a page, made from its OpenAPI document."""
    told = document(language())
    context = {
        "page_title": _("Interface for programs"),
        "about": told["info"],
        "groups": described(told),
        "may_make": request.user.is_authenticated and bool(open_to(person_of(request))),
    }
    return render(request, "api/documentation.html", context)
