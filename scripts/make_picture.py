"""The pictures in the README: what the terminal shows of the worked example, as SVG.

    python scripts/make_picture.py

Runs the real commands, measuring from synthetic records, and draws what they print. Fonts are those of the
reader's machine; every word is given its place, so that Chinese and Latin columns stay aligned in any.
"""

import os
import re
import subprocess
import sys
from html import escape
from pathlib import Path
from tempfile import TemporaryDirectory

from rich.color import Color
from rich.console import Console
from rich.segment import Segment
from rich.terminal_theme import TerminalTheme
from rich.text import Text

from hengliang.base.text import display_width

HOME = Path(__file__).parents[1]
WIDTH = 104
LINES = 34
SAMPLE = "examples/hengyang-2023.txt"
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
    """Write docs/images/review.{zh,en}.svg and docs/images/trace.{zh,en}.svg."""
    with TemporaryDirectory() as folder:
        records, store = f"{folder}/records", f"{folder}/store"
        _run("en", "ledger", "synthesize", "-o", records)
        _run("en", "ledger", "load-folder", records, "--store", store, "--year", "2023", "--org", "430400")
        measured = ["--store", store, "--year", "2023", "--bindings", f"{records}/bindings-synthetic.toml"]
        for language in ("zh", "en"):
            review = ["review", SAMPLE, "--select", SELECTED]
            _draw(f"review.{language}", " ".join(review), _run(language, *review))
            trace = ["trace", SAMPLE, "1"]
            said = f"{' '.join(trace)} --store out/store --year 2023"
            _draw(f"trace.{language}", said, _run(language, *trace, *measured))


def _draw(name: str, command: str, printed: str) -> None:
    lines = [
        Text.from_ansi(f"$ hengliang {command}"),
        *Text.from_ansi(printed).split("\n", allow_blank=True),
    ]
    target = HOME / "docs" / "images" / f"{name}.svg"
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(_svg(lines[:LINES]), encoding="utf-8")


def _run(language: str, *words: str) -> str:
    command = [sys.executable, "-c", "from hengliang.cli.main import run; run()", "--lang", language, *words]
    return subprocess.run(
        command,
        capture_output=True,
        text=True,
        encoding="utf-8",
        cwd=HOME,
        env={**os.environ, "FORCE_COLOR": "1", "COLUMNS": str(WIDTH), "PYTHONIOENCODING": "utf-8"},
        check=False,
    ).stdout


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
