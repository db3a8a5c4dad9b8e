"""Where the data from elsewhere lies that the tests run against (README.md says whose it is)."""

import json
from pathlib import Path

_HERE = Path(__file__).resolve().parent

FEEL_KIT = _HERE / "feel-tck"
"""Models and cases of the DMN Technology Compatibility Kit."""

DMN_SCHEMA = _HERE / "dmn-1.5" / "DMN15.xsd"
SARIF_SCHEMA = _HERE / "sarif-schema-2.1.0.json"

NAUGHTY_STRINGS: list[str] = json.loads((_HERE / "naughty-strings.json").read_text(encoding="utf-8"))
"""The Big List of Naughty Strings."""
