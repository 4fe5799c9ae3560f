"""`hengliang criteria`: one sentence, and files of many."""

import json
from pathlib import Path

import pytest

from hengliang.report import fonts
from tests.cli.calling import call
from tests.snapshots import same_as

SNAPSHOTS = Path(__file__).parent / "snapshots"
VECTORS = Path(__file__).parents[1] / "samples" / "criteria" / "vectors.jsonl"
STEPS = "每少1家扣0.5分，扣完为止"
AROUND = ("--points", "3", "--operator", "≥", "--target", "60", "--unit", "家")


def test_one_sentence_in_words() -> None:
    shown = call("criteria", STEPS, *AROUND, "--given", "57", "--given", "70")
    assert shown.code == 0
    assert same_as(SNAPSHOTS / "criteria.en.txt", shown.out)
    shown = call("criteria", STEPS, *AROUND, "--given", "57", "--given", "70", "--lang", "zh")
    assert same_as(SNAPSHOTS / "criteria.zh.txt", shown.out)


def test_what_is_open_is_asked_of_the_owner() -> None:
    shown = call("criteria", "结案率达到90%以上计2分，每…", "--points", "5", "--given", "85", "--lang", "zh")
    assert shown.code == 0
    assert same_as(SNAPSHOTS / "criteria-open.zh.txt", shown.out)


def test_several_facts() -> None:
    sentence = "每发现1起扣1分，扣完为止；未建立制度扣2分"
    for given in ("发现=2,未建立制度=否", '{"发现": 2, "未建立制度": "否"}'):
        shown = call("criteria", sentence, "--points", "5", "--given", given, "--json")
        assert json.loads(shown.out)["scores"][0]["score"] == "3.00"


def test_json_of_one_sentence() -> None:
    shown = call("criteria", STEPS, *AROUND, "--given", "57", "--json")
    data = json.loads(shown.out)
    assert (shown.code, data["status"], data["scores"][0]["score"]) == (0, "exact", "1.50")


def test_exit_codes() -> None:
    assert call("criteria", "视情况考虑").code == 1
    assert call("criteria", STEPS, *AROUND, "--given", "多").code == 2
    assert call("criteria").code == 2
    assert call("criteria", STEPS, "--file", "x").code == 2
    assert call("criteria", "--file", "x", "--points", "3").code == 2
    assert call("criteria", "--file", "no such file").code == 2
    assert call("criteria", STEPS, "--points", "many").code == 2
    assert call("criteria", STEPS, "--given", "{").code == 2
    assert call("criteria", STEPS, "--given", "1,a=2").code == 2
    assert call("criteria", STEPS, "--profile", "nowhere").code == 2


def test_a_file_answers_every_line_in_its_order(tmp_path: Path) -> None:
    lines = [json.loads(line) for line in VECTORS.read_text(encoding="utf-8").splitlines()]
    asked = [
        {**line, "id": number, "given": [case["given"] for case in line.get("cases", [])]}
        for number, line in enumerate(lines)
    ]
    path = tmp_path / "sentences.jsonl"
    path.write_text("".join(f"{json.dumps(each)}\n" for each in asked), encoding="utf-8")
    shown = call("criteria", "--file", path, "--json")
    found = [json.loads(line) for line in shown.out.splitlines()]
    assert shown.code == 0
    assert [each["id"] for each in found] == [each["id"] for each in asked]
    assert all(len(one["scores"]) == len(other["given"]) for one, other in zip(found, asked, strict=True))


def test_a_bad_line_never_stops_the_others() -> None:
    good = json.dumps({"id": "a", "text": STEPS, "points": 3, "target": 60, "unit": "家", "given": 57})
    bad = [b"no json", b"[1]", b'{"id": "b"}', b"\xff", b'{"id": "c", "text": "x", "points": NaN}']
    shown = call("criteria", "--file", "-", "--json", given=b"\n".join([*bad, b"", good.encode()]))
    found = [json.loads(line) for line in shown.out.splitlines()]
    assert shown.code == 2
    assert [each.get("line") for each in found] == [1, 2, 3, 4, 5, None]
    assert all("error" in each for each in found[:-1])
    assert found[2]["id"] == "b"
    assert found[-1]["scores"][0]["score"] == "1.50"


def test_a_file_in_words() -> None:
    lines = [
        json.dumps({"id": 1, "text": STEPS, "points": 3, "target": 60, "unit": "家", "given": [57, "x"]}),
        json.dumps({"text": "视情况考虑"}),
        "no json",
    ]
    shown = call("criteria", "--file", "-", "--lang", "zh", given="\n".join(lines).encode())
    assert same_as(SNAPSHOTS / "criteria-file.zh.txt", shown.out)


def test_pictures(tmp_path: Path) -> None:
    svg, png = tmp_path / "curve.svg", tmp_path / "curve.PNG"
    assert call("criteria", STEPS, *AROUND, "--given", "57", "--picture", svg, "--dark").code == 0
    assert "57家 → 1.50 points" in svg.read_text(encoding="utf-8")
    assert call("criteria", STEPS, *AROUND, "--picture", png).code == 0
    assert png.read_bytes().startswith(b"\x89PNG")
    assert call("criteria", STEPS, *AROUND, "--picture", tmp_path / "curve.gif").code == 2
    assert call("criteria", "视情况考虑", "--picture", svg).code == 1
    assert "nothing is guessed" in svg.read_text(encoding="utf-8")


def test_a_picture_without_fonts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def none() -> fonts.Font:
        raise fonts.NoChineseFontError

    monkeypatch.setattr("hengliang.report.png.chinese_font", none)
    shown = call("criteria", STEPS, *AROUND, "--picture", tmp_path / "curve.png")
    assert shown.code == 2
    assert "fonts-noto-cjk" in shown.err
