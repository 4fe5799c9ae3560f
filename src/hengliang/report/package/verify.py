"""`verify`: a package is computed again from its facts, and must come out byte for byte.

Everything happens offline and without the store. What rests on trust is told, and so is another version of
the program, whose arithmetic may differ.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, cast

from hengliang import __version__
from hengliang.base.message import Message, message
from hengliang.base.profile import load_profile, profile_names
from hengliang.measure.catalogue import all_ledgers, definition_text, groups_text
from hengliang.report.package.archive import first_difference, pack, unpack
from hengliang.report.package.contents import MANIFEST, SIGNATURE, Contents, contents, manifest
from hengliang.report.package.facts import GROUPS, SIGNER, Facts, facts_from
from hengliang.report.package.rows import Broken
from hengliang.report.package.signature import is_signed

_MOST_TOLD = 20
"""Differences inside one file that are told."""


class Signed(StrEnum):
    """What a signature says."""

    NONE = "none"
    UNKNOWN = "unknown"  # signed, by whoever's key lies in the package
    KNOWN = "known"  # signed with the key that was given
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class Difference:
    """Where a package is not what it should be. `file` is None where the package as a whole is meant."""

    file: str | None
    said: Message


@dataclass(frozen=True, slots=True)
class Verified:
    """What verifying found. `contents` is what was computed again; None when the facts cannot be used."""

    sha256: str
    signed: Signed
    differences: tuple[Difference, ...]
    notes: tuple[Message, ...]
    facts: Facts | None = None
    contents: Contents | None = None

    @property
    def equal(self) -> bool:
        """Whether everything is as it was computed again."""
        return not self.differences


def verify(data: bytes, key: bytes | None = None) -> Verified:
    """Computes a package again. `key` is the public key of whoever should have signed it.

    Raises Refused when the bytes are no package.
    """
    files = unpack(data)
    different = changed(data, files)
    signed = _signature(files, key)
    different += _unsigned(signed, key)
    found, facts, made = _computed(files)
    different += found
    notes = tuple(_notes(facts)) if facts is not None else ()
    return Verified(hashlib.sha256(data).hexdigest(), signed, tuple(different), notes, facts, made)


def changed(data: bytes, files: Mapping[str, bytes]) -> list[Difference]:
    """What was changed in a package since its manifest was written; nothing is computed again for that."""
    return [*_container(data, files), *_manifest(files)]


def _container(data: bytes, files: Mapping[str, bytes]) -> Iterator[Difference]:
    at = first_difference(data, pack(files))
    if at is not None:
        said = message("the archive around the files was not written so: byte {at} differs", at=at)
        yield Difference(None, said)


def _manifest(files: Mapping[str, bytes]) -> Iterator[Difference]:
    """The files that the manifest does not tell of as they are."""
    listed: dict[str, str] = {}
    for line in files.get(MANIFEST, b"").decode("utf-8", errors="replace").splitlines():
        digest, _, name = line.partition("  ")
        listed[name] = digest
    apart = (MANIFEST, SIGNATURE)
    for name in sorted({*listed, *files}):
        if name not in files:
            yield Difference(name, message("the manifest lists it, and it is not there"))
        elif name not in listed:
            if name not in apart:
                yield Difference(name, message("the manifest does not list it"))
        elif hashlib.sha256(files[name]).hexdigest() != listed[name]:
            yield Difference(name, message("it was changed: its digest is not that of the manifest"))
    plain = {name: content for name, content in files.items() if name not in apart}
    if MANIFEST not in files:
        yield Difference(MANIFEST, message("it is missing"))
    elif files[MANIFEST] != manifest(plain) and all(listed.get(name) for name in plain):
        yield Difference(MANIFEST, message("it is not written as manifests are"))


def _signature(files: Mapping[str, bytes], key: bytes | None) -> Signed:
    if SIGNER not in files and SIGNATURE not in files:
        return Signed.NONE
    public, signature = files.get(SIGNER, b""), files.get(SIGNATURE, b"")
    if not is_signed(files.get(MANIFEST, b""), signature, public):
        return Signed.WRONG
    if key is None:
        return Signed.UNKNOWN
    return Signed.KNOWN if key == public else Signed.WRONG


def _unsigned(signed: Signed, key: bytes | None) -> Iterator[Difference]:
    if signed is Signed.WRONG:
        said = (
            message("the signature does not fit the manifest and the key in the package")
            if key is None
            else message("it was not signed with the key given")
        )
        yield Difference(SIGNATURE, said)
    elif signed is Signed.NONE and key is not None:
        yield Difference(SIGNATURE, message("it is not signed"))


def _computed(files: Mapping[str, bytes]) -> tuple[list[Difference], Facts | None, Contents | None]:
    """The differences to what is computed again from the facts in the files."""
    try:
        facts = facts_from(files)
    except Broken as error:
        return [Difference(None, error.said)], None, None
    try:
        made = contents(facts)
    except Broken as error:
        return [Difference(None, error.said)], facts, None
    except Exception as error:
        # What a hostile package makes fail inside an engine is told, whatever it is.
        why = f"{type(error).__name__}: {error}".splitlines()[0][:200]
        return [Difference(None, message("it cannot be computed again: {why}", why=why))], facts, None
    found: list[Difference] = []
    for name in sorted({*files, *made.files} - {MANIFEST, SIGNATURE}):
        if name not in files:
            found.append(Difference(name, message("it is missing")))
        elif name not in made.files:
            found.append(Difference(name, message("nothing in the package gives this file")))
        elif files[name] != made.files[name]:
            found += [Difference(name, said) for said in _between(name, files[name], made.files[name])]
    return found, facts, made


def _between(name: str, published: bytes, computed: bytes) -> list[Message]:
    """What differs in one file, in words."""
    if name.endswith(".json"):
        try:
            told = list(_json(json.loads(published), json.loads(computed), ""))
        except (ValueError, RecursionError):
            told = []
        if told:
            more = len(told) - _MOST_TOLD
            rest = [message("and {count} more differences", count=more)] if more > 0 else []
            return [*told[:_MOST_TOLD], *rest]
    if name.endswith(".csv"):
        lines = zip(published.split(b"\r\n"), computed.split(b"\r\n"), strict=False)
        at = next((number for number, (one, other) in enumerate(lines, 1) if one != other), None)
        if at is not None:
            return [message("line {number} is not what was computed again", number=at)]
    return [message("it is not what was computed again")]


def _json(published: Any, computed: Any, where: str) -> Iterator[Message]:
    if type(published) is not type(computed):
        yield _differs(where, published, computed)
    elif isinstance(published, dict):
        one, other = cast("dict[str, Any]", published), cast("dict[str, Any]", computed)
        for name in sorted({*one, *other}):
            yield from _json(one.get(name), other.get(name), f"{where}/{name}")
    elif isinstance(published, list):
        first, second = cast("Sequence[Any]", published), cast("Sequence[Any]", computed)
        if len(first) != len(second):
            yield _differs(f"{where}/#", len(first), len(second))
        for at, (a, b) in enumerate(zip(first, second, strict=False)):
            name = a.get("metric") or a.get("number") if isinstance(a, dict) else None
            yield from _json(a, b, f"{where}/{name or at}")
    elif published != computed:
        yield _differs(where, published, computed)


def _differs(where: str, published: Any, computed: Any) -> Message:
    return message(
        "{where} is {published} in the package, and {computed} when computed again",
        where=where.lstrip("/"),
        published=_short(published),
        computed=_short(computed),
    )


def _short(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 80 else f"{text[:77]}..."


def _notes(facts: Facts) -> Iterator[Message]:
    """Where the package was written by another version, or with other definitions than this one's."""
    if facts.about.hengliang != __version__:
        yield message(
            "written by Hengliang {theirs}, computed again by {ours}: differences may come from that",
            theirs=facts.about.hengliang,
            ours=__version__,
        )
    known = all_ledgers()
    own = {name: definition_text(name) for name in facts.definitions if name in known}
    own[GROUPS] = groups_text()
    other = [name for name, text in sorted(facts.definitions.items()) if own.get(name) != text]
    if other:
        yield message("ledgers defined otherwise than in this version: {names}", names=tuple(other))
    name = facts.profile.name
    if name not in profile_names() or load_profile(name).data != facts.profile.data:
        yield message("the rule profile {name} is not the one of that name in this version", name=name)
