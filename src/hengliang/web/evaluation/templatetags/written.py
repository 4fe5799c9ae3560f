"""How pages write numbers that the database keeps with more places than somebody wrote."""

from decimal import Decimal

from django import template

from hengliang.base.number import plain

register = template.Library()


@register.filter
def written(number: object) -> str:
    """`12345.670000` as `12345.67`, `100.0000` as `100`; nothing where there is no number."""
    return plain(number.normalize()) if isinstance(number, Decimal) else ""
