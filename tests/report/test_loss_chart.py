"""The chart of losses: the largest first, what is open hatched, and what is not drawn said."""

from decimal import Decimal
from pathlib import Path

from lxml import etree

from hengliang.report.loss_chart import Loss, Total, loss_svg
from hengliang.report.png import png_of
from tests.snapshots import same_as

SNAPSHOTS = Path(__file__).parent / "snapshots"
SVG = "{http://www.w3.org/2000/svg}"


def loss(name: str, points: str, low: str, high: str | None = None) -> Loss:
    return Loss(name, Decimal(points), Decimal(low), Decimal(high or low))


ROWS = [
    loss("绿色矿山核查验收", "3", "2.85"),
    loss("违法用地违法建设案件查处测绘服务及其他各类专项测绘图斑的整改率", "5", "0", "5"),
    loss("1:500地形图更新", "5", "2"),
    *(loss(f"指标{number}", "2", "2") for number in range(20)),
]
TOTAL = Total(Decimal(53), Decimal("44.85"), Decimal("49.85"), "良")


def texts(svg: str) -> list[str]:
    return [str(each.text) for each in etree.fromstring(svg.encode()).iter(f"{SVG}text")]


def test_the_picture_that_was_looked_at() -> None:
    assert same_as(SNAPSHOTS / "losses.zh.svg", loss_svg(ROWS, TOTAL))
    assert same_as(SNAPSHOTS / "losses.dark.en.svg", loss_svg(ROWS, TOTAL, "en", dark=True))


def test_the_largest_loss_stands_first() -> None:
    shown = texts(loss_svg(ROWS, TOTAL))
    assert shown.index("1:500地形图更新") < shown.index("绿色矿山核查验收")
    assert "失3.00分（满分5）" in shown
    assert "20项得满分" in shown
    assert "总分44.85 – 49.85分，待定（满分53分），等级：良" in shown


def test_nothing_lost() -> None:
    shown = texts(loss_svg(ROWS[3:], Total(Decimal(40), Decimal(40), Decimal(40)), "en"))
    assert shown == [
        "Which indicators lose points?",
        "total 40.00 of 40 points",
        "20 indicators with full marks",
    ]
    assert texts(loss_svg([], Total(Decimal(0), Decimal(0), Decimal(0))))


def test_many_losses_are_summed() -> None:
    rows = [loss(f"指标{number}", "2", "1.5") for number in range(60)]
    shown = texts(loss_svg(rows, Total(Decimal(120), Decimal(90), Decimal(90)), "en", most=40))
    assert "20 more lose 10.00 together" in shown


def test_extra_points_draw_no_bar_beyond_the_picture() -> None:
    rows = [loss("加分", "2", "-1", "3"), loss("零分", "0", "0", "1")]
    root = etree.fromstring(loss_svg(rows, TOTAL).encode())
    for box in root.iter(f"{SVG}rect"):
        if box.get("x"):
            assert float(box.get("x") or 0) + float(box.get("width") or 0) <= 760
    assert len(png_of(loss_svg(rows, TOTAL))) > 5000
