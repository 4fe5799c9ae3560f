"""The addresses of the interface, of its documentation, and of the page of tokens."""

from django.urls import URLPattern, include, path

from hengliang.web.api import views
from hengliang.web.api.interface import interface
from hengliang.web.api.operations import OPERATIONS


def _routes() -> list[URLPattern]:
    """The routes of the interface, each marked with its policy: a token, and for each method the scope."""
    # One pattern for each address: ninja gives one for each method, all with the same view behind.
    given = (one for one in reversed(interface.urls[0]) if isinstance(one, URLPattern))
    patterns = [*{str(one.pattern): one for one in given if one.name != "api-root"}.values()][::-1]
    scopes = {
        route: {
            method: OPERATIONS[operation.view_func.__name__].scope
            for operation in view.operations
            for method in operation.methods
        }
        for router in interface._get_bound_routers()  # pyright: ignore[reportPrivateUsage]
        for route, view in router.path_operations.items()
    }
    for pattern in patterns:
        known = next(found for route, found in scopes.items() if _django(route) == str(pattern.pattern))
        vars(pattern.callback).update(policy="token", scopes=known)
    return patterns


def _django(route: str) -> str:
    """A route as Django writes it."""
    return route.strip("/").replace("{", "<").replace("}", ">")


urlpatterns = [
    path("api/", views.documentation, name="api"),
    path("api/v1/openapi.json", views.openapi, name="openapi"),
    path("api/v1/", include((_routes(), "api-v1"))),
    path("account/tokens/", views.tokens, name="tokens"),
    path("account/tokens/<int:pk>/", views.revoke, name="revoke-token"),
]
