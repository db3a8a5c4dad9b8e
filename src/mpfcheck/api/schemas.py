"""The published JSON Schemas by name: of what mpfcheck reads and writes, and of the files of a rule pack."""

from __future__ import annotations

import json
from importlib.resources import files

__all__ = ["SCHEMAS", "schema_text"]

SCHEMAS = (
    "proposal",
    "report",
    "part",
    "rules",
    "call",
    "codelist",
    "form",
    "clauses",
    "sources",
    "assessment",
    "statuses",
)
"""Their names."""


_ROOMS = {
    "proposal": "proposal",
    "report": "report",
    "part": "proposal",
    "assessment": "engine",
    "statuses": "report",
}


def schema_text(name: str) -> str:
    """Return a published JSON Schema (draft 2020-12) as text; raises KeyError."""
    if room := _ROOMS.get(name):
        return (files(f"mpfcheck.{room}") / f"{name}.schema.json").read_text(encoding="utf-8")
    # Most programs that use mpfcheck never ask for these.
    from mpfcheck.forms.form import FORM
    from mpfcheck.packs.call import CALL, SOURCES
    from mpfcheck.packs.clause import CLAUSES
    from mpfcheck.packs.code_list import CODE_LIST
    from mpfcheck.packs.rule import RULES

    tables = {table.name: table for table in (RULES, CALL, CODE_LIST, FORM, CLAUSES, SOURCES)}
    return json.dumps(tables[name].schema(), indent=2, ensure_ascii=False) + "\n"
