"""A file of data that a user wrote, as TOML: read into a model, or refused with what is wrong first."""

import tomllib
from decimal import Decimal
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from hengliang.base.message import Message, message

_Model = TypeVar("_Model", bound=BaseModel)


class DataFileError(ValueError):
    """A file that does not hold what it should; `reason` says why."""

    def __init__(self, reason: Message) -> None:
        super().__init__(str(reason))
        self.reason = reason


def read_data_file(path: Path, shape: type[_Model], **preset: object) -> _Model:
    """What the file at `path` says, over what is `preset`. Raises DataFileError, OSError."""
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)
        return shape.model_validate({**preset, **data})
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise DataFileError(message("{file} is no TOML: {why}", file=str(path), why=str(error))) from error
    except ValidationError as error:
        first = error.errors()[0]
        where = "/".join(str(step) for step in first["loc"])
        raise DataFileError(
            message("{file}: {where}: {why}", file=str(path), where=where or "-", why=first["msg"])
        ) from error
