"""The form as Markdown: labelled lines, headings for texts and tables, pipe tables."""

import re
from collections.abc import Iterator, Sequence

from hengliang.form.model import Form
from hengliang.form.writers.compose import content_of
from hengliang.form.writers.content import Cell, Fields, Grid, Look, Texts

_MARKS = re.compile(r"([\\`*_\[\]<>|~#])")
_LEAD = re.compile(r"^([-+])(?=\s)")


def to_bytes(form: Form) -> bytes:
    """The form as Markdown in UTF-8."""
    return to_text(form).encode()


def to_text(form: Form) -> str:
    """The form as Markdown text."""
    content = content_of(form)
    lines = [f"# {_escaped(content.title)}", ""]
    if content.subtitle:
        lines += [_escaped(content.subtitle), ""]
    for section in content.sections:
        match section:
            case Fields():
                lines += [f"{label}：{_shown(cell)}  " for label, cell in section.pairs if cell.text]
            case Texts():
                lines += _texts(section)
            case Grid():
                lines += _table(section)
        lines.append("")
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip() + "\n"


def _texts(section: Texts) -> Iterator[str]:
    for head, cell in section.texts:
        if cell.text:
            yield from ("", f"## {_escaped(head or section.label)}", "")
            for line in cell.text.split("\n"):
                yield from (_escaped(line), "")


def _table(section: Grid) -> Iterator[str]:
    yield from ("", f"## {_escaped(section.label.replace(chr(10), ''))}", "")
    heads = [column.head for column in section.columns]
    yield _row([Cell(head) for head in heads])
    yield f"|{'|'.join(' --- ' for _ in heads)}|"
    for row in (*section.rows, *section.sums):
        yield _row(row)


def _row(cells: Sequence[Cell]) -> str:
    return f"| {' | '.join(map(_shown, cells))} |"


def _shown(cell: Cell) -> str:
    return _escaped(cell.text if cell.look is Look.MONEY else cell.shown).replace("\n", "<br>")


def _escaped(text: str) -> str:
    """`text` with the marks of Markdown taken literally."""
    return _LEAD.sub(r"\\\1", _MARKS.sub(r"\\\1", text.replace("&", "&amp;")))
