"""Digests that bind the publisher without telling anything: HMAC-SHA-256 under a key that stays in the house.

A plain digest of records gives them away where few values are possible: whoever knows all of a row but the
inspector tries every inspector until the digest fits. Under a key that nobody outside has, this cannot be
tried; whoever is shown store and key (an auditor) computes the same digests again.
"""

import hmac
import os
import secrets
from contextlib import suppress
from pathlib import Path

KEY_FILE = "publishing.key"
_LENGTH = 32


class KeyFileError(OSError):
    """The key of a store that is not what it should be."""


def commitment(key: bytes, what: str, content: bytes | str) -> str:
    """The digest of `content`; `what` keeps equal contents of different kinds apart."""
    data = content.encode() if isinstance(content, str) else content
    return hmac.new(key, what.encode() + b"\0" + data, "sha256").hexdigest()


def key_of(store: Path) -> bytes:
    """The key of a store, made when it is asked for first. Raises OSError."""
    path = store / KEY_FILE
    with suppress(FileExistsError):
        part = path.with_name(f".{KEY_FILE}.{os.getpid()}")
        try:
            part.touch(mode=0o600)
            part.write_text(secrets.token_hex(_LENGTH) + "\n", encoding="ascii")
            # A link is made whole or not at all, and never over a key that is there.
            os.link(part, path)
        finally:
            part.unlink(missing_ok=True)
    try:
        key = bytes.fromhex(path.read_text(encoding="ascii").strip())
    except ValueError as error:
        raise KeyFileError(0, "not a key", str(path)) from error
    if len(key) != _LENGTH:
        raise KeyFileError(0, "not a key", str(path))
    return key
