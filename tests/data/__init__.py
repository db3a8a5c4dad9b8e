"""Where the data from elsewhere lies that the tests run against (README.md says whose it is)."""

import json
from pathlib import Path
from typing import Any

_HERE = Path(__file__).resolve().parent

FEEL_KIT = _HERE / "feel-tck"
"""Models and cases of the DMN Technology Compatibility Kit."""

DMN_SCHEMA = _HERE / "dmn-1.5" / "DMN15.xsd"
SARIF_SCHEMA = _HERE / "sarif-schema-2.1.0.json"

NAUGHTY_STRINGS: list[str] = json.loads((_HERE / "naughty-strings.json").read_text(encoding="utf-8"))
"""The Big List of Naughty Strings."""


def sarif_schema() -> dict[str, Any]:
    """The JSON Schema of SARIF. Its pattern of languages is mended: it is not a regular expression there."""
    schema: dict[str, Any] = json.loads(SARIF_SCHEMA.read_text(encoding="utf-8").replace("{2}]?$", "{2}$"))
    return schema
