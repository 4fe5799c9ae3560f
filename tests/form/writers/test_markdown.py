"""Markdown: readable as it stands, its marks taken literally."""

from hypothesis import HealthCheck, given, settings

from hengliang.form.model import Form
from hengliang.form.writers import markdown
from tests.form.strategies import any_forms
from tests.form.writers.samples import DECLARATION, SELF_EVALUATION, row


def test_a_form_is_headings_lines_and_tables() -> None:
    text = markdown.to_text(SELF_EVALUATION)
    assert text.startswith("# 项目支出绩效自评表\n\n（2022年度）\n\n项目名称：委托业务项目")
    assert "\n## 项目资金（万元）\n\n| 资金来源 | 年初预算数 |" in text
    assert "\n## 预期目标\n\n完成全镇基建工程委托业务50个。\n" in text
    assert "| 产出指标 | 数量指标 | 委托业务数量 | ≥ | 50 | 个 | 50 | 50 | 50 |" in text
    assert "\n联系电话：0734-8812345" in text


def test_marks_are_taken_literally() -> None:
    form = DECLARATION.model_copy(update={"indicators": (row("a|b*c*[d]_e_`f`<g>"),)})
    assert r"a\|b\*c\*\[d\]\_e\_\`f\`\<g\>" in markdown.to_text(form)


@given(any_forms())
@settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow])
def test_every_row_of_a_table_has_its_cells(form: Form) -> None:
    lines = [line for line in markdown.to_text(form).splitlines() if line.startswith("| 一级指标 |")]
    assert len(lines) == 1
