"""What is printed and drawn on the pages of a PDF, page by page.

The layout step of pdfminer.six is left out: characters are taken as they are printed, in that order, each
with the part of the page in which it is seen. What the library does not bound is bounded here: references
that lead back to themselves, the number of things on a page, the time between two of them.
"""

import logging
from collections.abc import Iterator, Sequence
from io import BytesIO
from itertools import islice, pairwise
from time import monotonic
from typing import Any, NamedTuple, cast

from pdfminer.converter import PDFPageAggregator
from pdfminer.layout import LTChar, LTContainer, LTCurve, LTPage, LTRect
from pdfminer.pdfdocument import PDFDocument
from pdfminer.pdfexceptions import PDFObjectNotFound
from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager
from pdfminer.pdfpage import PDFPage
from pdfminer.pdfparser import PDFParser
from pdfminer.pdftypes import PDFObjRef
from pdfminer.utils import apply_matrix_pt

from hengliang.base.place import Box
from hengliang.form.containers import refusal
from hengliang.form.containers.limits import Limits
from hengliang.form.containers.pdf_guard import work_of
from hengliang.form.containers.pdf_rules import Stroke
from hengliang.form.containers.pdf_text import Glyph, is_beside_clip
from hengliang.form.errors import UnreadableFile

_THIN = 3.0
"""A filled rectangle thinner than this, in points, is drawn as a stroke."""


class Cut(NamedTuple):
    """A line of text printed only in part, or not at all, as it lies beyond the left or right side; or one
    with the same end."""

    text: str
    top: float
    right: float


class Page(NamedTuple):
    """The glyphs of a page in the order of printing, its upright and level strokes, and its cut lines."""

    glyphs: Sequence[Glyph]
    upright: Sequence[Stroke]
    level: Sequence[Stroke]
    cuts: Sequence[Cut] = ()


def pages_of(data: bytes, file: str, limits: Limits) -> Iterator[Page]:
    """The pages one after the other. Raises the kinds of `UnreadableFile`."""
    # Its warnings are about fonts and colours, of no use to whoever reads a form.
    logging.getLogger("pdfminer").setLevel(logging.CRITICAL)
    deadline = monotonic() + limits.seconds
    try:
        # The library says with any kind of exception that a file is broken.
        document = _Document(PDFParser(BytesIO(data)))
        found = list(islice(PDFPage.create_pages(document), limits.pages + 1))
    except Exception as error:
        if "Password" in type(error).__name__ or "Encryption" in type(error).__name__:
            raise refusal.encrypted(file) from error
        raise refusal.broken(file, "pdf") from error
    if len(found) > limits.pages:
        raise refusal.too_many_pages(file, limits.pages)
    manager = PDFResourceManager()
    for number, page in enumerate(found, 1):
        try:
            if work_of(page, limits.page_bytes) > limits.page_bytes:
                raise refusal.page_too_full(file, number)
            device = _Device(manager, file, number, limits, deadline)
            _Interpreter(manager, device).process_page(page)
        except UnreadableFile:
            raise
        except Exception as error:
            raise refusal.broken(file, "pdf") from error
        yield _page(device.get_result(), device.contents, device.clips)


class _Document(PDFDocument):
    """A document in which a reference that leads back to itself leads nowhere."""

    def getobj(self, objid: int) -> object:
        seen = {objid}
        held = super().getobj(objid)
        while isinstance(held, PDFObjRef):
            if held.objid in seen:
                raise PDFObjectNotFound(objid)
            seen.add(held.objid)
            held = super().getobj(held.objid)
        return held


class _Interpreter(PDFPageInterpreter):
    """Keeps the rectangle to which what is printed is clipped, which the library passes over.

    A sheet wider than the page prints the text of a cell that lies on two pages on both, clipped.
    """

    device: "_Device"

    def __init__(self, manager: PDFResourceManager, device: "_Device") -> None:
        super().__init__(manager, device)
        self._clips: list[Box | None] = []
        self._clipping: object = None

    def render_contents(self, *args: Any, **kwargs: Any) -> None:
        clip = self.device.clip
        super().render_contents(*args, **kwargs)
        self.device.clip = clip

    def do_q(self) -> None:
        super().do_q()
        self._clips.append(self.device.clip)

    def do_Q(self) -> None:  # noqa: N802
        super().do_Q()
        if self._clips:
            self.device.clip = self._clips.pop()

    def do_W(self) -> None:  # noqa: N802
        self._clipping = self.curpath

    do_W_a = do_W  # noqa: N815

    def do_n(self) -> None:
        if self._clipping is self.curpath:
            points = [segment[at : at + 2] for segment in self.curpath for at in range(1, len(segment), 2)]
            places = [apply_matrix_pt(self.ctm, cast(tuple[float, float], point)) for point in points]
            if places:
                xs, ys = zip(*places, strict=True)
                self.device.clip = _within(self.device.clip, Box(min(xs), min(ys), max(xs), max(ys)))
        self._clipping = None
        super().do_n()


def _within(outer: Box | None, inner: Box) -> Box:
    if outer is None:
        return inner
    return Box(
        max(outer.left, inner.left),
        max(outer.top, inner.top),
        min(outer.right, inner.right),
        min(outer.bottom, inner.bottom),
    )


class _Device(PDFPageAggregator):
    """Gathers one page; gives up when there is too much on it or it takes too long."""

    def __init__(
        self, manager: PDFResourceManager, file: str, number: int, limits: Limits, deadline: float
    ) -> None:
        super().__init__(manager, number)
        self.contents: list[int | None] = []
        """For each character in the order of printing the number of its marked content."""
        self.clip: Box | None = None
        """What is seen of the page at the moment, measured from its foot."""
        self.clips: list[Box | None] = []
        """For each character what was seen of the page when it was printed."""
        self._open: list[int | None] = []
        self._file = file
        self._number = number
        self._limits = limits
        self._deadline = deadline
        self._count = 0

    def begin_tag(self, tag: Any, props: Any = None) -> None:
        number: Any = cast(dict[str, Any], props).get("MCID") if isinstance(props, dict) else None
        self._open.append(number if isinstance(number, int) else self._content)

    def end_tag(self) -> None:
        if self._open:
            self._open.pop()

    def render_char(self, *args: Any, **kwargs: Any) -> float:
        self._tick()
        self.contents.append(self._content)
        self.clips.append(self.clip)
        return super().render_char(*args, **kwargs)

    def paint_path(self, *args: Any, **kwargs: Any) -> None:
        self._tick()
        super().paint_path(*args, **kwargs)

    @property
    def _content(self) -> int | None:
        return self._open[-1] if self._open else None

    def _tick(self) -> None:
        self._count += 1
        if self._count > self._limits.page_objects:
            raise refusal.page_too_full(self._file, self._number)
        if self._count % 256 == 1 and monotonic() > self._deadline:
            raise refusal.too_slow(self._file, self._limits.seconds)


def _page(layout: LTPage, contents: Sequence[int | None], clips: Sequence[Box | None]) -> Page:
    height = layout.height
    glyphs: list[Glyph] = []
    upright: list[Stroke] = []
    level: list[Stroke] = []
    clip = below = None
    for item in _items(layout):
        if isinstance(item, LTChar):
            text = item.get_text().replace("\xa0", " ")
            number = len(glyphs)
            if clips[number] is not clip:
                clip = clips[number]
                below = clip and Box(clip.left, height - clip.bottom, clip.right, height - clip.top)
            glyphs.append(
                Glyph(item.x0, height - item.y1, item.x1, height - item.y0, text, contents[number], below)
            )
        elif isinstance(item, LTCurve):
            _add_strokes(item, height, upright, level)
    hidden = list(map(is_beside_clip, glyphs))
    cuts = _cuts(glyphs, hidden) if any(hidden) else ()
    return Page([glyph for glyph in glyphs if glyph.text], upright, level, cuts)


def _cuts(glyphs: Sequence[Glyph], hidden: Sequence[bool]) -> list[Cut]:
    """The lines cut off, and those with the same end: columns repeated on every page print a text twice."""
    lines: list[Cut] = []
    cut: set[str] = set()
    start = 0
    for number in range(1, len(glyphs) + 1):
        last = glyphs[number - 1]
        if number < len(glyphs):
            glyph = glyphs[number]
            if abs(glyph.top - last.top) < 0.5 and abs(glyph.left - last.right) < last.bottom - last.top:
                continue
        text = "".join(glyph.text for glyph in glyphs[start:number])
        lines.append(Cut(text, last.top, last.right))
        if any(hidden[start:number]):
            cut.add(text)
        start = number
    return [line for line in lines if any(line.text.endswith(text) for text in cut)]


def _items(container: LTContainer[Any]) -> Iterator[Any]:
    for item in container:
        if isinstance(item, LTContainer):
            yield from _items(cast(LTContainer[Any], item))
        else:
            yield item


def _add_strokes(drawn: LTCurve, height: float, upright: list[Stroke], level: list[Stroke]) -> None:
    """A thin shape is a stroke; of a drawn outline each straight side is one; shading is none."""
    left, right, top, bottom = drawn.x0, drawn.x1, height - drawn.y1, height - drawn.y0
    if right - left <= _THIN < bottom - top:
        upright.append(Stroke((left + right) / 2, top, bottom))
    elif bottom - top <= _THIN < right - left:
        level.append(Stroke((top + bottom) / 2, left, right))
    elif drawn.stroke and isinstance(drawn, LTRect):
        upright += (Stroke(left, top, bottom), Stroke(right, top, bottom))
        level += (Stroke(top, left, right), Stroke(bottom, left, right))
    elif drawn.stroke:
        for (x, y), (u, v) in pairwise(drawn.pts):
            if abs(x - u) < 1 < abs(y - v):
                upright.append(Stroke(x, height - max(y, v), height - min(y, v)))
            elif abs(y - v) < 1 < abs(x - u):
                level.append(Stroke(height - y, min(x, u), max(x, u)))
