"""Lists in pages: `limit` and `offset`, the number of all, and where the next page is."""

from collections.abc import Callable, Sequence
from typing import Any, Generic, Protocol, TypeVar

from django.http import HttpRequest
from ninja import Field, Schema

from hengliang.base.message import message

MOST = 200
"""Items on one page, at most."""

T = TypeVar("T")


class Paging(Schema):
    """Which part of a list is asked for."""

    limit: int = Field(50, ge=1, le=MOST, description=message("Items on a page").text)
    offset: int = Field(0, ge=0, le=10**9, description=message("Items before the page").text)


class Page(Schema, Generic[T]):
    """A part of a list. The order never changes by itself: it ends with something unique."""

    items: list[T]
    total: int = Field(ge=0, description=message("Items in the whole list").text)
    limit: int
    offset: int
    next: str | None = Field(description=message("The address of the next page; null on the last one").text)


class Countable(Protocol):
    """Rows of the database, in an order."""

    def count(self) -> int: ...
    def __getitem__(self, key: slice, /) -> Any: ...


def page(
    request: HttpRequest, found: Countable | Sequence[Any], paging: Paging, shown: Callable[[Any], Any]
) -> dict[str, Any]:
    """The part of `found` that was asked for, each item as `shown` shows it."""
    total = len(found) if isinstance(found, list | tuple) else found.count()  # pyright: ignore[reportCallIssue]
    part = found[paging.offset : paging.offset + paging.limit]
    after = paging.offset + paging.limit
    following = None
    if after < total:
        query = request.GET.copy()
        query["limit"], query["offset"] = str(paging.limit), str(after)
        following = f"{request.path}?{query.urlencode()}"
    return {
        "items": [shown(one) for one in part],
        "total": total,
        "limit": paging.limit,
        "offset": paging.offset,
        "next": following,
    }
