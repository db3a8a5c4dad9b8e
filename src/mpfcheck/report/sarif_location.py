"""Where the findings of a SARIF log are: the file, the place in it, and the field."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mpfcheck.report.place import NOWHERE, Place, place_of
from mpfcheck.report.plain import plain
from mpfcheck.report.sarif_text import message_text, path_address

if TYPE_CHECKING:
    from mpfcheck.checking.report import InputReference, ReadField
    from mpfcheck.report.reporter import OnDemand

__all__ = ["STANDARD_INPUT", "location", "related_locations"]

STANDARD_INPUT: dict[str, object] = {"description": {"text": "Standard input"}, "mimeType": "application/json"}
"""The one artifact that has no address of its own; it is the first and only one of the log's list."""


def location(reference: InputReference, place: Place = NOWHERE) -> dict[str, object]:
    """A place in an input; in JSON Lines at least the proposal's line. Empty where nothing is known of it."""
    found: dict[str, object] = {}
    line, column = place.line, place.column
    if reference.path is not None:
        artifact: dict[str, object] = {"index": 0} if reference.path == "-" else {"uri": path_address(reference.path)}
        physical: dict[str, object] = {"artifactLocation": artifact}
        if line is not None and column is not None:
            physical["region"] = {"startLine": line, "startColumn": column}
        elif line is not None or reference.line is not None:
            physical["region"] = {"startLine": line if line is not None else reference.line}
        found["physicalLocation"] = physical
    if place.pointer:
        found["logicalLocations"] = [{"fullyQualifiedName": plain(place.pointer), "kind": "value"}]
    return found


def related_locations(
    reference: InputReference, fields: tuple[ReadField, ...], on_demand: OnDemand | None
) -> list[dict[str, object]]:
    """Every field a finding stands on, each with what stands there."""
    return [
        {
            "id": number,
            **location(reference, place_of(field, on_demand)),
            "message": {"text": message_text(f"{field.pointer} = {field.value or ''}")},
        }
        for number, field in enumerate(fields, 1)
    ]
