"""The JSON schema of scenario files, for editors: keys, forms, names, ranges and meanings in one language.

Called by the command `schema`. Derived from the models of the grammar, the catalogue and the parameters; nothing is
stated here again.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sim.parameters import PARAMETERS
from sim.plan.catalogue import LeverSpec, load_catalogue
from sim.scenario.known import ParameterLike
from sim.scenario.schema import ScenarioFile
from sim.scenario.wording import LANGUAGES

_DIALECT = "https://json-schema.org/draft/2020-12/schema"


def json_schema(language: str = "en", *, parameters: Mapping[str, ParameterLike] = PARAMETERS) -> dict[str, Any]:
    """Return the JSON schema of a scenario file.

    Parameters
    ----------
    language
        Of the descriptions, `en` or `zh`.
    parameters
        Declared model parameters.

    Returns
    -------
    dict
        JSON schema, draft 2020-12.

    Raises
    ------
    ValueError
        For another language.
    """
    if language not in LANGUAGES:
        raise ValueError(f"language {language!r}: use one of {', '.join(LANGUAGES)}")
    schema = ScenarioFile.model_json_schema(by_alias=True)
    levers = schema["$defs"]["Levers"]
    form = levers.pop("additionalProperties")
    own = levers["properties"]
    levers["additionalProperties"] = False
    levers["properties"] = {
        lever.id: _lever_schema(lever, own.get(lever.id, form), language) for lever in load_catalogue().levers
    }
    schema["properties"]["parameters"] = {
        **schema["properties"]["parameters"],
        "properties": {name: _parameter_schema(parameter) for name, parameter in parameters.items()},
        "additionalProperties": False,
    }
    return {"$schema": _DIALECT, **_in_language(schema, language)}


def _lever_schema(lever: LeverSpec, form: Mapping[str, Any], language: str) -> dict[str, Any]:
    """Return the schema of one lever: its forms, with the range where a form is a plain number."""
    low, high = lever.range
    forms = [
        {**each, "minimum": low, "maximum": high} if each.get("type") == "number" else dict(each)
        for each in form["oneOf"]
    ]
    name, unit = getattr(lever.name, language), getattr(lever.unit, language)
    return {"description": f"{name} ({lever.clause}): {low:g} - {high:g} {unit}", "oneOf": forms}


def _parameter_schema(parameter: ParameterLike) -> dict[str, Any]:
    return {
        "type": "number",
        "minimum": parameter.low,
        "maximum": parameter.high,
        "default": parameter.default,
        "description": f"{parameter.meaning} ({parameter.unit})",
    }


def _in_language(schema: Any, language: str) -> Any:
    """Return the schema with descriptions in one language, without the other's and without empty defaults."""
    if isinstance(schema, list):
        return [_in_language(entry, language) for entry in schema]
    if not isinstance(schema, dict):
        return schema
    kept = {
        key: _in_language(entry, language)
        for key, entry in schema.items()
        if key not in {"zh", "title"} or isinstance(entry, dict)
    }
    if kept.get("default", 0) is None:
        del kept["default"]
    if language == "zh" and isinstance(schema.get("zh"), str):
        kept["description"] = schema["zh"]
    return kept
