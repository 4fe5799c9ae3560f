"""Tells the pages of records what measuring made of their rows."""

from hengliang.web.declarations.models import Declaration
from hengliang.web.evaluation.scoring import latest_measuring
from hengliang.web.evidence.models import Load
from hengliang.web.evidence.told import Told, tells


@tells
def counted(load: Load, language: str) -> list[Told]:
    """What the newest measuring of each declaration of the unit and year says of the rows of a batch."""
    found: dict[str, Told] = {}
    declarations = Declaration.objects.filter(
        organisation=load.organisation, round__fiscal_year=load.year, approved__isnull=False
    )
    for declaration in declarations.order_by("pk"):
        newest = latest_measuring(declaration)
        for one in newest.result[language]["measurements"] if newest else ():
            rows = [row for row in one["rows"] or () if row["batch"] == load.batch]
            if rows:
                took = frozenset(row["source_row"] for row in rows if row["counted"])
                left = {row["source_row"]: row["reason"] or "" for row in rows if not row["counted"]}
                found.setdefault(one["metric"], Told(one["metric"], one["name"], took, left))
    return list(found.values())
