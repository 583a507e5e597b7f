"""The kinds of files that people write, and their JSON Schemas."""

from __future__ import annotations

from typing import Any

from producer.recipe.schema_approver import ApproversKeys
from producer.recipe.schema_brand import BrandKeys
from producer.recipe.schema_calendar import CalendarKeys
from producer.recipe.schema_organisation import OrganisationKeys
from producer.recipe.schema_recipe import RecipeKeys
from producer.recipe.schema_template import TemplateKeys
from producer.recipe.schema_type import Keys

FILES: dict[str, type[Keys]] = {
    "recipe": RecipeKeys,
    "template": TemplateKeys,
    "brand": BrandKeys,
    "organisation": OrganisationKeys,
    "calendar": CalendarKeys,
    "approvers": ApproversKeys,
}


def json_schema(kind: str) -> dict[str, Any]:
    """Return the JSON Schema of one kind of file, for editors and forms.

    Raises:
        KeyError: ``kind`` is none of :data:`FILES`.
    """
    schema = FILES[kind].model_json_schema(by_alias=True)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}
