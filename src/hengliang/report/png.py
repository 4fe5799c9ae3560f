"""A picture as PNG, with the Chinese letters of this machine; nothing is fetched and nothing else is run."""

from hengliang.report.fonts import chinese_font

_SHARPER = 2
"""Pixels of the PNG for one of the SVG: sharp in print and on dense screens."""


def png_of(svg: str) -> bytes:
    """The PNG of a picture of this package. Raises `report.fonts.NoChineseFontError`."""
    # The library takes a moment to load, and most commands draw nothing.
    import resvg_py

    font = chinese_font()
    return bytes(
        resvg_py.svg_to_bytes(
            svg_string=svg,
            zoom=_SHARPER,
            skip_system_fonts=True,
            font_files=[str(path) for path in font.files],
            font_family=font.family,
            sans_serif_family=font.family,
        )
    )
