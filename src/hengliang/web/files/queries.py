"""Where files lie."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

from hengliang.web.files.models import StoredFile


def place_of(digest: str) -> Path:
    """The place of a content in the folder of files."""
    return Path(settings.MEDIA_ROOT) / digest[:2] / digest[2:4] / digest


def content_of(file: StoredFile) -> bytes:
    """The content of a file. Raises FileNotFoundError when the folder has lost it."""
    return place_of(file.digest).read_bytes()


def damaged() -> Iterator[tuple[str, str]]:
    """Digest and name of every file whose content is lost or is another one now."""
    for digest, name in StoredFile.objects.values_list("digest", "name").distinct().iterator():
        try:
            with place_of(digest).open("rb") as stream:
                found = hashlib.file_digest(stream, "sha256").hexdigest()
        except OSError:
            found = ""
        if found != digest:
            yield digest, name
