"""`hengliang schema`: the JSON Schemas of what is read and written."""

import json
from pathlib import Path
from typing import Annotated

import typer

from hengliang.cli.output import write_text
from hengliang.cli.usage import one_of

EXAMPLES = """
hengliang schema form  # The schema of one form in the exchange JSON.
hengliang schema review -o review.schema.json  # The schema of `hengliang review --format json`, into a file.
"""


SUBJECTS = ("form", "reading", "review", "criteria", "score", "audit")


def run(
    subject: Annotated[
        str,
        typer.Argument(
            metavar="form|reading|review|criteria|score|audit",
            help="form: one form; reading: what `read --json` prints; "
            "review: what `review --format json` prints; "
            "criteria, score and audit: what these print with --json.",
        ),
    ],
    output: Annotated[
        Path | None, typer.Option("-o", "--output", metavar="FILE", help="Write to this file.")
    ] = None,
) -> None:
    """Prints a JSON Schema."""
    from hengliang.criteria.schema import criterion_schema
    from hengliang.form.schema import form_schema, reading_schema
    from hengliang.report.audit_schema import audit_schema
    from hengliang.report.schema import review_schema
    from hengliang.report.sheet_schema import sheet_schema

    makers = (form_schema, reading_schema, review_schema, criterion_schema, sheet_schema, audit_schema)
    schemas = dict(zip(SUBJECTS, makers, strict=True))
    made = schemas[one_of(SUBJECTS, subject, "|".join(SUBJECTS))]()
    write_text(output, [json.dumps(made, ensure_ascii=False, indent=2) + "\n"])
