"""Fetches the scripts that pages carry, from the registry of their makers, and notes what came.

python scripts/vendor_assets.py           fetches WANTED with npm, copies files, writes VENDOR.toml
python scripts/vendor_assets.py --check   fails when a file is not the one that was noted; asks nobody
"""

import hashlib
import io
import json
import re
import subprocess
import sys
import tarfile
import tempfile
import tomllib
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
SERVED = ROOT / "src" / "hengliang" / "web" / "project" / "static" / "hengliang" / "vendor"
_SOURCE_MAP = re.compile(rb"^//# sourceMappingURL=.*\n?", re.MULTILINE)
"""Names a file that is not kept, which servers and browsers would ask for."""


class Package(NamedTuple):
    """One package: which files of it are kept, under which names, and the licence as its maker names it."""

    name: str
    version: str
    licence: str
    files: dict[str, str]


WANTED = [
    Package("htmx.org", "2.0.11", "0BSD", {"dist/htmx.min.js": "htmx.min.js", "LICENSE": "htmx.LICENSE"}),
    Package(
        "echarts",
        "6.1.0",
        "Apache-2.0",
        {
            "dist/echarts.common.min.js": "echarts.js",
            "LICENSE": "echarts.LICENSE",
            "NOTICE": "echarts.NOTICE",
            "licenses/LICENSE-d3": "echarts.LICENSE-d3",
        },
    ),
    Package(
        "maplibre-gl",
        "6.17.0",
        "BSD-3-Clause",
        {
            # Not every server of files knows the suffix .mjs.
            "dist/maplibre-gl.mjs": "maplibre-gl.js",
            "dist/maplibre-gl-worker.mjs": "maplibre-gl-worker.js",
            "dist/maplibre-gl.css": "maplibre-gl.css",
            "LICENSE.txt": "maplibre-gl.LICENSE",
        },
    ),
]


def fetch(package: Package) -> dict[str, object]:
    """Copies the files of a package; returns its note, with the digest of the registry for the whole."""
    wanted = f"{package.name}@{package.version}"
    with tempfile.TemporaryDirectory() as folder:
        told = subprocess.run(
            ["npm", "pack", "--json", "--pack-destination", folder, wanted],
            check=True,
            capture_output=True,
            text=True,
        )
        packed = json.loads(told.stdout)[0]
        archive = Path(folder, packed["filename"]).read_bytes()
    SERVED.mkdir(parents=True, exist_ok=True)
    with tarfile.open(fileobj=io.BytesIO(archive)) as files:
        for inside, kept in package.files.items():
            member = files.extractfile(f"package/{inside}")
            assert member is not None, f"{wanted} has no {inside}"
            (SERVED / kept).write_bytes(_SOURCE_MAP.sub(b"", member.read()))
    return {
        "name": package.name,
        "version": package.version,
        "licence": package.licence,
        "integrity": packed["integrity"],
        "files": {kept: digest(SERVED / kept) for kept in package.files.values()},
    }


def digest(path: Path) -> str:
    """The SHA-256 of a file, in hexadecimal."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def write(notes: list[dict[str, object]]) -> None:
    """VENDOR.toml."""
    lines = ["# Fetched by scripts/vendor_assets.py; what is served is what is noted here."]
    for note in notes:
        lines += ["", "[[package]]"]
        lines += [f'{key} = "{note[key]}"' for key in ("name", "version", "licence", "integrity")]
        files = note["files"]
        assert isinstance(files, dict)
        lines += ["[package.files]", *(f'"{name}" = "{value}"' for name, value in files.items())]
    (SERVED / "VENDOR.toml").write_text("\n".join(lines) + "\n", encoding="utf-8")


def problems() -> list[str]:
    """Files that differ from their note, are missing, or are noted nowhere."""
    noted: dict[str, str] = {}
    for package in tomllib.loads((SERVED / "VENDOR.toml").read_text(encoding="utf-8"))["package"]:
        noted |= package["files"]
    told = [f"{name} is missing" for name in noted if not (SERVED / name).is_file()]
    for path in sorted(SERVED.iterdir()):
        if path.name not in {*noted, "VENDOR.toml"}:
            told.append(f"{path.name} is noted nowhere")
        elif path.name in noted and digest(path) != noted[path.name]:
            told.append(f"{path.name} is not the file that was fetched")
    return told


def main() -> int:
    """Fetches, or checks."""
    if "--check" in sys.argv[1:]:
        told = problems()
        sys.stdout.writelines(f"{line}\n" for line in told)
        return 1 if told else 0
    write([fetch(package) for package in WANTED])
    return 0


if __name__ == "__main__":
    sys.exit(main())
