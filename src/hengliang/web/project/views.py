"""The page that people land on."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from hengliang.web.accounts.policies import signed_in


@signed_in
def home(request: HttpRequest) -> HttpResponse:
    """Leads to the list of declarations until there is more to see."""
    return redirect("declarations")
