"""Every address of the application and who may call it, read from the addresses themselves."""

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from django.urls import URLPattern, URLResolver, get_resolver

from hengliang.web.workflow.roles import PERMISSIONS, Permission, Role

Policy = str | tuple[Permission, ...]
"""`public`, `signed in`, or the permissions of which one is needed."""


class Route(NamedTuple):
    """One address: its pattern with holes, its view, and the view's policy (None: it forgot to have one)."""

    pattern: str
    view: Any
    policy: Policy | None

    def is_open_to(self, role: Role) -> bool:
        """Whether a role gets past the policy; whether it then reaches an object is another question."""
        if self.policy is None:
            return False
        return isinstance(self.policy, str) or not PERMISSIONS[role].isdisjoint(self.policy)


def routes(patterns: Sequence[Any] | None = None, prefix: str = "") -> Iterator[Route]:
    """All of them, in the order in which they are tried. Django must be set up."""
    entry: Any
    for entry in get_resolver().url_patterns if patterns is None else patterns:
        pattern = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from routes(entry.url_patterns, pattern)
        elif isinstance(entry, URLPattern):
            yield Route(pattern, entry.callback, getattr(entry.callback, "policy", None))
