"""The tiles of the own ground of maps."""

from django.conf import settings
from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_GET

from hengliang.web.accounts.policies import requires
from hengliang.web.evidence import ground
from hengliang.web.workflow.roles import Permission


@requires(Permission.VIEW, Permission.LOAD)
@require_GET
def tile(request: HttpRequest, z: int, x: int, y: int) -> HttpResponseBase:
    """One tile; nothing where the folder has none, which a map draws as plain ground."""
    found = ground.tile(settings.MAP_FOLDER, z, x, y) if settings.MAP_FOLDER else None
    if found is None:
        answer: HttpResponseBase = HttpResponse(status=204)
    else:
        path, kind = found
        answer = FileResponse(path.open("rb"), content_type=kind)
    answer["Cache-Control"] = "private, max-age=86400"
    return answer
