"""How much of a file is looked at before it is refused.

A declaration form is one to five printed pages: rarely more than 200 rows or 100 kB of text. The limits lie
far above anything an office sends, and low enough that no file holds a machine for long.
"""

from typing import NamedTuple

MB = 1_000_000


class Limits(NamedTuple):
    """Upper limits for one file; beyond any of them it is refused as `TooLarge`."""

    file_bytes: int = 100 * MB
    """Size on disk. A scanned form of a hundred pages, or a Word file full of photographs, stays below."""
    text_bytes: int = 20 * MB
    """Size of a format that carries no pictures (txt, csv, md, html). Ten million characters of text."""
    part_bytes: int = 64 * MB
    """Unpacked size of one part inside an office file. A sheet of 50,000 full rows stays below."""
    unpacked_bytes: int = 160 * MB
    """Unpacked size of all parts that are read from one office file."""
    tags: int = 3_000_000
    """Tags in an XML or HTML text that is held as a tree: about 100 bytes of memory each."""
    rows: int = 50_000
    """Rows from the first to the last filled one of a table."""
    columns: int = 1_000
    """Columns from the first to the last filled one of a table."""
    cells: int = 500_000
    """Filled cells and lines of a document."""
    area: int = 2_000_000
    """Positions (rows x columns) of all tables of a document."""
    pages: int = 200
    """Pages of a PDF. A department's published accounts, with its forms in the annex, have up to 150."""
    page_bytes: int = 2_000_000
    """Drawing instructions of one PDF page, those of repeated parts as often as they are drawn. A full page
    of table takes 300 kB and a tenth of a second; a page of 2 MB about ten seconds."""
    page_objects: int = 60_000
    """Characters, lines and curves of one PDF page. A full page of print has 3,000 characters."""
    seconds: float = 60.0
    """Time for one file, looked at while PDF pages are drawn and while an office program converts. It cannot
    stop a parser between two looks: whoever reads files of strangers also bounds time and memory from
    outside, in a worker process that can be ended."""
