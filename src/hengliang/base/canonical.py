"""One way to write JSON, so that equal contents have equal digests."""

import hashlib
import json


def digest_of(content: object) -> str:
    """The SHA-256 of a content as canonical JSON (UTF-8, keys sorted, no blanks), in hex."""
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
