"""Forms of one kind with different words in them, so that no answer is remembered from the last."""

import random
import re
from pathlib import Path

EXAMPLE = Path(__file__).parents[1] / "examples" / "hengyang-2023.txt"
_WORDS = (
    "河湖林草耕地矿山水利道路桥梁学校医院社区乡镇村组企业市场"
    "仓储能源环境气象应急消防园区绿地管网站点档案数据平台"
)
_HAN = re.compile(r"(?<![指产效满目年计评一二三级值类型解释备注标准单位部门职责总体绩])[一-龥]{2}(?=[一-龥])")


def variants(count: int, seed: int = 2023) -> list[str]:
    """`count` texts with the shape of the worked example and other names in them."""
    chance = random.Random(seed)
    text = EXAMPLE.read_text(encoding="utf-8")
    head, table_head, table = text.partition("* 一级指标")
    lines = (table_head + table).splitlines()
    return [
        head + "\n".join([lines[0], *(_varied(line, chance) for line in lines[1:])]) + "\n"
        for _ in range(count)
    ]


def _varied(line: str, chance: random.Random) -> str:
    """Another name and explanation for an indicator; level words, signs, units and points stay."""
    cells = line.split(" ")
    if len(cells) < 7:
        return line
    for index in (-7, -3):
        cells[index] = _HAN.sub(lambda _: "".join(chance.sample(_WORDS, 2)), cells[index], count=2)
    return " ".join(cells)
