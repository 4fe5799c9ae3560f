"""What verifying finds: changes, removals, additions, and results that were made up."""

import json
import random
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from scripts.tamper import is_found, tampered

from hengliang.report.package.archive import pack, unpack
from hengliang.report.package.contents import MANIFEST, SIGNATURE, manifest
from hengliang.report.package.facts import facts_from
from hengliang.report.package.publish import Published
from hengliang.report.package.signature import Signer, new_pair, public_key_of, signer_of
from hengliang.report.package.verify import Signed, verify
from tests.report.package.packages import published


def remade(files: dict[str, bytes]) -> bytes:
    """A package of files whose manifest fits: made up by somebody who knows how."""
    plain = {name: data for name, data in files.items() if name not in (MANIFEST, SIGNATURE)}
    return pack({**plain, MANIFEST: manifest(plain)})


def edited(package: Published, name: str, edit: Callable[[Any], Any]) -> bytes:
    """The package with a file of JSON edited, and a manifest that fits."""
    files = unpack(package.data)
    data = edit(json.loads(files[name]))
    files[name] = (json.dumps(data, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()
    return remade(files)


def told(data: bytes) -> str:
    """All differences, in English."""
    return "\n".join(f"{one.file}: {one.said}" for one in verify(data).differences)


def test_what_was_published_is_equal(package: Published) -> None:
    found = verify(package.data)
    assert found.equal
    assert (found.signed, found.notes) == (Signed.NONE, ())


@pytest.mark.parametrize("kind", ["changed", "taken away", "put in", "cut off"])
def test_random_changes_are_found(package: Published, kind: str) -> None:
    chance = random.Random(7)
    assert all(is_found(tampered(package.data, kind, chance)) for _ in range(150))


def test_a_changed_file_is_named(package: Published) -> None:
    data = package.data.replace(b"GC-001", b"GC-009")
    assert "records/green_mine_check.csv: it was changed" in told(data)


def test_a_removed_and_an_added_file_are_found(package: Published) -> None:
    files = unpack(package.data)
    page = files.pop("index.html")
    assert "index.html: the manifest lists it, and it is not there" in told(pack(files))
    assert "index.html: it is missing" in told(remade(files))
    assert "extra.txt: the manifest does not list it" in told(
        pack({**unpack(package.data), "extra.txt": page})
    )
    assert "extra.txt: nothing in the package gives this file" in told(
        remade({**unpack(package.data), "extra.txt": page})
    )


def test_a_made_up_value_is_found(package: Published) -> None:
    def edit(data: Any) -> Any:
        data[0]["value"] |= {"shown": {"number": "60"}, "exact": "60"}
        return data

    assert 'M01/value/exact is "60" in the package, and "3" when computed again' in told(
        edited(package, "measurements.json", edit)
    )


def test_a_made_up_score_is_found(package: Published) -> None:
    data = edited(package, "score.json", lambda sheet: sheet | {"total": sheet["total"] | {"low": "95.00"}})
    assert 'total/low is "95.00" in the package' in told(data)


def test_a_changed_row_gives_another_value(package: Published) -> None:
    files = unpack(package.data)
    rows = files["records/green_mine_check.csv"]
    files["records/green_mine_check.csv"] = rows.replace(b"UNDERGROUND", b"OPEN")
    assert 'M01/value/exact is "3" in the package, and "4" when computed again' in told(remade(files))


def test_trust_is_not_claimed_where_rows_suffice(package: Published) -> None:
    made = facts_from(unpack(package.data)).trusted["M18"]

    def edit(data: Any) -> Any:
        return data | {"M01": data["M18"]}

    assert made.value.exact is not None
    assert "M01" in told(edited(package, "trusted.json", edit))


def test_another_version_is_told(package: Published) -> None:
    found = verify(edited(package, "package.json", lambda about: about | {"hengliang": "0.0.1"}))
    assert next(str(note) for note in found.notes).startswith("written by Hengliang 0.0.1")
    newer = edited(package, "package.json", lambda about: about | {"format": 99})
    assert "the package has format 99" in told(newer)


def test_other_definitions_and_profiles_are_told(package: Published) -> None:
    files = unpack(package.data)
    name = "ledgers/green_mine_check.toml"
    files[name] = files[name].replace(b"'OPEN', 'MIXED'", b"'OPEN', 'UNDERGROUND'")
    found = verify(remade(files))
    assert "ledgers defined otherwise than in this version: green_mine_check" in [str(n) for n in found.notes]
    assert not found.equal
    data = edited(package, "profile.json", lambda profile: profile | {"name": "nowhere"})
    assert any("the rule profile nowhere" in str(note) for note in verify(data).notes)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("package.json", b"[1"),
        ("package.json", b"[]"),
        ("profile.json", b'{"name": 1, "values": {}}'),
        ("profile.json", b'{"name": "x", "values": {}}'),
        ("binding.json", b"[" * 100_000),
        ("trusted.json", b'{"M18": {"value": {"state": "none"}}}'),
        ("form/form.json", b'{"kind": "nothing"}'),
        ("ledgers/green_mine_check.toml", b"name = ["),
        ("ledgers/groups.toml", b""),
        ("records/green_mine_check.csv", b"\xff\xfe"),
        ("records/green_mine_check.csv", b"_row\r\n1\r\n"),
        ("records/nothing.csv", b"_row,_batch,_source_row,_blocked,_questioned\r\n"),
    ],
)
def test_hostile_files_are_told_and_nothing_else_happens(
    package: Published, name: str, content: bytes
) -> None:
    found = verify(remade({**unpack(package.data), name: content}))
    assert not found.equal
    assert found.contents is None


@pytest.fixture
def keys(tmp_path: Path) -> tuple[Signer, bytes]:
    secret, public = new_pair()
    (tmp_path / "k.pem").write_bytes(secret)
    (tmp_path / "k.pub.pem").write_bytes(public)
    return signer_of(tmp_path / "k.pem"), public_key_of(tmp_path / "k.pub.pem")


def test_signatures(package: Published, store: Path, keys: tuple[Signer, bytes]) -> None:
    signer, public = keys
    signed = published(store, signer=signer).data
    other = new_pair()[1]
    assert verify(signed).signed is Signed.UNKNOWN
    assert (verify(signed, public).equal, verify(signed, public).signed) == (True, Signed.KNOWN)
    assert (verify(signed, other).equal, verify(signed, other).signed) == (False, Signed.WRONG)
    assert not verify(package.data, public).equal
    files = unpack(signed)
    assert "the signature does not fit" in told(pack({n: d for n, d in files.items() if n != SIGNATURE}))
    assert "the signature does not fit" in told(pack({**files, SIGNATURE: bytes(64)}))
    assert "the signature does not fit" in told(remade(files) if SIGNATURE in files else b"")


def test_facts_go_and_come_back(package: Published) -> None:
    facts = facts_from(unpack(package.data))
    assert replace(facts, profile=facts.profile).about == facts.about
    assert facts.period.end.year == 2023
