"""PDF pages with rules, and PDF files that are hostile or broken."""

import zlib
from contextlib import suppress
from pathlib import Path

import pytest

from hengliang.form.containers.limits import Limits
from hengliang.form.errors import Damaged, Encrypted, NoText, TooLarge
from tests.form.containers.build import drawn, lines_of, opened, pdf, pdf_of, printed, ruled, table_of


def grid_page() -> str:
    """A table of three rows and columns: 产出 over two rows, 合计 over two columns."""
    strokes = ruled([50, 150, 300, 400], [100, 130, 190])
    # The lowest row has no stroke between its first two columns, the upper two are one in the first column.
    strokes += "150 670 m 400 670 l S\n50 610 m 50 580 l S\n300 610 m 300 580 l S\n400 610 m 400 580 l S\n"
    strokes += "50 580 m 400 580 l S\n"
    return strokes


def test_a_ruled_table_with_text_around(tmp_path: Path) -> None:
    page = (
        printed(200, 60, "项目支出绩效自评表", 16)
        + grid_page()
        + printed(60, 120, "一级指标")
        + printed(160, 120, "名称")
        + printed(310, 120, "值")
        + printed(60, 150, "产出")
        + printed(60, 165, "指标")
        + printed(160, 145, "造林")
        + printed(310, 145, "≥95%")
        + printed(160, 180, "2021年度")
        + printed(60, 210, "合计")
        + printed(310, 210, "10")
        + printed(50, 700, "填表人：甲")
        + printed(300, 700, "日期：乙")
    )
    # Strokes between the second and third row, only from the second column on.
    page += "150 640 m 400 640 l S\n"
    document = opened(tmp_path, "a.pdf", pdf(page))
    assert lines_of(document)[0] == "项目支出绩效自评表"
    assert lines_of(document)[1].split() == ["填表人：甲", "日期：乙"]
    assert drawn(table_of(document)) == [
        "一级指标|名称|值",
        "产出/指标|造林|≥95%",
        "^|2021年度|",
        "合计|<|10",
    ]


def test_merged_cells_are_found_by_their_strokes(tmp_path: Path) -> None:
    page = grid_page() + printed(60, 160, "产出") + printed(160, 145, "甲") + printed(160, 210, "乙")
    page += (
        printed(60, 120, "级") + printed(160, 120, "名") + printed(310, 120, "值") + "150 640 m 400 640 l S\n"
    )
    table = table_of(opened(tmp_path, "a.pdf", pdf(page)))
    assert drawn(table) == ["级|名|值", "产出|甲|", "^||", "乙|<|"]
    cell = table.rows[1][0]
    assert cell is not None
    place = table.place(cell)
    assert (place.page, place.row, place.column) == (1, 2, 1)
    assert place.box is not None
    assert (round(place.box.left), round(place.box.top), round(place.box.bottom)) == (50, 130, 190)


def test_double_strokes_thin_rectangles_and_open_sides(tmp_path: Path) -> None:
    page = "".join(f"60 {800 - y} 340 1 re f\n60 {797 - y} 340 1 re f\n" for y in (100, 130, 160))
    page += "".join(f"{x} 640 1 60 re f\n" for x in (150, 300))
    page += printed(70, 120, "甲") + printed(160, 120, "乙") + printed(310, 120, "丙")
    page += printed(70, 150, "1") + printed(160, 150, "2") + printed(310, 150, "3")
    assert drawn(table_of(opened(tmp_path, "a.pdf", pdf(page)))) == ["甲|乙|丙", "1|2|3"]


def test_shading_is_no_border(tmp_path: Path) -> None:
    page = (
        "0.9 g 50 700 350 30 re f 0 g\n"
        + ruled([50, 150, 300], [100, 130])
        + printed(60, 120, "甲")
        + printed(160, 120, "乙")
    )
    assert drawn(table_of(opened(tmp_path, "a.pdf", pdf(page)))) == ["甲|乙"]


def test_letters_printed_twice_count_once(tmp_path: Path) -> None:
    page = (
        ruled([50, 150, 300], [100, 130])
        + printed(60, 120, "加粗")
        + printed(60.4, 120, "加粗")
        + printed(160, 120, "双双")
    )
    assert drawn(table_of(opened(tmp_path, "a.pdf", pdf(page)))) == ["加粗|双双"]


def test_each_page_has_its_own_table(tmp_path: Path) -> None:
    page = ruled([50, 150, 300], [100, 130]) + printed(60, 120, "甲") + printed(160, 120, "乙")
    document = opened(tmp_path, "a.pdf", pdf(page, page))
    assert [table_of(document, number).origin.page for number in (0, 1)] == [1, 2]


def test_a_single_frame_is_no_table(tmp_path: Path) -> None:
    page = "50 500 400 200 re S\n" + printed(60, 120, "框内文字")
    assert lines_of(opened(tmp_path, "a.pdf", pdf(page))) == ["框内文字"]


def stream(data: bytes, more: str = "") -> str:
    return f"<</Length {len(data)}{more}>>stream\n{data.decode('latin-1')}\nendstream"


def page_with(contents: str, **more: str) -> dict[int, str]:
    kids = "[3 0 R]"
    return {
        1: "<</Type/Catalog/Pages 2 0 R>>",
        2: f"<</Type/Pages/Kids{kids}/Count 1>>",
        3: f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R{more.get('page', '')}>>",
        4: contents,
    }


def test_pictures_only(tmp_path: Path) -> None:
    picture = stream(
        b"\0\0\0", "/Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceRGB/BitsPerComponent 8"
    )
    with pytest.raises(NoText, match="OCR"):
        opened(tmp_path, "a.pdf", pdf("600 0 0 800 0 0 cm /X Do", extra=[picture]))


def test_letters_without_meaning_are_no_text(tmp_path: Path) -> None:
    with pytest.raises(NoText):
        opened(tmp_path, "a.pdf", pdf(printed(60, 120, "\ue001\ue002\ue003\ue004")))


def test_a_password(tmp_path: Path) -> None:
    lock = "<</Filter/Standard/V 1/R 2/P -4/O<" + "00" * 32 + ">/U<" + "11" * 32 + ">>>"
    with pytest.raises(Encrypted):
        opened(tmp_path, "a.pdf", pdf(printed(60, 120, "绩效"), trailer=f"/ID[<00><00>]/Encrypt {lock}"))


@pytest.mark.parametrize("times", [1, 2])
def test_streams_that_blow_up(tmp_path: Path, times: int) -> None:
    data = b" " * 30_000_000
    for _ in range(times):
        data = zlib.compress(data)
    filters = "/Filter[" + "/FlateDecode" * times + "]"
    with pytest.raises(TooLarge, match="unpacks"):
        opened(tmp_path, "a.pdf", pdf_of(page_with(stream(data, filters))), Limits(unpacked_bytes=20_000_000))


def test_a_page_that_draws_too_much(tmp_path: Path) -> None:
    with pytest.raises(TooLarge, match="page 1"):
        opened(tmp_path, "a.pdf", pdf("1 1 m 2 2 l S " * 200_000))


def test_parts_that_draw_each_other_again_and_again(tmp_path: Path) -> None:
    objects = page_with(stream(b"/X Do " * 10), page="/Resources<</XObject<</X 5 0 R>>>>")
    for number in range(5, 15):
        inner = b"/X Do " * 10 if number < 14 else b"0 0 m 1 1 l S "
        resources = f"/Resources<</XObject<</X {number + 1} 0 R>>>>" if number < 14 else ""
        objects[number] = stream(inner, f"/Type/XObject/Subtype/Form/BBox[0 0 600 800]{resources}")
    with pytest.raises(TooLarge, match="page 1"):
        opened(tmp_path, "a.pdf", pdf_of(objects))


def test_a_part_that_draws_itself(tmp_path: Path) -> None:
    objects = page_with(stream(b"/X Do "), page="/Resources<</XObject<</X 5 0 R>>>>")
    objects[5] = stream(b"/X Do /X Do", "/Subtype/Form/BBox[0 0 600 800]/Resources<</XObject<</X 5 0 R>>>>")
    with pytest.raises(NoText):
        opened(tmp_path, "a.pdf", pdf_of(objects))


def test_a_page_tree_that_contains_itself(tmp_path: Path) -> None:
    objects = {
        1: "<</Type/Catalog/Pages 2 0 R>>",
        2: "<</Type/Pages/Kids[2 0 R 3 0 R]/Count 2>>",
        3: "<</Type/Pages/Kids[2 0 R]/Count 1/Parent 2 0 R>>",
    }
    with pytest.raises(NoText):
        opened(tmp_path, "a.pdf", pdf_of(objects))


def test_deeply_nested_values(tmp_path: Path) -> None:
    with pytest.raises((NoText, Damaged, TooLarge)):
        opened(
            tmp_path,
            "a.pdf",
            pdf_of(page_with(stream(b"[" * 100_000), page="/A " + "[" * 50_000 + "]" * 50_000)),
        )


def test_more_strokes_than_any_table(tmp_path: Path) -> None:
    strokes = ruled([x * 0.3 for x in range(2000)], [y * 0.4 for y in range(2000)]) + printed(60, 120, "绩效")
    assert opened(tmp_path, "a.pdf", pdf(strokes)).blocks
    with pytest.raises(TooLarge, match="page 1"):
        opened(tmp_path, "a.pdf", pdf(ruled(range(0, 600, 5), range(0, 800, 5))), Limits(area=1000))


def test_page_and_time_limits(tmp_path: Path) -> None:
    pages = pdf(*[printed(60, 120, "绩效")] * 4)
    with pytest.raises(TooLarge, match="more than 3 pages"):
        opened(tmp_path, "a.pdf", pages, Limits(pages=3))
    with pytest.raises(TooLarge, match="0 seconds"):
        opened(tmp_path, "a.pdf", pages, Limits(seconds=0))
    with pytest.raises(TooLarge, match="page 1"):
        opened(tmp_path, "a.pdf", pages, Limits(page_objects=1))


def test_numbers_beyond_all_measure(tmp_path: Path) -> None:
    wild = "BT /F 1e308 Tf 1e308 0 0 1e308 1e308 0 Tm <7ee9> Tj <6548> Tj ET 1e308 1e308 m 1e308 -1e308 l S\n"
    assert "绩效" in "".join(lines_of(opened(tmp_path, "a.pdf", pdf(wild + printed(60, 120, "绩效")))))


@pytest.mark.parametrize("kept", [9, 60, 300, -200, -20])
def test_truncated_files(tmp_path: Path, kept: int) -> None:
    data = pdf(printed(60, 120, "绩效"))[:kept]
    with suppress(Damaged, NoText):
        assert lines_of(opened(tmp_path, "a.pdf", data)) == ["绩效"]
