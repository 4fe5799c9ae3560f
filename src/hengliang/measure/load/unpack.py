"""A zip of records: one file, or the files of a Shapefile, unpacked into a folder of our own within bounds.

What a zip says of its sizes is not believed. Names that lead out of the folder, links and passwords are
refused for the whole zip: whoever made it meant no good, or made it in a way that loses records.
"""

import re
import zipfile
import zlib
from pathlib import Path, PurePosixPath
from stat import S_ISLNK
from typing import NoReturn

from hengliang.base.message import Message, message
from hengliang.form.containers.refusal import damaged, encrypted
from hengliang.form.errors import Damaged, TooLarge
from hengliang.measure.load.headings import HeadingError

_ENCRYPTED = 1
_MOST_PARTS = 500
_MOST_BYTES = 4_000_000_000
_SPACIOUS = 100_000_000
_RATIO = 200
"""Above 100 MB nothing honest packs to less than a two hundredth."""
_PIECE = 1 << 20
_PARTS = (".shp", ".shx", ".dbf", ".prj", ".cpg")
_WHOLE = (".csv", ".tsv", ".txt", ".geojson", ".json", ".gpkg", ".parquet", ".geoparquet", ".xlsx", ".xls")


def unpacked(path: Path, folder: Path, layer: str | None) -> Path:
    """The file of records in a zip, unpacked into `folder`; `layer` names the one of several.

    Raises UnreadableFile, HeadingError.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            entries = [entry for entry in archive.infolist() if not entry.is_dir()]
            _refuse(path, entries)
            chosen = _chosen(path, entries, layer)
            stem = PurePosixPath(_name(chosen)).with_suffix("")
            taken = [
                entry for entry in entries
                if entry is chosen
                or (_suffix(chosen) == ".shp" and _suffix(entry) in _PARTS
                    and PurePosixPath(_name(entry)).with_suffix("") == stem)
            ]  # fmt: skip
            for entry in taken:
                _unpack(path, archive, entry, folder / f"{stem.name}{_suffix(entry)}")
            return folder / f"{stem.name}{_suffix(chosen)}"
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError) as error:
        if isinstance(error, HeadingError):
            raise
        raise damaged(str(path), message("the file is damaged: it cannot be unpacked")) from error


def _refuse(path: Path, entries: list[zipfile.ZipInfo]) -> None:
    if len(entries) > _MOST_PARTS:
        raise _too_large(path, message("the zip has more than {most} files", most=_MOST_PARTS))
    for entry in entries:
        name = _name(entry).replace("\\", "/")
        if entry.flag_bits & _ENCRYPTED:
            raise encrypted(str(path))
        leads_out = name.startswith("/") or ".." in name.split("/") or re.match(r"[A-Za-z]:", name)
        if leads_out or "\0" in name or S_ISLNK(entry.external_attr >> 16):
            raise Damaged(
                str(path),
                message(
                    "the zip holds a link, or a name that leads out of its folder: {name}", name=name[:200]
                ),
                message("pack the files again, by themselves"),
            )


def _chosen(path: Path, entries: list[zipfile.ZipInfo], layer: str | None) -> zipfile.ZipInfo:
    found = [
        entry for entry in entries
        if _suffix(entry) in (".shp", *_WHOLE) and not _name(entry).startswith("__MACOSX/")
    ]  # fmt: skip
    named = [entry for entry in found if layer in (PurePosixPath(_name(entry)).stem, _name(entry))]
    # A layer that is no file of the zip is one of the only file.
    if len(named) == 1 or len(found) == 1:
        return (named or found)[0]
    names = tuple(PurePosixPath(_name(entry)).name for entry in found[:20])
    if not found:
        raise Damaged(
            str(path),
            message("the zip holds no file of records"),
            message("put .shp, .shx, .dbf, .prj and .cpg into one zip"),
        )
    raise HeadingError(
        message("{file} has the layers {names}; say which with --layer", file=path.name, names=names)
    )


def _unpack(path: Path, archive: zipfile.ZipFile, entry: zipfile.ZipInfo, to: Path) -> None:
    most = max(_SPACIOUS, min(_MOST_BYTES, entry.compress_size * _RATIO))
    size = 0
    with archive.open(entry) as stream, to.open("wb") as made:
        while piece := stream.read(_PIECE):
            size += len(piece)
            if size > most:
                _bomb(path, most)
            made.write(piece)


def _bomb(path: Path, most: int) -> NoReturn:
    raise _too_large(path, message("the file unpacks to more than {limit} MB", limit=most // 1_000_000))


def _too_large(path: Path, what: Message) -> TooLarge:
    return TooLarge(str(path), what, message("send the file itself, not packed"))


def _name(entry: zipfile.ZipInfo) -> str:
    """The name of an entry; without its flag for UTF-8 it is in the code page of the sender, GBK."""
    if entry.flag_bits & 0x800:
        return entry.filename
    try:
        return entry.filename.encode("cp437").decode("gb18030")
    except (UnicodeEncodeError, UnicodeDecodeError):
        return entry.filename


def _suffix(entry: zipfile.ZipInfo) -> str:
    return PurePosixPath(_name(entry)).suffix.lower()
