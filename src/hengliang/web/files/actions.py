"""Keeping files: streamed to disk, checked, and put under their digest in one step."""

import hashlib
import logging
import os
import tempfile
import time
from collections.abc import Iterable
from pathlib import Path

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from hengliang.base.message import Message, message
from hengliang.web.accounts.models import Person
from hengliang.web.audit.actions import record
from hengliang.web.files.kinds import kind_of
from hengliang.web.files.models import StoredFile
from hengliang.web.files.queries import place_of

LEFT_OVER = 24 * 3600
"""Seconds after which what no upload ended with is swept away."""

_PART = ".upload-"

_log = logging.getLogger("hengliang.files")

LARGEST = 200 * 1024 * 1024
"""Bytes of the largest upload, unless the taker says less."""


class BadFile(ValueError):  # noqa: N818
    """A file that is not kept, with the reason and what helps."""

    def __init__(self, reason: Message) -> None:
        super().__init__(reason.say("en"))
        self.reason = reason


def keep_upload(
    actor: Person, upload: UploadedFile, kinds: frozenset[str] | None, largest: int = LARGEST
) -> StoredFile:
    """Keeps what was uploaded. Raises `BadFile` when it is empty, too large, or not of one of `kinds`; None
    takes any content, for those who find out for themselves what it is."""
    return _keep(actor, upload.name or "", upload.chunks(), kinds, largest)


def keep_bytes(actor: Person | None, name: str, content: bytes, kinds: frozenset[str]) -> StoredFile:
    """Keeps what was made here: a document, an error workbook."""
    return _keep(actor, name, (content,), kinds, LARGEST)


def new_part() -> Path:
    """A new empty file beside the kept ones; what is never kept is swept away."""
    folder = Path(settings.MEDIA_ROOT)
    folder.mkdir(parents=True, exist_ok=True)
    handle, made = tempfile.mkstemp(dir=folder, prefix=_PART)
    os.close(handle)
    return Path(made)


def keep_part(actor: Person | None, name: str, part: Path, kinds: frozenset[str]) -> StoredFile:
    """Keeps the file that was made at a `new_part`."""
    with part.open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
        os.fsync(stream.fileno())
    return _kept(actor, _plain(name), part, digest, kinds)


def drop(file: StoredFile) -> None:
    """Forgets a file that nothing refers to any more; its content is swept away when no other has it."""
    file.delete()


def _plain(name: str) -> str:
    return Path(name.replace("\\", "/")).name[-255:] or "file"


def _keep(
    actor: Person | None, name: str, chunks: Iterable[bytes], kinds: frozenset[str] | None, largest: int
) -> StoredFile:
    plain = _plain(name)
    part = new_part()
    try:
        digest, size = hashlib.sha256(), 0
        with part.open("wb") as stream:
            for chunk in chunks:
                size += len(chunk)
                if size > largest:
                    raise BadFile(
                        message(
                            "{file} is larger than {limit} MB; split it or leave pictures out.",
                            file=plain,
                            limit=largest // (1024 * 1024),
                        )
                    )
                digest.update(chunk)
                stream.write(chunk)
            stream.flush()
            os.fsync(stream.fileno())
        return _kept(actor, plain, part, digest.hexdigest(), kinds)
    finally:
        part.unlink(missing_ok=True)


def _kept(
    actor: Person | None, plain: str, part: Path, digest: str, kinds: frozenset[str] | None
) -> StoredFile:
    """Puts a part under its digest, and notes it."""
    size = part.stat().st_size
    if size == 0:
        raise BadFile(message("{file} is empty.", file=plain))
    kind = kind_of(part, plain)
    if kinds is not None and (kind is None or kind not in kinds):
        raise BadFile(
            message(
                "{file} is not taken here: its content must be of one of these kinds: {kinds}.",
                file=plain,
                kinds=tuple(sorted(kinds)),
            )
        )
    place = place_of(digest)
    place.parent.mkdir(parents=True, exist_ok=True)
    part.replace(place)
    with transaction.atomic():
        kept = StoredFile.objects.create(
            digest=digest,
            name=plain,
            size=size,
            kind=kind or "",
            kept_by=actor.username if actor else "system",
        )
        record(actor, "file.keep", f"file:{kept.pk}", plain, digest=kept.digest, size=size)
    return kept


def sweep() -> int:
    """Takes away what uploads left that were killed before they were acknowledged: parts, and contents that
    no row names. Gives how many there were."""
    named = set(StoredFile.objects.values_list("digest", flat=True))
    before, found = time.time() - LEFT_OVER, 0
    for path in Path(settings.MEDIA_ROOT).rglob("*"):
        if path.name in named:
            continue
        try:
            found += _sweep(path, before)
        except FileNotFoundError:
            # The upload ended meanwhile, or another process swept it away.
            continue
        except OSError as error:
            _log.warning("%s could not be swept away: %s", path.name, error.strerror)
    return found


def _sweep(path: Path, before: float) -> bool:
    if not path.is_file() or path.stat().st_mtime > before:
        return False
    if not path.name.startswith(_PART) and StoredFile.objects.filter(digest=path.name).exists():
        return False
    path.unlink()
    return True
