"""The ground of maps: what may be configured, and the tiles of a folder."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from hengliang.web.evidence.ground import OWN, NoTiles, layers, servers

NATIONAL = (
    "https://t0.tianditu.gov.cn/vec_w/wmts?SERVICE=WMTS&REQUEST=GetTile&VERSION=1.0.0&LAYER=vec&STYLE=default"
    "&TILEMATRIXSET=w&FORMAT=tiles&TILEMATRIX={z}&TILEROW={y}&TILECOL={x}&tk=0123"
)


def test_layers_and_their_servers() -> None:
    labels = NATIONAL.replace("vec", "cva")
    second = NATIONAL.replace("//t0", "//t1")
    text = f"{NATIONAL} {second} | {labels}"
    assert layers(text) == [[NATIONAL, second], [labels]]
    assert servers(text) == ("https://t0.tianditu.gov.cn", "https://t1.tianditu.gov.cn")
    assert servers(OWN) == ()
    assert layers("") == []


@pytest.mark.parametrize(
    "text",
    [
        "https://a.example/{z}/{x}",
        "https://t{0-7}.example/{z}/{x}/{y}",
        "https://a.example;script-src/{z}/{x}/{y}",
        "https://*/{z}/{x}/{y}",
        "https://user:word@a.example/{z}/{x}/{y}",
        "tiles/{z}/{x}/{y}.png",
        "file:///tiles/{z}/{x}/{y}.png",
    ],
)
def test_what_no_map_can_ask_is_refused(text: str) -> None:
    with pytest.raises(NoTiles):
        servers(text)


def test_tiles_of_the_own_folder(
    example: object, signed_in: Callable[[str], Client], tmp_path: Path, settings: Any
) -> None:
    place = OWN.format(z=3, x=6, y=3)
    client = signed_in("shenhe")
    assert client.get(place).status_code == 204
    settings.MAP_FOLDER = tmp_path
    (tmp_path / "3" / "6").mkdir(parents=True)
    (tmp_path / "3" / "6" / "3.jpg").write_bytes(b"picture")
    answer = client.get(place)
    assert answer.headers["Content-Type"] == "image/jpeg"
    assert b"".join(answer) == b"picture"
    assert "max-age" in answer.headers["Cache-Control"]
    assert client.get(OWN.format(z=3, x=6, y=4)).status_code == 204
    assert client.get("/evidence/ground/3/../3").status_code == 404
    assert Client().get(place).status_code == 302
