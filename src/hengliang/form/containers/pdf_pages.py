"""What is printed and drawn on the pages of a PDF, page by page.

The layout step of pdfminer.six is left out: its characters are taken as they are printed, in that order. What the
library does not bound is bounded here: references that lead back to themselves, the number of things on a page,
the time between two of them.
"""

import logging
from collections.abc import Iterator, Sequence
from io import BytesIO
from time import monotonic
from typing import Any, NamedTuple

from pdfminer.converter import PDFPageAggregator
from pdfminer.layout import LTChar, LTContainer, LTCurve, LTLine, LTPage, LTRect
from pdfminer.pdfdocument import PDFDocument
from pdfminer.pdfexceptions import PDFObjectNotFound
from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager
from pdfminer.pdfpage import PDFPage
from pdfminer.pdfparser import PDFParser
from pdfminer.pdftypes import PDFObjRef

from hengliang.form.containers import refusal
from hengliang.form.containers.limits import Limits
from hengliang.form.containers.pdf_guard import work_of
from hengliang.form.containers.pdf_rules import Stroke
from hengliang.form.containers.pdf_text import Glyph
from hengliang.form.errors import UnreadableFile

_THIN = 3.0
"""A filled rectangle thinner than this, in points, is drawn as a stroke."""


class Page(NamedTuple):
    """The glyphs of a page in the order of printing, and its vertical and horizontal strokes."""

    glyphs: Sequence[Glyph]
    upright: Sequence[Stroke]
    level: Sequence[Stroke]
