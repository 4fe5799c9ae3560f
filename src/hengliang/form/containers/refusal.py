"""The sentences with which files are refused: what is wrong and what to do, all in one place."""

from hengliang.base.message import Message, message
from hengliang.form.errors import (
    Damaged,
    Encrypted,
    NeedsConverter,
    NoText,
    TooLarge,
    UnknownFormat,
    Unreachable,
)

_ASK_AGAIN = message("ask the sender for the file again, or open it in its program and save it anew")
_SPLIT = message("keep only the form in the file, or save each form as a file of its own")


def missing(file: str) -> Unreachable:
    return Unreachable(file, message("there is no such file"), message("check the name and the folder"))


def no_file(file: str) -> Unreachable:
    return Unreachable(
        file, message("this is a folder or a device, not a document"), message("name a file inside it")
    )


def not_permitted(file: str) -> Unreachable:
    return Unreachable(
        file,
        message("reading this file is not permitted"),
        message("ask its owner for the right to read it, or copy it to a folder of your own"),
    )


def not_readable(file: str, reason: str) -> Unreachable:
    return Unreachable(
        file,
        message("the file could not be read from its disk ({reason})", reason=reason),
        message("copy it to a local folder and try again"),
    )


def empty(file: str) -> Damaged:
    return Damaged(file, message("the file is empty"), _ASK_AGAIN)


def unknown(file: str) -> UnknownFormat:
    return UnknownFormat(
        file,
        message("this is not one of the formats read here"),
        message("save the form as .xlsx, .docx, .pdf, .html, .csv, .md or .txt"),
    )


def damaged(file: str, what: Message) -> Damaged:
    """`what` names the part and the fault, for instance "the sheet {name} ends in the middle"."""
    return Damaged(file, what, _ASK_AGAIN)


def broken(file: str, kind: str) -> Damaged:
    return damaged(file, message("the file is damaged: it cannot be read as {kind}", kind=kind))


def encrypted(file: str) -> Encrypted:
    return Encrypted(
        file,
        message("the file is protected by a password"),
        message("open it with the password, remove the password and save it"),
    )


def too_many_bytes(file: str, size: int, limit: int) -> TooLarge:
    return TooLarge(
        file,
        message(
            "the file has {size} MB, more than the {limit} MB that a form may have",
            size=_megabytes(size),
            limit=_megabytes(limit),
        ),
        _SPLIT,
    )


def unpacks_to(file: str, limit: int) -> TooLarge:
    return TooLarge(
        file,
        message("the file unpacks to more than {limit} MB", limit=_megabytes(limit)),
        _SPLIT,
    )


def too_many_tags(file: str, limit: int) -> TooLarge:
    return TooLarge(file, message("the file has more than {limit} tags", limit=limit), _SPLIT)


def too_many_cells(file: str, limit: int) -> TooLarge:
    return TooLarge(
        file, message("the file has more than {limit} filled cells or lines", limit=limit), _SPLIT
    )


def too_wide(file: str, where: str, rows: int, columns: int) -> TooLarge:
    return TooLarge(
        file,
        message(
            "a table reaches over {rows} rows and {columns} columns, up to {where}",
            rows=rows,
            columns=columns,
            where=where,
        ),
        message("clear the cells far away from the form, or copy the form into a new file"),
    )


def too_many_pages(file: str, limit: int) -> TooLarge:
    return TooLarge(
        file,
        message("the file has more than {limit} pages", limit=limit),
        message("save the pages with the form as a file of their own"),
    )


def page_too_full(file: str, page: int) -> TooLarge:
    return TooLarge(
        file,
        message("page {page} holds too many lines and characters to be a form", page=page),
        message("save the pages with the form as a file of their own"),
    )


def too_slow(file: str, seconds: float) -> TooLarge:
    return TooLarge(
        file, message("reading took longer than {seconds} seconds", seconds=f"{seconds:g}"), _SPLIT
    )


def no_text(file: str) -> NoText:
    return NoText(
        file,
        message("no text can be seen in the file: it is empty or holds pictures only"),
        message("check that it is the right file; scanned pages need character recognition (OCR) first"),
    )


def needs_converter(file: str, suffix: str, target: str) -> NeedsConverter:
    return NeedsConverter(
        file,
        message("reading {suffix} files needs LibreOffice, which is not installed here", suffix=suffix),
        message(
            "open it in WPS, Word or Excel and save it as {target}, or install LibreOffice", target=target
        ),
    )


def _megabytes(size: int) -> str:
    return f"{size / 1_000_000:.0f}" if size >= 10_000_000 else f"{size / 1_000_000:.1f}"
