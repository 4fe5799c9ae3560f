"""The text of a PDF page that no rules enclose: lines, and tables that are held together by alignment only."""

from collections.abc import Iterator, Sequence

from hengliang.base.place import Place
from hengliang.form.containers.limits import Limits
from hengliang.form.containers.pdf_text import Glyph, box_of, lines_of, text_of
from hengliang.form.document import Block, Line


def blocks_without_rules(
    glyphs: Sequence[Glyph], page: Place, limits: Limits
) -> Iterator[tuple[float, Block]]:
    """Tables and lines with their height on the page."""
    for line in lines_of(glyphs):
        yield line[0].top, Line(text_of(line, wide=True), page._replace(box=box_of(line)))
