"""Old workbooks. `samples/monitor.xls` was saved by LibreOffice from a workbook made for these tests."""

from pathlib import Path

import pytest

from hengliang.form.containers.open import open_document
from hengliang.form.errors import Damaged
from tests.form.containers.build import drawn, opened, table_of

SAMPLE = Path(__file__).parent / "samples" / "monitor.xls"


def test_cells_are_shown_as_a_person_sees_them() -> None:
    document = open_document(SAMPLE)
    assert document.format == "xls"
    assert drawn(table_of(document)) == [
        "项目支出绩效运行监控表|<|<|<|<",
        "（2024年度1—6月）|<|<|<|<",
        "项目名称|农村饮水安全工程|<|填报日期|2024年7月5日",
        "一级指标|二级指标|三级指标|年度指标值|1—6月执行情况",
        "产出指标|数量指标|新建供水管网（公里）|12.5|6",
        "^|^|解决饮水人口|2,300.00|1180",
        "^|质量指标|工程验收合格率|95%|52.56%",
        "满意度指标|服务对象满意度指标|受益群众满意度|≥90%|尚未开展/调查",
        "合计|<|<|<|FALSE",
    ]
    assert table_of(document).origin.sheet == "监控表"


def test_what_is_hidden_is_left_out_and_said() -> None:
    assert [remark.text for remark in open_document(SAMPLE).remarks] == [
        "the hidden rows and columns of the sheet {name} were left out",
        "the hidden sheet {name} was left out",
    ]


@pytest.mark.parametrize("kept", [600, 2000, 4000])
def test_a_truncated_workbook_is_damaged(tmp_path: Path, kept: int) -> None:
    with pytest.raises(Damaged):
        opened(tmp_path, "a.xls", SAMPLE.read_bytes()[:kept])


def test_the_content_tells_the_format(tmp_path: Path) -> None:
    assert opened(tmp_path, "wrong.xlsx", SAMPLE.read_bytes()).format == "xls"
