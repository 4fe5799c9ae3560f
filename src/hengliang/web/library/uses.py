"""What forms in force use, by the names of their indicators: noted when a version comes into force.

Names of which a file shows only the beginning are nobody's names, and are left out.
"""

from hengliang.form.model import Indicator
from hengliang.review.names import plain_name
from hengliang.web.accounts.models import Person
from hengliang.web.declarations.actions_moves import after
from hengliang.web.declarations.draft import opened
from hengliang.web.declarations.models import Declaration, Version
from hengliang.web.library.models import Use

KEY = 200


def key_of(name: str) -> str:
    """What names are compared by, as far as the database keeps it."""
    return plain_name(name)[:KEY]


@after("approve")
@after("approve_adjustment")
def note(actor: Person, declaration: Declaration) -> None:
    """Notes the indicators of the version that comes into force."""
    del actor
    version = declaration.approved
    if version is None or Use.objects.filter(version=version).exists():
        return
    Use.objects.bulk_create(
        Use(declaration=declaration, version=version, row=row, name=one.name, key=key_of(one.name))
        for row, one in rows_of(version).items()
        if key_of(one.name) and "name" not in one.truncated
    )


def rows_of(version: Version) -> dict[str, Indicator]:
    """The indicators of a version by the ids of their rows; counted from 0 where it keeps none."""
    indicators = opened(version.content, version.rows or None).form.indicators
    ids = version.rows or [str(index) for index in range(len(indicators))]
    return dict(zip(ids, indicators, strict=True))
