"""Where files lie."""

from pathlib import Path

from django.conf import settings

from hengliang.web.files.models import StoredFile


def place_of(digest: str) -> Path:
    """The place of a content in the folder of files."""
    return Path(settings.MEDIA_ROOT) / digest[:2] / digest[2:4] / digest


def content_of(file: StoredFile) -> bytes:
    """The content of a file. Raises FileNotFoundError when the folder has lost it."""
    return place_of(file.digest).read_bytes()
