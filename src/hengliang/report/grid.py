"""Aligned columns of text on a terminal, the widest giving way until they fit."""

from collections.abc import Sequence

from hengliang.report.width import width

BAR = " │ "


def column_widths(
    rows: Sequence[Sequence[str]], room: int, caps: Sequence[int] = (), least: int = 8
) -> list[int]:
    """The columns that each text of `rows` gets within `room`.

    `caps` are the most it may take, 0 for any; `least` is what it is left even where there is no room.
    """
    widths = [max(width(row[at]) for row in rows) for at in range(len(rows[0]))]
    if caps:
        widths = [min(need, cap or room) for need, cap in zip(widths, caps, strict=True)]
    widths = [min(need, room) for need in widths]
    over = sum(widths) + len(BAR) * (len(widths) - 1) - room
    while over > 0 and max(widths) > least:
        widths[widths.index(max(widths))] -= 1
        over -= 1
    return widths
