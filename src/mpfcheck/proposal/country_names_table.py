"""The shipped names of countries, read when this module is imported.

So the file is read as a part of loading the program, and a check opens no file.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import jiter

__all__ = ["FILE", "TABLE"]

FILE = Path(__file__).with_name("country_names.json")
"""Written by ``python -m tools.cldr_names``."""

TABLE: Mapping[str, Mapping[str, str]] = jiter.from_json(FILE.read_bytes())
