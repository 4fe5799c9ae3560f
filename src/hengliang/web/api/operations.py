"""How routes are registered: with the scope that they take, and all that the document says of them."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from ninja import Router

from hengliang.base.message import Message
from hengliang.web.api.access import ByToken
from hengliang.web.api.scopes import Scope

View = Callable[..., Any]


class Operation(NamedTuple):
    """What is known of a route beside its parameters and models."""

    scope: Scope | None
    says: Message
    about: Message | None
    problems: tuple[int, ...]
    headers: Mapping[int, Mapping[str, Message]]
    files: Sequence[str]


OPERATIONS: dict[str, Operation] = {}
"""By the id of the operation, which is the name of its function."""


ROUTER = Router()
"""All routes: several methods of one address must stand in one router."""


class Routes:
    """The routes about one thing."""

    def __init__(self, tag: str, words: Message) -> None:
        self.tag, self.words = tag, words

    def add(
        self,
        method: str,
        path: str,
        scope: Scope | None,
        says: Message,
        answers: Any = None,
        status: int = 200,
        problems: tuple[int, ...] = (),
        headers: Mapping[int, Mapping[str, Message]] | None = None,
        files: Sequence[str] = (),
        about: Message | None = None,
    ) -> Callable[[View], View]:
        """Registers a route. `answers` is the model of its answer; `files` are the media types of one that
        is a file. `problems` are the statuses beside those that every route knows."""

        def register(view: View) -> View:
            name = view.__name__
            assert name not in OPERATIONS, name
            OPERATIONS[name] = Operation(scope, says, about, problems, headers or {}, files)
            ROUTER.api_operation(
                [method],
                path,
                tags=[self.tag],
                auth=ByToken(scope),
                response={status: answers},
                operation_id=name,
                summary=says.text,
            )(view)
            return view

        return register

    def get(self, path: str, scope: Scope | None, says: Message, answers: Any = None, **more: Any) -> Any:
        """Registers a route that reads."""
        return self.add("GET", path, scope, says, answers, **more)

    def post(self, path: str, scope: Scope, says: Message, answers: Any = None, **more: Any) -> Any:
        """Registers a route that makes something or begins work."""
        return self.add("POST", path, scope, says, answers, **more)
