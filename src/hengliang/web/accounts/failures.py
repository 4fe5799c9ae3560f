"""Signing in that fails again and again from one address: beyond a limit the address must wait.

An account locks by itself after failures; this keeps whoever tries many accounts, or comes back from the
provider with nothing, from filling the audit log and from keeping the server busy.
"""

import time
from ipaddress import IPv6Address, ip_address

from django.db import transaction
from django.db.models import Case, F, When
from django.http import HttpRequest

from hengliang.web.accounts.models import Failures

MOST = 20
"""Failures in a minute; an office behind one address shares them."""
_KEPT = 60
"""Minutes after which an address is forgotten."""


def must_wait(request: HttpRequest) -> int | None:
    """The seconds that the address of a request must wait; None when it may try."""
    minute, second = divmod(int(time.time()), 60)
    if Failures.objects.filter(address=_address(request), minute=minute, number__gte=MOST).exists():
        return 60 - second
    return None


@transaction.atomic
def note(request: HttpRequest) -> None:
    """Counts a failure of the address of a request."""
    address, minute = _address(request), int(time.time() // 60)
    _, is_new = Failures.objects.get_or_create(address=address, defaults={"minute": minute, "number": 0})
    if is_new:
        Failures.objects.filter(minute__lt=minute - _KEPT).delete()
    Failures.objects.filter(address=address).update(
        number=Case(When(minute=minute, then=F("number") + 1), default=1), minute=minute
    )


def _address(request: HttpRequest) -> str:
    """The address, or the network of one household or office where there are addresses without end."""
    text = request.META.get("REMOTE_ADDR", "")
    try:
        known = ip_address(text)
    except ValueError:
        return text[:45]
    if isinstance(known, IPv6Address) and known.ipv4_mapped is None:
        return str(IPv6Address(int(known) >> 64 << 64))
    return str(known)
