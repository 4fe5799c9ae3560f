"""Small documents written into a test: lines, and tables whose cells are parted by `|`."""

from textwrap import dedent

from hengliang.form.containers.limits import Limits
from hengliang.form.containers.text import read_text
from hengliang.form.document import Document
from hengliang.form.model import Form
from hengliang.form.source import Reading
from hengliang.form.understand.forms import understand


def reading(text: str) -> Reading:
    """What is read from `text`, as if it were a text file."""
    return understand(Document("form.txt", "txt", read_text(dedent(text), "form.txt", Limits())))


def form(text: str) -> Form:
    """The one form in `text`."""
    (read,) = reading(text).forms
    return read.form


def left(text: str) -> list[str]:
    """The cells of `text` that are in no form."""
    return [cell.text for cell in reading(text).not_understood]
