"""What an evaluation report is told beside the score sheet: causes as they were stated, findings from a file.

A file of findings is TOML: `evaluator`, `score` (of 100), `findings`, and, where they are given, `advice` and
`grade`; without a grade it is that of the score.
"""

from decimal import Decimal
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

from hengliang.report.data_file import read_data_file
from hengliang.report.evaluation_report import Findings, Told
from hengliang.report.evaluation_texts import reason_text
from hengliang.score.grade import grade_name
from hengliang.score.policy import Policy
from hengliang.score.sheet import ScoreSheet


class _File(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    evaluator: str = Field(min_length=1)
    score: Decimal = Field(ge=0, le=100)
    findings: str = Field(min_length=1)
    advice: str = ""
    grade: str = ""


def told_of(sheet: ScoreSheet, language: str, findings: Findings | None = None) -> Told:
    """The causes of lost points, as the form or whoever stated the actual values gave them."""
    reasons = {row.index: reason_text(row, language) for row in sheet.rows if row.loss}
    return Told(causes={at: (reason, "") for at, reason in reasons.items() if reason}, findings=findings)


def read_findings(path: Path, policy: Policy) -> Findings:
    """What an evaluator from outside found, from a file. Raises DataFileError, OSError."""
    read = read_data_file(path, _File)
    grade = read.grade or grade_name(read.score, policy)
    return Findings(read.evaluator, read.findings, read.advice, read.score, grade)
