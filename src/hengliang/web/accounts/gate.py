"""What stands before every page of a signed-in person: a password that must be changed first."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from hengliang.web.accounts.openid import ID_TOKEN
from hengliang.web.accounts.reader import person_of
from hengliang.web.accounts.sign_in import must_change


def password_first(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Leads whoever must change the password to the page where it is changed; whoever signed in without a
    password goes on."""

    def handle(request: HttpRequest) -> HttpResponse:
        has_password = request.user.is_authenticated and ID_TOKEN not in request.session
        if has_password and must_change(person_of(request)):
            allowed = (
                reverse("password"),
                reverse("sign-out"),
                reverse("set_language"),
                "/static/",
                "/public/",
            )
            if not request.path.startswith(allowed):
                return redirect("password")
        return get_response(request)

    return handle
