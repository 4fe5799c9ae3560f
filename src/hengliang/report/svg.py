"""Drawing SVG: a canvas of few shapes, in colours for white paper or for a dark screen.

What is drawn is the same for the same input, byte by byte. Colours only help: every state has a word and a
shape too, so that a print in black and white says the same.
"""

from collections.abc import Sequence
from typing import NamedTuple
from xml.sax.saxutils import escape, quoteattr

from hengliang.report.width import char_width, visible, width, wrap

FONTS = (
    "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "Source Han Sans SC", "Noto Sans SC",
    "WenQuanYi Micro Hei", "SimHei",
)  # fmt: skip
"""The families that a picture names, the first that there is being used."""


class Palette(NamedTuple):
    """The colours of a picture."""

    paper: str
    ink: str
    grey: str
    rule: str
    accent: str
    loss: str


LIGHT = Palette("#ffffff", "#1b1f21", "#566064", "#d3d8da", "#0f5c5c", "#9a3412")
DARK = Palette("#14181a", "#e8ebec", "#a5afb3", "#3a4347", "#63c7c2", "#f0a37f")

_WIDE, _NARROW = 1.0, 0.57
"""The widths of Chinese and Latin characters as parts of the font size; the second is that of a figure."""


def text_width(text: str, size: float) -> float:
    """About how many pixels `text` takes."""
    return size * sum(_WIDE if char_width(char) == 2 else _NARROW * char_width(char) for char in text)


def text_lines(text: str, size: float, room: float, most: int) -> list[str]:
    """`text` in at most `most` lines of `room` pixels; what is left out is marked with …."""
    text = visible(text)
    columns = room * width(text) / (text_width(text, size) or 1)
    lines = wrap(text, max(int(columns), 4))
    if len(lines) <= most:
        return lines
    last = lines[most - 1]
    while last and text_width(last + "…", size) > room:
        last = last[:-1]
    return [*lines[: most - 1], last + "…"]


def fitted(text: str, size: float, room: float) -> str:
    """As much of `text` as there is room for."""
    return text_lines(text, size, room, 1)[0]


class Canvas:
    """A picture while it is drawn; `svg` gives it whole."""

    def __init__(self, width: int, palette: Palette, title: str, description: str) -> None:
        self.width = width
        self.palette = palette
        self._title, self._description = title, description
        self._shapes: list[str] = []
        self._hatches: list[str] = []

    def line(
        self, x1: float, y1: float, x2: float, y2: float, colour: str, thick: float = 1, dashes: str = ""
    ) -> None:
        """A straight line."""
        dashed = f' stroke-dasharray="{dashes}"' if dashes else ""
        self._shapes.append(
            f'<path d="M{_n(x1)} {_n(y1)}L{_n(x2)} {_n(y2)}" stroke="{colour}"'
            f' stroke-width="{_n(thick)}"{dashed}/>'
        )

    def path(
        self, points: Sequence[tuple[float, float]], colour: str, thick: float, dashes: str = ""
    ) -> None:
        """A line through points."""
        dashed = f' stroke-dasharray="{dashes}"' if dashes else ""
        moves = "L".join(f"{_n(x)} {_n(y)}" for x, y in points)
        self._shapes.append(
            f'<path d="M{moves}" stroke="{colour}" stroke-width="{_n(thick)}" fill="none"{dashed}/>'
        )

    def area(self, points: Sequence[tuple[float, float]], colour: str) -> None:
        """A hatched area."""
        moves = "L".join(f"{_n(x)} {_n(y)}" for x, y in points)
        self._shapes.append(f'<path d="M{moves}Z" fill="url(#{self._hatch(colour)})"/>')

    def box(self, x: float, y: float, wide: float, high: float, colour: str, hatched: bool = False) -> None:
        """A filled or hatched rectangle."""
        size = f'x="{_n(x)}" y="{_n(y)}" width="{_n(wide)}" height="{_n(high)}"'
        if hatched:
            fill = f'fill="url(#{self._hatch(colour)})" stroke="{colour}"'
        else:
            fill = f'fill="{colour}"'
        self._shapes.append(f"<rect {size} {fill}/>")

    def dot(self, x: float, y: float, radius: float, colour: str, hollow: bool = False) -> None:
        """A filled or hollow circle."""
        inside = self.palette.paper if hollow else colour
        self._shapes.append(
            f'<circle cx="{_n(x)}" cy="{_n(y)}" r="{_n(radius)}" fill="{inside}" stroke="{colour}"'
            ' stroke-width="1.5"/>'
        )

    def text(
        self,
        x: float,
        y: float,
        text: str,
        size: float,
        colour: str,
        anchor: str = "start",
        bold: bool = False,
        clear: bool = False,
    ) -> None:
        """A line of text; `y` is its base line. `clear` keeps what is drawn below away from its letters."""
        where = f' text-anchor="{anchor}"' if anchor != "start" else ""
        weight = ' font-weight="bold"' if bold else ""
        if clear:
            weight += f' stroke="{self.palette.paper}" stroke-width="4" paint-order="stroke"'
        self._shapes.append(
            f'<text x="{_n(x)}" y="{_n(y)}" font-size="{_n(size)}" fill="{colour}"{where}{weight}>'
            f"{escape(visible(text))}</text>"
        )

    def svg(self, height: float) -> str:
        """The picture as an SVG document of that height."""
        high = _n(height)
        names = ",".join([*FONTS, "sans-serif"])
        defs = f"<defs>{''.join(self._hatches)}</defs>" if self._hatches else ""
        shapes = "\n".join(self._shapes)
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{self.width}" height="{high}"'
            f' viewBox="0 0 {self.width} {high}" role="img" aria-labelledby="title desc"'
            f" font-family={quoteattr(names)}>\n"
            f'<title id="title">{escape(visible(self._title))}</title>\n'
            f'<desc id="desc">{escape(visible(self._description))}</desc>\n'
            f'{defs}<rect width="100%" height="100%" fill="{self.palette.paper}"/>\n{shapes}\n</svg>\n'
        )

    def _hatch(self, colour: str) -> str:
        name = f"hatch{colour[1:]}"
        pattern = (
            f'<pattern id="{name}" width="7" height="7" patternUnits="userSpaceOnUse"'
            f' patternTransform="rotate(45)"><path d="M0 0V7" stroke="{colour}" stroke-width="1.6"/>'
            "</pattern>"
        )
        if pattern not in self._hatches:
            self._hatches.append(pattern)
        return name


def _n(number: float) -> str:
    """A coordinate with one decimal at most."""
    text = f"{number:.1f}"
    return "0" if text == "-0.0" else text.removesuffix(".0")
