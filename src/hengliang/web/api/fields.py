"""The small types that parameters and bodies are made of, and what the core's JSON is called in them."""

from typing import Annotated, Any

from pydantic import Field, WithJsonSchema

from hengliang.base.message import message
from hengliang.base.profile import profile_names

Id = Annotated[int, Field(ge=1, le=2**63 - 1)]
Number = Annotated[int, Field(ge=1, le=2**31 - 1)]
Year = Annotated[int, Field(ge=1990, le=2100)]
# Letters of codes and names; a NUL or another control character is none.
Code = Annotated[str, Field(min_length=1, max_length=60, pattern=r"^[^\x00-\x1f\x7f]+$")]
Line = Annotated[str, Field(max_length=300, pattern=r"^[^\x00-\x1f\x7f]*$")]
Profile = Annotated[
    str,
    Field(pattern=f"^({'|'.join(profile_names())})$", description=message("A rule profile (规则集)").text),
]

# Objects as the core writes and reads them: their schemas stand among the components under these names.
FormJson = Annotated[dict[str, Any], WithJsonSchema({"x-core": "Form"})]
ReadingJson = Annotated[dict[str, Any], WithJsonSchema({"x-core": "Reading"})]
ReviewJson = Annotated[dict[str, Any], WithJsonSchema({"x-core": "ReviewForm"})]
FindingJson = Annotated[dict[str, Any], WithJsonSchema({"x-core": "ReviewFinding"})]
CriterionJson = Annotated[dict[str, Any], WithJsonSchema({"x-core": "CriteriaAnswer"})]
SheetJson = Annotated[dict[str, Any], WithJsonSchema({"x-core": "ScoreSheet"})]
