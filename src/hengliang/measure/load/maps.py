"""Files of maps, GeoPackage and Shapefile: read by GDAL, features by the thousand, geometry as WKT.

A file is what its first bytes say; GDAL is shown nothing else, and nothing outside the file. The texts of a
Shapefile are in the code page that its `.cpg` or its `.dbf` names; where neither does, it is guessed, and
said.
"""

import codecs
import warnings
from collections.abc import Iterator, Sequence
from importlib import import_module
from itertools import chain
from pathlib import Path
from typing import Any

import shapely

from hengliang.base.message import Message, message
from hengliang.form.errors import Damaged, NeedsConverter
from hengliang.measure.definition import Ledger
from hengliang.measure.load.headings import HeadingError
from hengliang.measure.load.source import Asked, Row, Source, digest_of, geometry_heading
from hengliang.measure.load.values import as_text

_AT_ONCE = 5_000
_CUT = 10
"""Bytes of a heading in a Shapefile; longer ones are cut."""
_DBF_PAGES = {
    0x4D: "gb18030",
    0x7A: "gb18030",
    0x4E: "cp949",
    0x4F: "cp950",
    0x78: "cp950",
    0x03: "cp1252",
    0x57: "cp1252",
}
"""The code page by the byte 29 of a .dbf, where it says one that offices here use."""


def map_source(path: Path, asked: Asked) -> Source:
    """The features of a layer. Raises UnreadableFile, HeadingError."""
    with warnings.catch_warnings():
        # GDAL warns of what it mends; what it cannot mend it raises.
        warnings.simplefilter("ignore")
        return _source(path, asked, _gdal(path))


def _source(path: Path, asked: Asked, gdal: Any) -> Source:
    notes: list[Message] = []
    try:
        if path.suffix.lower() == ".shp":
            _whole(path)
            layer, encoding = path.stem, _code_page(path, notes)
        else:
            layer, encoding = _layer(gdal, path, asked.layer), None
        facts: dict[str, Any] = gdal.read_info(path, layer=layer, encoding=encoding)
        fields = [str(name) for name in facts["fields"]]
        named = [_uncut(name, asked.ledger) for name in fields] if encoding else fields
        headings = (*named, geometry_heading(named, asked))
        parts = _parts(gdal, path, layer, encoding, int(facts["features"]))
        first = next(parts, None)
    except HeadingError:
        raise
    except (gdal.errors.DataSourceError, gdal.errors.DataLayerError, ValueError, RuntimeError) as error:
        raise _damaged(path, str(error)) from error
    rows = chain.from_iterable(_rows(path, part) for part in chain([first] if first else [], parts))
    return Source(
        path.name, digest_of(path), headings, rows, 1, layer, crs=facts.get("crs"), notes=tuple(notes)
    )


def _gdal(path: Path) -> Any:
    try:
        return import_module("pyogrio")
    except ImportError as error:
        raise NeedsConverter(
            str(path),
            message("files of maps are read by GDAL, which is not installed here"),
            message('install it with `pip install "hengliang[maps]"`, or save the file as GeoJSON'),
        ) from error


def _damaged(path: Path, why: str) -> Damaged:
    return Damaged(
        str(path),
        message("the file of maps cannot be read: {why}", why=why[:300]),
        message("ask the sender for the file again, or open it in its program and save it anew"),
    )


def _whole(path: Path) -> None:
    """That a Shapefile has its parts, and is one."""
    with path.open("rb") as stream:
        start = stream.read(4)
    if start != b"\x00\x00\x27\x0a":
        raise _damaged(path, "no Shapefile")
    missing = [suffix for suffix in (".dbf", ".shx") if not path.with_suffix(suffix).exists()]
    if missing:
        raise Damaged(
            str(path),
            message("a Shapefile is several files, and {names} is missing", names=tuple(missing)),
            message("put .shp, .shx, .dbf, .prj and .cpg into one zip"),
        )


def _layer(gdal: Any, path: Path, wanted: str | None) -> str:
    with path.open("rb") as stream:
        if stream.read(16) != b"SQLite format 3\0":
            raise _damaged(path, "no GeoPackage")
    names = [str(name) for name, _ in gdal.list_layers(path)]
    if wanted is None and len(names) == 1:
        return names[0]
    if wanted is not None and wanted in names:
        return wanted
    said = message(
        "{file} has the layers {names}; say which with --layer", file=path.name, names=tuple(names)
    )
    raise HeadingError(said)


def _code_page(path: Path, notes: list[Message]) -> str:
    """The encoding of the texts: the one that is named, if they can be read in it; else the best of two."""
    text = _texts(path.with_suffix(".dbf"))
    named = _named_page(path)
    candidates = [*([named] if named else []), "utf-8", "gb18030"]
    faults = {name: text.decode(name, "replace").count("\ufffd") for name in reversed(candidates)}
    # Fields are cut after so many bytes, in the middle of a character too: a few faults are no wrong page.
    best = min(candidates, key=lambda name: faults[name])
    if named and faults[named] * 200 <= len(text):
        best = named
    elif named:
        notes.append(message("the texts are not in the code page {named} that is named; read as {best}",
                             named=named, best=best))  # fmt: skip
    elif text.decode("ascii", "ignore").encode() != text:
        notes.append(message("no code page is named; the texts are read as {best}", best=best))
    return best


def _named_page(path: Path) -> str | None:
    page = next(
        (each for each in (path.with_suffix(".cpg"), path.with_suffix(".CPG")) if each.exists()), None
    )
    name = page.read_text("ascii", "ignore").strip().lower() if page else ""
    if name in ("936", "cp936", "gbk", "gb2312", "gb18030", "ansi 936", "oem 936"):
        return "gb18030"
    if name:
        try:
            return codecs.lookup(name).name
        except LookupError:
            return None
    with path.with_suffix(".dbf").open("rb") as stream:
        start = stream.read(32)
    return _DBF_PAGES.get(start[29]) if len(start) == 32 else None


def _texts(table: Path) -> bytes:
    """The headings and the first rows of a .dbf."""
    with table.open("rb") as stream:
        return stream.read(2_000_000)[32:]


def _uncut(name: str, ledger: Ledger) -> str:
    """The column whose name was cut to the ten bytes that a Shapefile keeps; the name itself where none or
    several could be meant."""
    sizes = [len(name.encode(page)) for page in ("gb18030", "utf-8")]
    if not any(_CUT - 2 <= size <= _CUT for size in sizes):
        return name
    names = [each for column in ledger.columns for each in (column.name, column.zh)]
    if name in names:
        return name
    meant = {
        column.name
        for column in ledger.columns
        if column.name.startswith(name.lower()) or column.zh.startswith(name)
    }
    return meant.pop() if len(meant) == 1 else name


Part = tuple[Sequence[object], Sequence[Sequence[object]]]
"""The geometries of some features, and the values of each field."""


def _parts(gdal: Any, path: Path, layer: str, encoding: str | None, count: int) -> Iterator[Part]:
    for start in range(0, max(count, 1), _AT_ONCE):
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            _, _, shapes, values = gdal.raw.read(
                path, layer=layer, encoding=encoding, skip_features=start, max_features=_AT_ONCE,
                datetime_as_string=True,
            )  # fmt: skip
        yield shapes if shapes is not None else [], values


def _rows(path: Path, part: Part) -> Iterator[Row]:
    shapes, values = part
    columns = [_listed(column) for column in values]
    count = len(columns[0]) if columns else len(shapes)
    texts = _wkts(path, shapes) if len(shapes) else [None] * count
    for at in range(count):
        yield [*(as_text(column[at]) for column in columns), texts[at]]


def _listed(column: Any) -> list[object]:
    """The values of a field as Python's; days as they are written, what is missing as None."""
    if column.dtype.kind == "M":
        days = column.astype(f"datetime64[{'s' if column.dtype != 'datetime64[D]' else 'D'}]").astype(str)
        return [None if day == "NaT" else str(day) for day in days]
    return column.tolist()


def _wkts(path: Path, shapes: Sequence[object]) -> list[str | None]:
    try:
        figures = shapely.force_2d(shapely.from_wkb(list(shapes)))  # type: ignore[arg-type]
        return list(shapely.to_wkt(figures, rounding_precision=-1))  # type: ignore[arg-type]
    except shapely.GEOSException as error:
        raise _damaged(path, str(error)) from error
