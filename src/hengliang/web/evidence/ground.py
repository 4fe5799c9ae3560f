"""The ground of maps: layers of raster tiles, from a folder of this installation or from a map service."""

import re
from functools import lru_cache
from pathlib import Path
from urllib.parse import urlsplit

OWN = "/evidence/ground/{z}/{x}/{y}"
"""Where this application gives the tiles of its own folder."""

_KINDS = {"png": "image/png", "jpg": "image/jpeg", "jpeg": "image/jpeg", "webp": "image/webp"}
_SERVER = re.compile(r"https?://[A-Za-z0-9.-]+(?::[0-9]+)?")


class NoTiles(ValueError):  # noqa: N818
    """An address that no map can ask for tiles."""


def layers(text: str) -> list[list[str]]:
    """The layers of a setting from the lowest up, divided by `|`: each the addresses, divided by blanks, of
    servers that have the same tiles. Raises `NoTiles`."""
    found = [one.split() for one in text.split("|") if one.strip()]
    for address in (each for one in found for each in one):
        if not all(hole in address for hole in ("{z}", "{x}", "{y}")):
            raise NoTiles(f"an address of tiles holds {{z}}, {{x}} and {{y}}: {address}")
        if not address.startswith("/") and not _SERVER.fullmatch(_server(address)):
            raise NoTiles(f"an address of tiles begins with /, http:// or https://: {address}")
    return found


@lru_cache
def servers(text: str) -> tuple[str, ...]:
    """The servers that pages must be allowed to ask for the layers of a setting. Raises `NoTiles`."""
    every = (address for one in layers(text) for address in one if not address.startswith("/"))
    return tuple(dict.fromkeys(map(_server, every)))


def _server(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}"


def tile(folder: Path, z: int, x: int, y: int) -> tuple[Path, str] | None:
    """The file of a tile in a folder of `z/x/y.png` (or jpg, webp) and its type, if there is one."""
    for ending, kind in _KINDS.items():
        path = folder / str(z) / str(x) / f"{y}.{ending}"
        if path.is_file():
            return path, kind
    return None
