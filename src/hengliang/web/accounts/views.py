"""Signing in and out, the own account: password, second factor, sessions, notices."""

import io
from base64 import b64encode
from typing import cast

import segno
from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.forms import PasswordChangeForm
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from hengliang.base.message import message
from hengliang.web.accounts import actions, failures, openid, queries, sessions, sign_in
from hengliang.web.accounts import second_factor as totp
from hengliang.web.accounts.models import Person
from hengliang.web.accounts.policies import Refused, public, signed_in
from hengliang.web.accounts.reader import language, person_of
from hengliang.web.accounts.said import from_data

_NEW_SECRET = "accounts.new_secret"


class SignInForm(forms.Form):
    """Name and password."""

    username = forms.CharField(
        label=gettext_lazy("Account"),
        max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "username", "autofocus": True}),
    )
    password = forms.CharField(
        label=gettext_lazy("Password"),
        strip=False,
        max_length=1000,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )


class CodeForm(forms.Form):
    """The code of an authenticator."""

    code = forms.CharField(
        label=gettext_lazy("Code of the authenticator"),
        max_length=10,
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "autofocus": True}
        ),
    )


class AuthenticatorForm(CodeForm):
    """The code of a new authenticator, and who is there: the password, and the code of the one before."""

    password = forms.CharField(
        label=gettext_lazy("Your password"),
        strip=False,
        max_length=1000,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    before = forms.CharField(
        label=gettext_lazy("Code of the authenticator used until now"),
        max_length=10,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
    )

    def __init__(self, request: HttpRequest) -> None:
        super().__init__(request.POST or None)
        if not sign_in.asks_password(request):
            del self.fields["password"]
        if not person_of(request).totp_secret:
            del self.fields["before"]


class NewPasswordForm(PasswordChangeForm):
    """A new password; whoever guesses the old one locks the account, as in signing in."""

    def clean_old_password(self) -> str:
        """The old password, when it is right."""
        old = str(self.cleaned_data["old_password"])
        if not sign_in.knows_password(cast("Person", self.user), old):
            raise forms.ValidationError(self.error_messages["password_incorrect"], code="password_incorrect")
        return old


class MailForm(forms.Form):
    """What is sent by e-mail, and where to."""

    email = forms.EmailField(label=gettext_lazy("E-mail address"), required=False, max_length=254)
    mail = forms.ChoiceField(label=gettext_lazy("Sent by e-mail"), choices=Person.Mail.choices)


NEXT = "accounts.next"
"""The key of the session under which stands where to go once somebody is signed in."""


def after(request: HttpRequest) -> str:
    """Where to go after signing in: what the page asked for, when it is an address of this site."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    fine = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, request.is_secure())
    return wanted if fine else "/"


def too_many(request: HttpRequest) -> HttpResponse | None:
    """The refusal of an address from which signing in failed too often this minute."""
    wait = failures.must_wait(request)
    if wait is None:
        return None
    reason = message("Signing in failed too often from your network. Wait {seconds} seconds.", seconds=wait)
    answer = render(request, "429.html", {"reason": reason.say(language())}, status=429)
    answer["Retry-After"] = str(wait)
    return answer


@public
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def enter(request: HttpRequest) -> HttpResponse:
    """The page to sign in with a name and a password."""
    if request.method == "POST" and (refused := too_many(request)) is not None:
        return refused
    form = SignInForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        name, password = form.cleaned_data["username"], form.cleaned_data["password"]
        try:
            person = sign_in.first_factor(request, name, password)
        except sign_in.NotSignedIn as failed:
            failures.note(request)
            form.add_error(None, failed.reason.say(language()))
        else:
            if person is None:
                request.session[NEXT] = after(request)
                return redirect("second-factor")
            return HttpResponseRedirect(after(request))
    status = 200 if request.method == "GET" else 422
    context = {"page_title": _("Sign in"), "form": form, "next": after(request), "oidc_url": _openid(request)}
    return render(request, "registration/login.html", context, status=status)


@public
@require_http_methods(["GET", "POST"])
def second_factor(request: HttpRequest) -> HttpResponse:
    """The page that asks for the second factor."""
    if sign_in.WAITING not in request.session:
        return redirect("sign-in")
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        following = request.session.get(NEXT, "/")
        try:
            sign_in.second_factor(request, form.cleaned_data["code"])
        except sign_in.NotSignedIn as failed:
            form.add_error(None, failed.reason.say(language()))
        else:
            return HttpResponseRedirect(following)
    status = 200 if request.method == "GET" else 422
    return render(
        request,
        "accounts/second_factor.html",
        {"page_title": _("Second factor"), "form": form},
        status=status,
    )


@signed_in
@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    """Signs out. Whoever came from a provider is offered to sign out there too: a link, since the policy of
    the pages lets no form lead to another site."""
    token = request.session.get(openid.ID_TOKEN)
    home = request.build_absolute_uri(reverse("sign-in"))
    there = openid.end_address(token, home) if token and openid.is_configured() else ""
    sign_in.end(request, person_of(request))
    if there:
        return render(request, "accounts/left.html", {"page_title": _("Signed out"), "there": there})
    return redirect("sign-in")


def _openid(request: HttpRequest) -> str:
    """Where one signs in with the account of the city; empty where that is not configured."""
    return f"{reverse('openid')}?{urlencode({'next': after(request)})}" if openid.is_configured() else ""


@signed_in
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def password(request: HttpRequest) -> HttpResponse:
    """Changes the own password. Raises `Refused` for who has none."""
    person = person_of(request)
    if not person.has_usable_password():
        raise Refused(
            message("You sign in with the account of the city; there is no password here to change.")
        )
    form = NewPasswordForm(person, request.POST or None)
    if request.method == "POST" and form.is_valid():
        sessions.change_password(request, form.cleaned_data["new_password1"])
        messages.success(request, _("The password is changed."))
        return redirect("account")
    context = {"page_title": _("Change the password"), "form": form, "forced": sign_in.must_change(person)}
    return render(request, "accounts/password.html", context, status=422 if form.errors else 200)


@signed_in
@require_http_methods(["GET", "POST"])
def account(request: HttpRequest) -> HttpResponse:
    """The own account: roles, second factor, sessions. A POST chooses what is sent by e-mail."""
    person = person_of(request)
    form = MailForm(request.POST or None, initial={"email": person.email, "mail": person.mail})
    if request.method == "POST" and form.is_valid():
        actions.choose_mail(person, form.cleaned_data["email"], form.cleaned_data["mail"])
        messages.success(request, _("Your choice is kept."))
        return redirect("account")
    context = {
        "form": form,
        "has_mail": settings.MAIL is not None,
        "page_title": _("My account"),
        "person": person,
        "roles": queries.roles_shown(person, language()),
        "sessions": [
            {"sign_in": one, "current": one.session == request.session.session_key}
            for one in sessions.open_sessions(person)
        ],
    }
    return render(request, "accounts/account.html", context, status=422 if form.errors else 200)


@signed_in
@sensitive_post_parameters("password", "code", "before")
@require_http_methods(["GET", "POST"])
def authenticator(request: HttpRequest) -> HttpResponse:
    """Sets an authenticator up: its QR code, a code of it as proof, and who is there."""
    person = person_of(request)
    secret = request.session.get(_NEW_SECRET)
    if secret is None:
        secret = request.session[_NEW_SECRET] = totp.new_secret()
    form = AuthenticatorForm(request)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            sign_in.confirm(request, data.get("password", ""), data.get("before", ""))
        except sign_in.NotSignedIn as failed:
            form.add_error(None, failed.reason.say(language()))
        else:
            if sign_in.use_second_factor(person, secret, data["code"]):
                del request.session[_NEW_SECRET]
                messages.success(request, _("From now on the code is asked for when you sign in."))
                return redirect("account")
            form.add_error("code", _("The code is not right. Is the clock of the telephone right?"))
    picture = io.BytesIO()
    segno.make(totp.address(secret, person.username)).save(picture, kind="svg", scale=5, xmldecl=False)
    context = {
        "page_title": _("Set up the second factor"),
        "form": form,
        "secret": " ".join(secret[at : at + 4] for at in range(0, len(secret), 4)),
        "picture": f"data:image/svg+xml;base64,{b64encode(picture.getvalue()).decode()}",
    }
    return render(request, "accounts/authenticator.html", context, status=422 if form.errors else 200)


@signed_in
@require_POST
def revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """Ends another session of one's own."""
    try:
        sessions.revoke(person_of(request), pk)
    except Refused as refused:
        messages.error(request, refused.reason.say(language()))
    return redirect("account")


@signed_in
@require_http_methods(["GET", "POST"])
def notices(request: HttpRequest) -> HttpResponse:
    """What one was told. A POST marks all as read."""
    person = person_of(request)
    if request.method == "POST":
        actions.read_notices(person)
        return redirect("notices")
    rows = [
        {"notice": one, "text": from_data(one.text).say(language())} for one in queries.notices(person)[:200]
    ]
    return render(request, "accounts/notices.html", {"page_title": _("Notices"), "rows": rows})
