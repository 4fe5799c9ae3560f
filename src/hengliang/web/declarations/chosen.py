"""The organisation and the year that a page is about: asked for in its address, else the reader's own."""

from typing import Any, NamedTuple

from django.http import HttpRequest

from hengliang.web.accounts.models import Organisation
from hengliang.web.accounts.queries import organisations_in_reach
from hengliang.web.accounts.reader import person_of, whole
from hengliang.web.declarations.queries import years_in_reach

_MOST = 200


class Chosen(NamedTuple):
    """What was chosen; `frame` is what the head of the page shows, `query` carries it to other pages."""

    organisation: Organisation | None
    year: int
    frame: dict[str, Any]
    query: str


def chosen(request: HttpRequest) -> Chosen:
    """The choice of `?organisation=CODE&year=YEAR`. An organisation out of reach is not chosen."""
    person = person_of(request)
    places = list(organisations_in_reach(person)[:_MOST])
    code = request.GET.get("organisation") or (person.organisation.code if person.organisation else "")
    place = next((one for one in places if one.code == code), places[0] if places else None)
    years = years_in_reach(person)
    wanted = request.GET.get("year", "")
    year = found if 1990 <= (found := whole(wanted) or 0) <= 2100 else years[0]

    def url(code: str, year: int) -> str:
        return f"?organisation={code}&year={year}"

    here = place.code if place else ""
    frame = {
        "year": year,
        "years": [{"label": str(one), "url": url(here, one), "current": one == year} for one in years],
        "organisation": place.name if place else "",
        "organisations": [
            {"label": one.name, "url": url(one.code, year), "current": one == place} for one in places
        ],
    }
    return Chosen(place, year, frame, url(here, year))
