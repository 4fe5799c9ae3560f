"""The commands with their options, from their own help, and the schema of what `review` writes."""

import json
from collections.abc import Iterator

import typer

from hengliang.cli.help import help_page
from hengliang.cli.main import app
from hengliang.criteria.schema import criterion_schema
from hengliang.report.audit_schema import audit_schema
from hengliang.report.ink import Ink
from hengliang.report.schema import review_schema
from hengliang.report.sheet_schema import sheet_schema
from reference.markdown import CHINESE, ENGLISH, GENERATED, SUFFIX

_COLUMNS = 100
_WORDS = {
    ENGLISH: """\
# The commands

Every command tells its options with `--help`, in the language of the locale or as `--lang zh|en` or the
variable `HENGLIANG_LANG` says. Results go to standard output, all else to standard error. Input files are
never written to.

| exit code | |
| --- | --- |
| 0 | nothing that is an error |
| 1 | findings that are errors, not suppressed and not in the baseline; see `--help` for the other commands |
| 2 | wrong usage, or a file that cannot be read; the other files are done all the same |

`hengliang review --format json` keeps to [review.schema.json](review.schema.json),
`hengliang score --json` to [score.schema.json](score.schema.json), `hengliang audit --json` to
[audit.schema.json](audit.schema.json), and `hengliang criteria --json` to
[criteria.schema.json](criteria.schema.json); its fields are explained in `criteria-json.md`.

## Files beside a form

`FORM.hengliang.toml` holds the findings that are overruled, each with its reason; `--suppressions FILE` names
another. An entry that overrules nothing, or has run out, is told.

```toml
[[suppress]]
code = "W02"
place = "公众满意度"       # an indicator's name, a path such as indicators/3/target, or * for the whole form
reason = "the layout of our office has no column for points"
by = "张三"
until = 2027-12-31        # may be left out
```

`--write-baseline FILE` keeps the findings that there are; with `--baseline FILE` only new ones count. A
finding is known again by rule, organisation, the words of its place and what was observed, so rows may move.
""",
    CHINESE: """\
# 命令

每个命令都可用 `--help` 查看选项；语言依系统设置，也可用 `--lang zh|en` 或环境变量 `HENGLIANG_LANG` 指定。
结果写到标准输出，其余信息写到标准错误。输入文件绝不会被改动。

| 退出码 | |
| --- | --- |
| 0 | 没有错误 |
| 1 | 有“错误”级发现（未忽略，且不在基线内）；其他命令见 `--help` |
| 2 | 用法有误，或有文件无法读取；其余文件照常处理 |

`hengliang review --format json` 的输出符合 [review.schema.json](review.schema.json)；
`hengliang score --json` 的输出符合 [score.schema.json](score.schema.json)，
`hengliang audit --json` 的输出符合 [audit.schema.json](audit.schema.json)；
`hengliang criteria --json` 的输出符合 [criteria.schema.json](criteria.schema.json)，
各字段见 `criteria-json.md`。

## 表旁的文件

`表名.hengliang.toml` 记录予以忽略的发现，每条须说明理由；也可用 `--suppressions 文件` 另行指定。
没有用到或已到期的条目会提示。

```toml
[[suppress]]
code = "W02"
place = "公众满意度"       # 指标名称，或 indicators/3/target 这样的路径；* 表示全表
reason = "本单位表样没有分值栏"
by = "张三"
until = 2027-12-31        # 可以不写
```

`--write-baseline 文件` 记下现有发现；之后用 `--baseline 文件`，只有新出现的才算。
识别依据是规则、单位、所在位置的文字和现有内容，因此行的次序可以变动。
""",
}


def pages() -> dict[str, str]:
    """The page in both languages, and the schemas."""
    schemas = {
        "review": review_schema(),
        "criteria": criterion_schema(),
        "score": sheet_schema(),
        "audit": audit_schema(),
    }
    written = {
        f"commands{SUFFIX[language]}.md": GENERATED + words + "".join(_commands(language))
        for language, words in _WORDS.items()
    }
    for name, schema in schemas.items():
        written[f"{name}.schema.json"] = json.dumps(schema, ensure_ascii=False, indent=2) + "\n"
    return written


def _commands(language: str) -> Iterator[str]:
    root = typer.main.get_command(app)
    context = root.context_class(root, info_name="hengliang", obj=language, **root.context_settings)
    for name, command in getattr(root, "commands").items():  # noqa: B009 - typer gives it no type
        inner = command.context_class(command, info_name=name, parent=context)
        page = help_page(command, inner, language, _COLUMNS, Ink(False))
        yield f"\n## hengliang {name}\n\n```text\n{page.strip()}\n```\n"
