"""The picture in the README: what the terminal shows of the worked example, as SVG.

    python scripts/make_picture.py

Runs the real command and draws what it prints. Fonts are those of the reader's machine; every word is given
its place, so that Chinese and Latin columns stay aligned in any of them.
"""

import os
import re
import subprocess
import sys
from html import escape
from pathlib import Path

from rich.color import Color
from rich.console import Console
from rich.segment import Segment
from rich.terminal_theme import TerminalTheme
from rich.text import Text

from hengliang.base.text import display_width

HOME = Path(__file__).parents[1]
WIDTH = 104
LINES = 34
SELECTED = "V06,V09,S06"
CELL, LEADING, PAD = 7.2, 20, 16
FONTS = "'Noto Sans Mono CJK SC','Sarasa Mono SC',NSimSun,Menlo,Consolas,monospace"
INK, PAPER, FAINT = "#1c2326", "#ffffff", "#68757a"
THEME = TerminalTheme(
    (255, 255, 255),
    (28, 35, 38),
    [
        (28, 35, 38),
        (178, 34, 34),
        (24, 110, 60),
        (150, 100, 0),
        (15, 92, 92),
        (120, 50, 120),
        (15, 92, 92),
        (90, 100, 104),
    ],
    [
        (104, 117, 122),
        (178, 34, 34),
        (24, 110, 60),
        (150, 100, 0),
        (15, 92, 92),
        (120, 50, 120),
        (15, 92, 92),
        (28, 35, 38),
    ],
)


def main() -> None:
    """Write docs/images/review.zh.svg and docs/images/review.en.svg."""
    for language in ("zh", "en"):
        target = HOME / "docs" / "images" / f"review.{language}.svg"
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(_svg(_lines(language)), encoding="utf-8")


def _lines(language: str) -> list[Text]:
    command = [
        sys.executable,
        "-c",
        "from hengliang.cli.main import run; run()",
        "--lang",
        language,
        "review",
    ]
    shown = "examples/hengyang-2023.txt"
    done = subprocess.run(
        [*command, shown, "--select", SELECTED],
        capture_output=True,
        text=True,
        encoding="utf-8",
        cwd=HOME,
        env={**os.environ, "FORCE_COLOR": "1", "COLUMNS": str(WIDTH), "PYTHONIOENCODING": "utf-8"},
        check=False,
    )
    prompt = Text.from_ansi(f"$ hengliang review {shown} --select {SELECTED}")
    return [prompt, *Text.from_ansi(done.stdout).split("\n", allow_blank=True)][:LINES]


def _svg(lines: list[Text]) -> str:
    width, height = WIDTH * CELL + 2 * PAD, len(lines) * LEADING + 2 * PAD
    body = "".join(_line(line, PAD + (row + 1) * LEADING - 6) for row, line in enumerate(lines))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:.0f} {height:.0f}" '
        f'font-family="{FONTS}" font-size="14">'
        f'<rect width="100%" height="100%" rx="6" fill="{PAPER}" stroke="#c9d2d3"/>{body}</svg>\n'
    )


def _line(line: Text, y: float) -> str:
    parts: list[str] = []
    column = 0
    for text, style, _ in Segment.simplify(line.render(Console(width=WIDTH))):
        text = text.rstrip("\n")
        cells = display_width(text)
        if text.strip():
            colour = _hex(style.color) if style and style.color else INK
            if style and style.dim:
                colour = FAINT
            weight = ' font-weight="600"' if style and style.bold else ""
            # Each word gets its own place: fonts differ in width, columns must not.
            for word in re.finditer(r"\S+(?: \S+)*", text):
                x = PAD + (column + display_width(text[: word.start()])) * CELL
                parts.append(
                    f'<text x="{x:.1f}" y="{y:.0f}" fill="{colour}"{weight}>{escape(word[0])}</text>'
                )
        column += cells
    return "".join(parts)


def _hex(colour: Color) -> str:
    return colour.get_truecolor(THEME).hex


if __name__ == "__main__":
    main()
