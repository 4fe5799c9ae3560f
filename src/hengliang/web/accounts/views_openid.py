"""Signing in with the accounts of a city: there, and back."""

import logging

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST

from hengliang.base.message import Message, message
from hengliang.web.accounts import failures, openid, sessions, sign_in
from hengliang.web.accounts.policies import public
from hengliang.web.accounts.reader import language
from hengliang.web.accounts.views import NEXT, SignInForm, after, too_many

_log = logging.getLogger("hengliang.openid")

_UNPROVEN = message("The sign-in with the account of the city did not succeed. Try again, or sign in here.")


def _back(request: HttpRequest) -> str:
    return request.build_absolute_uri(reverse("openid-back"))


@public
@require_GET
def begin(request: HttpRequest) -> HttpResponse:
    """Leads to the provider."""
    if not openid.is_configured():
        raise Http404
    request.session[NEXT] = after(request)
    try:
        return openid.begin(request, _back(request))
    except openid.Unproven as error:
        _log.warning("the provider of accounts could not be asked: %.300r", str(error))
        return _refused(request, message("The server of the accounts of the city does not answer."), 503)


@public
@require_GET
def back(request: HttpRequest) -> HttpResponse:
    """Takes whoever comes back from the provider in, or says why not."""
    if not openid.is_configured():
        raise Http404
    if (refused := too_many(request)) is not None:
        return refused
    if not openid.is_awaited(request):
        # Anybody can ask for this address: only what began here is worth an entry in the log.
        failures.note(request)
        return _refused(request, _UNPROVEN)
    following = request.session.get(NEXT, "/")
    try:
        person = sign_in.by_openid(request, openid.finish(request))
    except openid.Unproven as error:
        _log.warning("a sign-in by OpenID Connect was refused: %.300r", str(error))
        sign_in.openid_failed()
        failures.note(request)
        return _refused(request, _UNPROVEN)
    except sign_in.NotSignedIn as failed:
        failures.note(request)
        return _refused(request, failed.reason)
    if person is None:
        request.session[NEXT] = following
        return redirect("second-factor")
    return HttpResponseRedirect(following)


@public
@csrf_exempt
@require_POST
def ended(request: HttpRequest) -> HttpResponse:
    """Takes the word of the provider that somebody signed out there (Back-Channel Logout): its signature
    stands in the place of a session and of the token of a form."""
    if not openid.is_configured():
        raise Http404
    if (refused := too_many(request)) is not None:
        return refused
    try:
        told = openid.signed_out(request.POST.get("logout_token", ""))
    except openid.Unproven as error:
        _log.warning("a sign-out by OpenID Connect was refused: %.300r", str(error))
        failures.note(request)
        return JsonResponse({"error": "invalid_request"}, status=400)
    sessions.end_signed_out(told)
    return HttpResponse()


def _refused(request: HttpRequest, reason: Message, status: int = 403) -> HttpResponse:
    """The page to sign in, with why it was refused."""
    context = {
        "page_title": _("Sign in"),
        "form": SignInForm(),
        "next": "/",
        "refused": reason.say(language()),
        "action": reverse("sign-in"),
        "oidc_url": reverse("openid"),
    }
    return render(request, "registration/login.html", context, status=status)
