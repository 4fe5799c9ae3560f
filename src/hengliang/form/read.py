"""Read any document into forms: the container first, then what stands in it."""

from pathlib import Path

from hengliang.form.containers.limits import Limits
from hengliang.form.containers.open import open_document
from hengliang.form.source import Reading
from hengliang.form.understand.forms import understand

DEFAULT_LIMITS = Limits()


def read_document(path: Path | str, limits: Limits = DEFAULT_LIMITS) -> Reading:
    """What the file at `path` says, with everything in it that was not understood.

    A readable document that holds no form gives a reading without forms. Raises `form.errors.UnreadableFile`
    (encrypted, damaged, too large, pictures only, unknown) with the reason and the remedy.
    """
    return understand(open_document(Path(path), limits))
