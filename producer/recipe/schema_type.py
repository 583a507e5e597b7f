"""The scalar types of the language: texts that keep their place, percentages, lengths and durations."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Annotated, Any

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
)
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from producer.diagnostics import SourceText, Span
from producer.letter import is_name


class _TextSchema:
    """Lets a :class:`SourceText` through as it is: pydantic's own ``str`` would copy it and lose its place."""

    @classmethod
    def __get_pydantic_core_schema__(cls, _source: object, _handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.is_instance_schema(SourceText)

    @classmethod
    def __get_pydantic_json_schema__(
        cls, _schema: CoreSchema, _handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        return {"type": ["string", "number", "boolean"]}


Text = Annotated[SourceText, _TextSchema]


class Keys(BaseModel):
    """A mapping with a fixed set of keys; any other is an error."""

    model_config = ConfigDict(extra="forbid", frozen=True)


def key(about: str, example: str, default: Any = ..., **more: Any) -> Any:  # noqa: ANN401 - as pydantic's Field
    """Describe a key: what it is for, and one example, which goes into the schema and into the docs."""
    return Field(default, description=about, examples=[example], **more)


def _measure(unit: str, code: str) -> BeforeValidator:
    pattern = re.compile(rf"^\s*(-?\d+(?:\.\d+)?)\s*{unit}\s*$")

    def read(value: object) -> object:
        if not isinstance(value, str):
            return value
        found = pattern.match(value)
        if not found:
            raise PydanticCustomError(code, "not a measure", {"value": str(value)})
        return found.group(1)

    return BeforeValidator(read)


Percent = Annotated[float, _measure("%", "recipe/not-a-percentage"), Field(ge=0, le=1000)]
# Vietnamese marks need the room that letters have, and words fall apart when they are set wide.
Tracking = Annotated[float, _measure("%", "recipe/not-a-percentage"), Field(ge=0, le=3)]
Millimetres = Annotated[float, _measure("mm", "recipe/not-a-length"), Field(gt=0)]
Seconds = Annotated[Decimal, _measure("s", "recipe/not-a-duration"), Field(gt=0, le=600)]


def _one_or_many(value: object) -> object:
    return [value] if isinstance(value, SourceText) else value


# A list means "any of"; one value needs no brackets.
Texts = Annotated[tuple[Text, ...], BeforeValidator(_one_or_many)]


def _hex(value: object) -> object:
    if isinstance(value, str) and not re.fullmatch(r"#[0-9A-Fa-f]{6}", value):
        raise PydanticCustomError("brand/impossible-colour", "not a colour", {"value": str(value)})
    return value


def _ink_build(value: object) -> object:
    try:
        parts = [Decimal(part) for part in value] if isinstance(value, list) else []
    except InvalidOperation:
        parts = []
    if len(parts) != 4 or any(not 0 <= part <= 100 for part in parts):
        written = ", ".join(str(part) for part in value) if isinstance(value, list) else str(value)
        raise PydanticCustomError("brand/impossible-colour", "not an ink build", {"value": written})
    return tuple(parts)


def _day(value: object) -> object:
    if isinstance(value, str) and not re.fullmatch(r"\d{4}-\d{2}-\d{2}", value):
        raise PydanticCustomError(
            "date_form", "no day"
        )  # pydantic would take a number for seconds since 1970
    return value


def _name(value: str) -> str:
    if not is_name(value):
        raise PydanticCustomError("brand/no-name", "no name", {"value": value})
    return value


Name = Annotated[str, AfterValidator(_name)]
Day = Annotated[date, BeforeValidator(_day)]
Hex = Annotated[Text, BeforeValidator(_hex)]
InkBuild = Annotated[tuple[float, float, float, float], BeforeValidator(_ink_build)]

NOWHERE = Span("")


def placed(text: str, span: Span = NOWHERE) -> SourceText:
    """Return a text of ours as if it had been written at ``span``, for defaults."""
    return SourceText(text, span)
