"""Parts of pages that are remembered: the same values in the same language give the same text."""

from functools import lru_cache
from typing import Any

from django import template
from django.template import Context, Engine
from django.template.base import token_kwargs
from django.urls import get_script_prefix
from django.utils.safestring import SafeString
from django.utils.translation import get_language

register = template.Library()

_PLAIN = (str, SafeString, int, bool, type(None))

Exact = tuple[type, Any]
"""A value with its type, and so what it holds: 1, True and a text that is HTML already equal others that are
shown differently."""


@register.tag
def kept(parser: template.base.Parser, token: template.base.Token) -> template.Node:
    """`{% kept "part.html" name=value ... %}`, remembered: what an `include` with these values `only` gives.

    The part may read nothing but its values, which are texts, whole numbers, true, false, None, and lists and
    dictionaries of them: no request, no time, nothing that is asked for when it is read. Any other value
    raises TypeError.
    """
    name, *rest = token.split_contents()[1:]
    values = token_kwargs(rest, parser)
    if rest or name[0] not in "\"'" or name[0] != name[-1]:
        raise template.TemplateSyntaxError("kept takes the name of a part in quotes, then name=value")
    return _Kept(name[1:-1], values)


class _Kept(template.Node):
    def __init__(self, part: str, values: dict[str, Any]) -> None:
        self.part, self.values = part, values

    def render(self, context: Context) -> SafeString:
        values = tuple([(name, exact(value.resolve(context))) for name, value in self.values.items()])
        engine = context.template.engine  # pyright: ignore[reportAttributeAccessIssue,reportOptionalMemberAccess]
        return _text(engine, self.part, values, get_language(), get_script_prefix())


def exact(value: object) -> Exact:
    """A plain value with its type. Raises TypeError for what cannot be remembered."""
    kind = type(value)
    if kind in _PLAIN:
        return kind, value
    if isinstance(value, dict):
        return dict, tuple([(key, exact(one)) for key, one in value.items()])
    if isinstance(value, list | tuple):
        return list, tuple([exact(one) for one in value])
    raise TypeError(f"a part that is kept takes plain values, not {kind.__name__}")


def _plain(value: Exact) -> object:
    """The value that `exact` was given."""
    kind, held = value
    if kind is dict:
        return {key: _plain(one) for key, one in held}
    return [_plain(one) for one in held] if kind is list else held


@lru_cache(maxsize=4096)
def _text(
    engine: Engine, part: str, values: tuple[tuple[str, Exact], ...], language: str | None, prefix: str
) -> SafeString:
    """The text of a part. Addresses in it begin with `prefix`, which the thread knows."""
    found = {name: _plain(value) for name, value in values}
    return engine.get_template(part).render(Context(found))
