"""The map of records in a browser: without ground, on own tiles, on those of a map service with a key."""

import struct
import threading
import zlib
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from math import asinh, pi, radians, tan
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from hengliang.web.accounts.models import Person
from hengliang.web.declarations.models import Declaration
from hengliang.web.evidence.actions import hand_in
from hengliang.web.evidence.ground import OWN
from hengliang.web.jobs.actions import carry_out
from tests.web.journeys.declare_site import Site, chromium, site, until

__all__ = ["chromium", "site"]

RECORDS = Path(__file__).parents[2] / "measure" / "vectors" / "I18_hazard_inspection.csv"
GREEN, RED = (190, 230, 170), (240, 120, 110)


def _tile(colour: tuple[int, int, int], opacity: int = 255) -> bytes:
    """A tile of one colour; with `opacity` below 255 only its upper half is drawn."""
    size = 256
    drawn, bare = bytes((*colour, 255)), bytes((*colour, opacity))
    rows = b"".join(b"\0" + (drawn if y < size // 2 else bare) * size for y in range(size))

    def part(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", size, size, 8, 6, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + part(b"IHDR", head) + part(b"IDAT", zlib.compress(rows)) + part(b"IEND", b"")
    )


class _Service(BaseHTTPRequestHandler):
    """A map service as the national one answers: layers by name, a key, tiles by matrix, row and column."""

    asked: list[dict[str, str]]

    def do_GET(self) -> None:
        asked = {name: values[0] for name, values in parse_qs(urlsplit(self.path).query).items()}
        type(self).asked.append(asked)
        self.send_response(200 if asked.get("tk") == "0123" else 403)
        self.send_header("Content-Type", "image/png")
        self.send_header("Access-Control-Allow-Origin", "*")
        self.end_headers()
        self.wfile.write(_tile(GREEN) if asked["LAYER"] == "vec" else _tile(RED, 0))

    def log_message(self, *_: Any) -> None:
        """Says nothing."""


@pytest.fixture
def service() -> Iterator[str]:
    """The address of the map service."""
    _Service.asked = []
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Service)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()


def _map(site: Site, declaration: Declaration) -> tuple[Any, str]:
    """The page of records with its map drawn, and what it may connect to."""
    clerk = Person.objects.get(username="tianbao")
    upload = SimpleUploadedFile("巡查.csv", RECORDS.read_bytes())
    load = hand_in(clerk, declaration.organisation, "hazard_inspection", 2023, upload)
    assert load.job is not None
    carry_out(load.job.pk)
    page = site.page_of("tianbao")
    answer = page.goto(f"/evidence/loads/{load.pk}/records/")
    until(page, "document.querySelector('[data-map]').dataset.ready === 'yes'")
    until(page, "document.querySelector('[data-map]').map.map.areTilesLoaded()")
    page.wait_for_timeout(500)
    policy = answer.headers["content-security-policy"]
    return page, next(one for one in policy.split("; ") if one.startswith("connect-src"))


def _colours(page: Any) -> set[tuple[int, ...]]:
    """The colours that a good part of the map has."""
    taken = Image.open(BytesIO(page.locator("[data-map-canvas]").screenshot())).convert("RGB")
    many = taken.width * taken.height // 10
    return {colour for count, colour in taken.getcolors(2**24) or () if count > many}  # pyright: ignore


def test_without_ground(site: Site, approved: Declaration) -> None:
    page, policy = _map(site, approved)
    assert policy == "connect-src 'self'"
    assert not {GREEN, RED} & _colours(page)
    assert page.locator("[data-map-list] li:visible").count() > 0


def test_on_own_tiles(site: Site, approved: Declaration, tmp_path: Path, settings: Any) -> None:
    green = _tile(GREEN)
    lon, lat = 112.51, radians(26.7)
    for z in range(19):
        x = int((lon + 180) / 360 * 2**z)
        y = int((1 - asinh(tan(lat)) / pi) / 2 * 2**z)
        for column in range(max(0, x - 6), x + 7):
            folder = tmp_path / str(z) / str(column)
            folder.mkdir(parents=True)
            for row in range(max(0, y - 6), y + 7):
                (folder / f"{row}.png").write_bytes(green)
    settings.MAP_FOLDER, settings.MAP_TILES = tmp_path, OWN
    page, policy = _map(site, approved)
    assert policy == "connect-src 'self'"
    assert GREEN in _colours(page)


def test_on_a_map_service_with_a_key(site: Site, approved: Declaration, service: str, settings: Any) -> None:
    pattern = (
        f"{service}/{{layer}}_w/wmts?SERVICE=WMTS&REQUEST=GetTile&VERSION=1.0.0&LAYER={{layer}}&STYLE=default"
        "&TILEMATRIXSET=w&FORMAT=tiles&TILEMATRIX={z}&TILEROW={y}&TILECOL={x}&tk=0123"
    )
    ground, labels = (pattern.replace("{layer}", layer) for layer in ("vec", "cva"))
    settings.MAP_TILES = f"{ground} | {labels}"
    settings.MAP_ATTRIBUTION = "某图 审图号 GS(2024)0001号"
    page, policy = _map(site, approved)
    assert policy == f"connect-src 'self' {service}"
    assert {GREEN, RED} <= _colours(page)
    assert {one["LAYER"] for one in _Service.asked} == {"vec", "cva"}
    assert all(one["TILEMATRIX"].isdigit() and one["tk"] == "0123" for one in _Service.asked)
    assert "审图号" in page.locator("[data-map-canvas]").inner_text()
