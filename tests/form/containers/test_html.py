"""Web pages."""

from pathlib import Path

import pytest

from hengliang.form.errors import NoText, TooLarge
from tests.form.containers.build import drawn, lines_of, opened, table_of

PAGE = """<!DOCTYPE html><html><head><title>门户</title><style>td{color:red}</style>
<script>var a="<td>b</td>"</script></head>
<body><table class="nav"><tr><td>首页</td><td>公开</td></tr></table>
<table width="100%"><tr><td><p>标题行</p>
 <table border="1"><tbody>
  <tr><th rowspan="2">产出<br>指标</th><td colspan="2"><p>数量&nbsp;&nbsp;指标</p><p>第二段</p></td></tr>
  <tr><td>≥ 95%</td><td style="DISPLAY: none">隐</td><td></td></tr>
 </tbody></table>
 尾注 &gt; 说明<br/>第二行</td></tr></table>
<div hidden>看不见</div><!-- 注释 --></body></html>"""


def test_layout_is_descended_and_data_tables_are_read(tmp_path: Path) -> None:
    document = opened(tmp_path, "a.html", PAGE)
    assert drawn(table_of(document, 0)) == ["首页|公开"]
    assert drawn(table_of(document, 1)) == ["产出/指标|数量 指标/第二段|<", "^|≥ 95%|"]
    assert lines_of(document) == ["标题行", "尾注 > 说明", "第二行"]


def test_rows_beside_a_nested_table_stay_data(tmp_path: Path) -> None:
    page = (
        "<table><tr><td>项目名称</td><td>造林</td></tr>"
        "<tr><td colspan=2><table><tr><td>指标</td><td>1</td></tr></table></td></tr>"
        "<tr><td>总分</td><td>90</td></tr></table>"
    )
    document = opened(tmp_path, "a.html", page)
    assert [drawn(table_of(document, number)) for number in range(3)] == [
        ["项目名称|造林"],
        ["指标|1"],
        ["总分|90"],
    ]


@pytest.mark.parametrize(("name", "encoding"), [("a.html", "gb2312"), ("a.xls", "gbk"), ("a", "utf-8")])
def test_the_declared_encoding_is_used_and_the_content_sniffed(
    tmp_path: Path, name: str, encoding: str
) -> None:
    head = f'<meta http-equiv="Content-Type" content="text/html; charset={encoding}">'
    page = f"<html>{head}<table><tr><td>绩效</td></table>"
    document = opened(tmp_path, name, page.encode(encoding))
    assert (document.format, drawn(table_of(document))) == ("html", ["绩效"])


def test_a_saved_page(tmp_path: Path) -> None:
    page = (
        "From: x\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=b\r\n\r\n--b\r\n"
        'Content-Type: text/html; charset="gb2312"\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n'
        "<table><tr><td>=BC=A8=D0=A7</td></tr></table>\r\n--b--\r\n"
    )
    document = opened(tmp_path, "a.mht", page)
    assert (document.format, drawn(table_of(document))) == ("mht", ["绩效"])


def test_spans_beyond_the_table_are_cut(tmp_path: Path) -> None:
    page = "<table><tr><td rowspan=9>甲</td><td rowspan=x colspan=-1>乙</td></tr><tr><td>丙</td></tr></table>"
    assert drawn(table_of(opened(tmp_path, "a.html", page))) == ["甲|乙", "^|丙"]


def test_huge_spans_are_refused(tmp_path: Path) -> None:
    with pytest.raises(TooLarge):
        opened(tmp_path, "a.html", "<table>" + "<tr><td rowspan=9999 colspan=9999>x" * 100 + "</table>")


def test_entities_are_neither_expanded_nor_fetched(tmp_path: Path) -> None:
    page = '<!DOCTYPE html [<!ENTITY e SYSTEM "file:///etc/passwd">]><p>&e;</p><p>绩效</p>'
    text = "".join(lines_of(opened(tmp_path, "a.html", page)))
    assert "绩效" in text
    assert "root:" not in text


@pytest.mark.parametrize("page", ["<table><tr><td>" * 20_000, "<div>" * 200_000 + "x", "<html></html>"])
def test_endless_nesting_ends_quickly(tmp_path: Path, page: str) -> None:
    with pytest.raises(NoText):
        opened(tmp_path, "a.html", page)


def test_millions_of_tags_are_refused(tmp_path: Path) -> None:
    with pytest.raises(TooLarge):
        opened(tmp_path, "a.html", "<html>" + "<p>x" * 3_000_001)


def test_fields_show_what_was_entered(tmp_path: Path) -> None:
    page = (
        '<table><tr><td><input type="text" value="95%"></td><td><input type="hidden" value="x">'
        '<input type="checkbox" checked>是<input type="radio">否</td>'
        "<td><select><option>甲</option><option selected>乙</option></select></td>"
        "<td><textarea>说明</textarea></td></tr></table><p>单位：<input value='某局'></p>"
    )
    document = opened(tmp_path, "a.html", page)
    assert drawn(table_of(document)) == ["95%|☑是□否|乙|说明"]
    assert lines_of(document) == ["单位：某局"]


@pytest.mark.parametrize("name", ["hex", "base64", "iso-8859-1", "utf-7", "rot13", "zlib"])
def test_encodings_in_which_no_chinese_is_written_are_not_believed(tmp_path: Path, name: str) -> None:
    page = f"<meta charset={name}><p>绩效目标申报表</p>".encode("gb18030")
    assert lines_of(opened(tmp_path, "a.html", page)) == ["绩效目标申报表"]


def test_many_comments_before_the_page_end_quickly(tmp_path: Path) -> None:
    page = "<!-- a -- b -->" * 2000
    assert opened(tmp_path, "a", page + "<html><p>绩效").format == "html"
    assert opened(tmp_path, "b", page + "绩效").format == "txt"


def test_numbers_of_ordered_lists_are_seen(tmp_path: Path) -> None:
    page = (
        "<table><tr><td>职责</td><td><ol><li>监管</li><li>救灾</li></ol></td></tr></table>"
        "<ol start=3><li>规划</li></ol><ol style='list-style:none'><li>统计</li></ol>"
        "<ol><li>（一）预算</li></ol><ul><li>决算</li></ul>"
    )
    document = opened(tmp_path, "a.html", page)
    assert drawn(table_of(document)) == ["职责|1. 监管/2. 救灾"]
    assert lines_of(document) == ["3. 规划", "统计", "（一）预算", "决算"]


def test_lists_of_names_are_tables(tmp_path: Path) -> None:
    page = "<dl><dt>项目名称</dt><dd>路灯维护</dd><dt>单位</dt><dd>路灯所</dd><dd>市政局</dd></dl>"
    assert drawn(table_of(opened(tmp_path, "a.html", page))) == ["项目名称|路灯维护|.", "单位|路灯所|市政局"]
