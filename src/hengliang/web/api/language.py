"""In which language an answer is: as `Accept-Language` asks, else Chinese."""

from django.conf import settings
from django.http import HttpRequest
from django.utils import translation
from django.utils.translation.trans_real import parse_accept_lang_header

PREFIX = "/api/v1/"
"""What programs ask. The pages beside it follow the reader's own choice."""


def accepted(request: HttpRequest) -> str:
    """The language of Django's settings that a program asks for: `zh-hans` or `en`."""
    known = dict(settings.LANGUAGES)
    for tag, _weight in parse_accept_lang_header(request.headers.get("Accept-Language", "")[:500].lower()):
        if tag.startswith("zh") and "hant" not in tag:
            return "zh-hans"
        if tag.split("-")[0] in known:
            return tag.split("-")[0]
    return settings.LANGUAGE_CODE


def speak(request: HttpRequest) -> bool:
    """Speaks the language of a program that asks; False where a person looks at a page."""
    if not request.path.startswith(PREFIX):
        return False
    translation.activate(accepted(request))
    return True
