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
import zlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
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


def write(
    home: Path,
    database: Mapping[str, Any],
    out: Path,
    store: Path | None = None,
    migrations: Sequence[str] = (),
) -> dict[str, Any]:
    """Writes a backup of an installation, whole or not at all, and gives its manifest. `store` is where the
    records lie, if not in the folder of the installation; `migrations` say what version it is of."""
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
            manifest: dict[str, Any] = {
                "hengliang": __version__,
                "database": kind,
                "migrations": list(migrations),
            }
            manifest["files"] = digests
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
                if _digest_in(archive, name) != digest:
                    raise BadBackup(message("{name} in {file} is damaged", file=str(backup), name=name))
    except (KeyError, ValueError, TypeError, AttributeError, RuntimeError, zipfile.BadZipFile) as error:
        raise BadBackup(message("{file} is no backup, or is damaged", file=str(backup))) from error
    return manifest


def _digest_in(archive: zipfile.ZipFile, name: str) -> str:
    """The SHA-256 of a file in an archive; nothing when it cannot be unpacked."""
    found = hashlib.sha256()
    try:
        with archive.open(name) as stream:
            while piece := stream.read(1 << 20):
                found.update(piece)
    except (zipfile.BadZipFile, zlib.error, EOFError):
        return ""
    return found.hexdigest()


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
    ours = (*places.values(), home / "hengliang.sqlite3", home / _KEY)
    taken = [place for place in ours if place.exists()]
    if taken:
        raise BadBackup(
            message("{place} is there already; restore into an empty folder", place=str(taken[0]))
        )
    is_new = not home.exists()
    home.mkdir(parents=True, exist_ok=True)
    part = Path(tempfile.mkdtemp(prefix=".restore-", dir=home))
    try:
        with zipfile.ZipFile(backup) as archive:
            archive.extractall(part)
        for folder, place in places.items():
            if (part / folder).is_dir():
                shutil.move(part / folder, place)
        if (part / _KEY).is_file():
            (part / _KEY).replace(home / _KEY)
            (home / _KEY).chmod(0o600)
        if kind == "sqlite":
            (part / _SQLITE).replace(Path(database["NAME"]))
        else:
            options = ["--exit-on-error", "--single-transaction", "--no-owner", *_where(database)]
            _run(["pg_restore", *options, str(part / _DUMP)], database)
    except BaseException:
        # The database comes last, and whole or not at all: what was put beside it goes again.
        for place in places.values():
            shutil.rmtree(place, ignore_errors=True)
        (home / _KEY).unlink(missing_ok=True)
        raise
    finally:
        shutil.rmtree(part, ignore_errors=True)
        if is_new:
            # Only when nothing came into it.
            with suppress(OSError):
                home.rmdir()
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
