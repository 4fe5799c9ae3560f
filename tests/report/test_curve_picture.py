"""Pictures of criteria: what stands on them, the same bytes every time, and PNG with letters."""

import re
from decimal import Decimal
from fractions import Fraction
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given as drawn
from hypothesis import settings
from hypothesis import strategies as st
from lxml import etree
from PIL import Image

from hengliang.base.profile import load_profile
from hengliang.criteria.curve import Curve, Interval, Piece, Stair
from hengliang.criteria.evaluate import Curves
from hengliang.criteria.question import question_of
from hengliang.criteria.read import CriterionReading
from hengliang.criteria.variable import Kind, Variable
from hengliang.report import fonts
from hengliang.report.curve_picture import picture
from hengliang.report.curve_view import view_of
from hengliang.report.fonts import NoChineseFontError, chinese_font, font_in
from hengliang.report.png import png_of
from tests.snapshots import same_as

SNAPSHOTS = Path(__file__).parent / "snapshots"
PROFILE = load_profile("national-2015")
SVG = "{http://www.w3.org/2000/svg}"


def read(text: str, **around: Any) -> CriterionReading:
    return question_of({"text": text, **around}).read(PROFILE)


STEPS = read("每少1家扣0.5分，扣完为止", points=3, operator="≥", target=60, unit="家")
OPEN = read("90%以上得5分，80%-90%得3分，80%以下酌情扣分", points=5)
SEVERAL = read("每发现1起扣1分，扣完为止；未建立制度扣2分", points=5)
LONG = "各级农村饮用水水源地规范化建设且按要求完成监测断面水质自动站建设并联网运行" * 6


def texts(svg: str) -> list[str]:
    return [str(each.text) for each in etree.fromstring(svg.encode()).iter(f"{SVG}text")]


@pytest.mark.parametrize(
    ("name", "reading", "facts"),
    [
        ("curve-steps", STEPS, ["57", "300"]),
        ("curve-open", OPEN, ["85", "70"]),
        ("curve-several", SEVERAL, [{"发现": 2, "未建立制度": "否"}]),
    ],
)
def test_pictures_that_were_looked_at(name: str, reading: CriterionReading, facts: list[Any]) -> None:
    assert same_as(SNAPSHOTS / f"{name}.zh.svg", picture(reading, facts))
    assert same_as(SNAPSHOTS / f"{name}.dark.en.svg", picture(reading, facts, "en", dark=True))


def test_the_stated_value_is_marked_with_its_points() -> None:
    assert "57家 → 1.50分" in texts(picture(STEPS, ["57"]))
    assert "70% → 0.00 – 5.00 分，待定" in texts(picture(OPEN, ["70"]))
    assert "▶ 300家 → 3.00分" in texts(picture(STEPS, ["300"]))


def test_ticks_are_exact() -> None:
    shown = texts(picture(STEPS))
    assert {"54", "55", "56", "57", "58", "59", "60"} <= {*shown}
    assert {"0", "0.5", "1", "1.5", "2", "2.5", "3"} <= {*shown}


def test_no_number_is_written_where_nothing_can_be() -> None:
    to_nothing = read("每少1家扣0.05分", points=3, operator="≥", target=60, unit="家")
    assert not [text for text in texts(picture(to_nothing)) if text.startswith(("-", "−"))]


def test_a_picture_can_be_heard() -> None:
    root = etree.fromstring(picture(STEPS, ["57"], "en", title="核查").encode())
    assert root.get("role") == "img"
    assert root.findtext(f"{SVG}title") == "核查"
    assert "3 − 0.5 for each 1家 below 60家" in str(root.findtext(f"{SVG}desc"))


def test_what_is_open_is_hatched() -> None:
    assert "url(#hatch" in picture(OPEN)
    assert "url(#hatch" not in picture(STEPS)


@pytest.mark.parametrize("dark", [False, True])
def test_nothing_leaves_the_picture(dark: bool) -> None:
    for reading, facts in (
        (read(LONG, points=5), []),
        (read(f"{LONG[:150]}每发现1起扣1分", points=5), [3, 99999999]),
        (read("每少10000亩扣1分", points=10, target="≥1000000亩"), [-5, 0, 10**12]),
        (SEVERAL, [{"发现": 2, "未建立制度": "否"}] * 9),
    ):
        svg = picture(reading, facts, title=LONG, dark=dark)
        root = etree.fromstring(svg.encode())
        wide, high = (float(root.get(side) or 0) for side in ("width", "height"))
        for each in root.iter(f"{SVG}text"):
            x, y = float(each.get("x") or 0), float(each.get("y") or 0)
            assert 0 <= x <= wide
            assert 0 <= y <= high
        assert len(svg) < 40_000


def test_marks_in_a_sentence_are_no_markup() -> None:
    reading = read('<script>&"90%以上得5分，其他不得分</script>', points=5)
    assert etree.fromstring(picture(reading, ["<b>"]).encode()).find(f".//{SVG}script") is None


def test_png_has_letters_and_lines() -> None:
    png = png_of(picture(STEPS, ["57"]))
    image = Image.open(BytesIO(png)).convert("L")
    assert image.size[0] == 1280
    dark = sum(image.histogram()[:128])
    assert 5_000 < dark < image.size[0] * image.size[1] / 4
    # The letters of the title: without a font there would be none.
    title = image.crop((40, 20, 500, 60))
    assert sum(title.histogram()[:128]) > 500


def test_a_machine_without_chinese_fonts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert font_in([tmp_path, tmp_path / "nothing"]) is None
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "MSYH.TTC").write_bytes(b"")
    found = font_in([tmp_path])
    assert found is not None
    assert found.family == "Microsoft YaHei"
    monkeypatch.setattr(fonts, "_system_folders", list)
    monkeypatch.setattr(fonts, "_package_folders", list)
    chinese_font.cache_clear()
    with pytest.raises(NoChineseFontError):
        png_of(picture(STEPS))
    chinese_font.cache_clear()


FRACTIONS = st.fractions(min_value=-1000, max_value=1000, max_denominator=20)


@st.composite
def curves(draw: st.DrawFn) -> Curves:
    edges = sorted(draw(st.sets(FRACTIONS, min_size=1, max_size=5)))
    pieces: list[Piece] = []
    last: tuple[Fraction | None, bool] = (None, False)
    for edge in [*edges, None]:
        closed = draw(st.booleans())
        interval = Interval(last[0], not last[1] and last[0] is not None, edge, closed and edge is not None)
        stair = None
        if draw(st.booleans()):
            size = draw(FRACTIONS.filter(bool))
            stair = Stair(draw(FRACTIONS), size, draw(FRACTIONS), draw(st.booleans()))
        if not interval.is_empty:
            slope = Fraction(0) if stair is not None else draw(FRACTIONS)
            pieces.append(Piece(interval, draw(FRACTIONS), slope, stair))
        last = (edge, closed)
    curve = Curve(tuple(pieces)).clamped(Fraction(0), Fraction(10))
    return Curves(curve, curve)


@drawn(curves=curves(), marked=st.lists(FRACTIONS, max_size=3))
@settings(deadline=None, max_examples=120)
def test_lines_lie_on_the_curve(curves: Curves, marked: list[Fraction]) -> None:
    view = view_of(curves, Variable(Kind.VALUE, "", "%"), marked)
    assert view.left < view.right
    assert view.bottom < view.top
    assert list(view.x_ticks) == sorted(set(view.x_ticks))
    for run in view.low:
        assert all(view.left <= point.x <= view.right for point in run.points)
        assert all(view.bottom <= point.y <= view.top for point in run.points)
        start, end = run.points[0], run.points[-1]
        if not run.is_stairs:
            middle = (start.x + end.x) / 2
            assert curves.low.at(middle) == (start.y + end.y) / 2
            assert run.start_closed is not True or curves.low.at(start.x) == start.y
            assert run.end_closed is not True or curves.low.at(end.x) == end.y


def test_the_same_bytes_every_time() -> None:
    assert picture(STEPS, ["57"]) == picture(STEPS, ["57"])
    assert not re.search(r"\d\.\d\d", re.sub(r">[^<]*<", "><", picture(STEPS, ["57"])))


def test_points_without_a_number_of_points() -> None:
    reading = read("每发现1起扣1分")
    assert reading.points is None or reading.points > Decimal(0)
    assert picture(reading).startswith("<svg")
