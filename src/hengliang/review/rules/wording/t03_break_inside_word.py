"""
## What it checks

In the running texts (duties, goals, result) no line of the document ends in the middle of a sentence: no
line ends without punctuation while the next goes on without a number mark. Lines of a table cell break at
its edge and are not meant. The reader has already joined such lines; the fix is that the form, written
anew, has the joined text.

## Why

Text copied out of a page keeps the breaks of the page. They part words (供到 / 位), so that no search finds
them.

## Example

确保资源要素保供到 (line break) 位。

## Instead

确保资源要素保供到位。

## Basis

财预〔2015〕88号, review point 规范完整性: content accurate (recalled, to be checked against the official
text).

---

## 查什么

职责、目标等成段文字，不应在句子中间断行，即行末没有标点、下一行又不是新的序号。表格单元格内因栏宽折行的不
算。读取时已将断行接上，修正后写出的表格即为接好的文字。

## 为什么

从页面复制的文字带着页面的断行，把词拆开（供到/位），检索不到。

## 示例

确保资源要素保供到（断行）位。

## 应改为

确保资源要素保供到位。

## 依据

财预〔2015〕88号“规范完整性”审核要点：内容准确（凭记忆转述，待与正式文本核对）。
"""

from collections.abc import Iterator

from hengliang.base.finding import Severity
from hengliang.base.message import message
from hengliang.base.place import Spot
from hengliang.form.field import text_at
from hengliang.review.rule import Context, Outcome, Rule, safe_fix

rule = Rule(
    code="T03",
    name="break-inside-word",
    zh="词中换行",
    en="line break inside a word",
    severity=Severity.ADVICE,
    basis=("88:规范完整性",),
    reads=("duties", "goals", "midterm_goals", "achieved"),
    fix="safe",
)

_RUNNING = ("duties/", "goals/", "midterm_goals/", "achieved")


@rule.check
def check(context: Context) -> Iterator[Outcome]:
    source = context.source
    if not source.joins and not source.places:
        yield rule.not_applicable(message("nothing is known of the lines of a document"))
        return
    for path, joins in source.joins.items():
        text = text_at(context.form, path) if path.startswith(_RUNNING) else None
        places = [
            place
            for place in joins
            if text and text[place - 1 : place + 1].isalnum() and 0 < place < len(text)
        ]
        if text and places:
            breaks = [f"{text[max(place - 2, 0) : place]}/{text[place : place + 2]}" for place in places]
            yield rule.finds(
                tuple(Spot(path, place - 1, place + 1) for place in places),
                message("a line breaks inside a sentence: {breaks}", breaks=" ".join(breaks)),
                observed=" ".join(breaks),
                expected=message("one running text"),
                fix=safe_fix(message("the lines are joined when the form is written anew")),
            )
