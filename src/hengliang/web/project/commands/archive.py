"""A backup: one ZIP file with the database, the files, the records and the key, and a manifest of SHA-256.

SQLite is copied by its own online backup, so that an application that runs meanwhile loses nothing; a
PostgreSQL database is written by `pg_dump`. The database is taken first: files and batches are only ever
added, so everything that it names is there when they are copied.
"""

import hashlib
import json
import os
import shutil
import sqlite3
import subprocess
import tempfile
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from hengliang import __version__
from hengliang.base.message import Message, message

MANIFEST = "manifest.json"
_SQLITE, _DUMP, _KEY = "database.sqlite3", "database.dump", "secret-key"


class BadBackup(Exception):  # noqa: N818
    """A backup that cannot be made, or is not what it should be."""

    def __init__(self, reason: Message) -> None:
        super().__init__(reason.say("en"))
        self.reason = reason


def write(home: Path, database: Mapping[str, Any], out: Path, store: Path | None = None) -> dict[str, Any]:
    """Writes a backup of an installation, whole or not at all, and gives its manifest. `store` is where the
    records lie, if not in the folder of the installation."""
    part = out.with_name(f".{out.name}.part")
    try:
        with (
            tempfile.TemporaryDirectory() as scratch,
            zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED) as archive,
        ):
            kind, dump = _dumped(database, Path(scratch))
            digests = {dump.name: _add(archive, dump, dump.name)}
            if (home / _KEY).is_file():
                digests[_KEY] = _add(archive, home / _KEY, _KEY)
            for folder, place in _places(home, store).items():
                for path in _files(place):
                    name = f"{folder}/{path.relative_to(place).as_posix()}"
                    digests[name] = _add(archive, path, name)
            manifest = {"hengliang": __version__, "database": kind, "files": digests}
            archive.writestr(MANIFEST, json.dumps(manifest, ensure_ascii=False, indent=1, sort_keys=True))
        with part.open("rb") as stream:
            os.fsync(stream.fileno())
        part.replace(out)
    finally:
        part.unlink(missing_ok=True)
    return manifest


def _dumped(database: Mapping[str, Any], scratch: Path) -> tuple[str, Path]:
    if "sqlite3" in database["ENGINE"]:
        out = scratch / _SQLITE
        with sqlite3.connect(database["NAME"]) as source, sqlite3.connect(out) as copy:
            source.backup(copy)
        source.close()
        copy.close()
        return "sqlite", out
    out = scratch / _DUMP
    _run(["pg_dump", "--format=custom", f"--file={out}", *_where(database)], database)
    return "postgresql", out


def _places(home: Path, store: Path | None) -> dict[str, Path]:
    return {"files": home / "files", "store": store or home / "store"}


def _files(folder: Path) -> Iterator[Path]:
    if folder.is_dir():
        yield from (
            path
            for path in sorted(folder.rglob("*"))
            if path.is_file() and not any(part.startswith(".") for part in path.relative_to(folder).parts)
        )


def _add(archive: zipfile.ZipFile, path: Path, name: str) -> str:
    archive.write(path, name)
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def verified(backup: Path) -> dict[str, Any]:
    """The manifest of a backup whose every file has its digest. Raises `BadBackup`."""
    try:
        with zipfile.ZipFile(backup) as archive:
            manifest: dict[str, Any] = json.loads(archive.read(MANIFEST))
            names = set(archive.namelist()) - {MANIFEST}
            if names != set(manifest["files"]):
                raise BadBackup(message("{file} holds other files than its manifest names", file=str(backup)))
            for name, digest in manifest["files"].items():
                if name.startswith("/") or ".." in Path(name).parts:
                    raise BadBackup(
                        message("{file} names a place outside: {name}", file=str(backup), name=name)
                    )
                with archive.open(name) as stream:
                    found = hashlib.sha256()
                    while piece := stream.read(1 << 20):
                        found.update(piece)
                if found.hexdigest() != digest:
                    raise BadBackup(message("{name} in {file} is damaged", file=str(backup), name=name))
    except (OSError, KeyError, ValueError, zipfile.BadZipFile) as error:
        raise BadBackup(message("{file} is no backup: {why}", file=str(backup), why=str(error))) from error
    return manifest


def restore(
    backup: Path, home: Path, database: Mapping[str, Any], store: Path | None = None
) -> dict[str, Any]:
    """Puts a backup into an empty folder and its database. Raises `BadBackup`; checks everything first."""
    manifest = verified(backup)
    kind = "sqlite" if "sqlite3" in database["ENGINE"] else "postgresql"
    if manifest["database"] != kind:
        raise BadBackup(
            message(
                "the backup is of {theirs}, this installation runs on {ours}",
                theirs=manifest["database"],
                ours=kind,
            )
        )
    places = _places(home, store)
    taken = [place for place in (*places.values(), home / "hengliang.sqlite3") if place.exists()]
    if taken:
        raise BadBackup(
            message("{place} is there already; restore into an empty folder", place=str(taken[0]))
        )
    home.mkdir(parents=True, exist_ok=True)
    part = Path(tempfile.mkdtemp(prefix=".restore-", dir=home))
    try:
        with zipfile.ZipFile(backup) as archive:
            archive.extractall(part)
        if kind == "postgresql":
            _run(
                [
                    "pg_restore",
                    "--exit-on-error",
                    "--single-transaction",
                    "--no-owner",
                    *_where(database),
                    str(part / _DUMP),
                ],
                database,
            )
        for folder, place in places.items():
            if (part / folder).is_dir():
                shutil.move(part / folder, place)
        if (part / _KEY).is_file():
            (part / _KEY).replace(home / _KEY)
            (home / _KEY).chmod(0o600)
        if kind == "sqlite":
            (part / _SQLITE).replace(Path(database["NAME"]))
    finally:
        shutil.rmtree(part, ignore_errors=True)
    return manifest


def _where(database: Mapping[str, Any]) -> list[str]:
    names = (("HOST", "--host"), ("PORT", "--port"), ("USER", "--username"), ("NAME", "--dbname"))
    return [f"{option}={database[name]}" for name, option in names if database.get(name)]


def _run(command: list[str], database: Mapping[str, Any]) -> None:
    environment = os.environ | {"PGPASSWORD": str(database.get("PASSWORD") or "")}
    try:
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    except FileNotFoundError as error:
        raise BadBackup(
            message("{program} is not installed; it comes with PostgreSQL", program=command[0])
        ) from error
    if done.returncode:
        raise BadBackup(message("{program} failed: {why}", program=command[0], why=done.stderr.strip()[:500]))
