"""The report for Python programs: write it as JSON, read it back, and show it to people.

A report can be used wherever a pydantic model can: as a field, or as the response of a FastAPI endpoint.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, Literal, TypeAlias, get_args

from mpfcheck.checking.report import ProposalReport

if TYPE_CHECKING:
    from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
    from pydantic_core import CoreSchema


__all__ = ["Format", "Report", "read_reports", "render"]

Format: TypeAlias = Literal["text", "json", "jsonl", "statuses", "csv", "html", "markdown", "junit", "sarif"]
"""How reports can be written: see ``mpfcheck check --format``."""


class Report(ProposalReport):
    """One proposal against one call: verdict, problems of the file, a result for every rule. Immutable, comparable.

    It can be pickled and sent to other processes, and written as JSON and read back without loss.
    """

    @classmethod
    def model_validate_json(cls, data: bytes | str) -> Report:
        """Read a report from JSON: a single report, or an ``mpfcheck-report/1`` with one report.

        Raises :class:`mpfcheck.UnreadableReportError`, a ValueError, for anything else.
        """
        from mpfcheck.report.read_back import parse_report

        return cls.model_validate(parse_report(data))

    @classmethod
    def model_validate(cls, value: object) -> Report:
        """Read a report from plain values as of :meth:`model_dump`. Raises the same errors as model_validate_json."""
        if isinstance(value, Report):
            return value
        from mpfcheck.report.read_back import read_one

        return cls(**vars(read_one(value)))

    def model_dump(self) -> dict[str, Any]:
        """Return the report as plain JSON values: one entry of ``reports`` in ``mpfcheck-report/1``."""
        values: dict[str, Any] = json.loads(self.model_dump_json())
        return values

    def model_dump_json(self) -> str:
        """Return the report as JSON on one line: one entry of ``reports`` in ``mpfcheck-report/1``."""
        return render([self], "jsonl").rstrip("\n")

    def render(self, format: Format = "text") -> str:
        """Write the report in one of the formats. Raises ValueError for an unknown format."""
        return render([self], format)

    @classmethod
    def __get_pydantic_core_schema__(cls, source: object, handler: GetCoreSchemaHandler) -> CoreSchema:
        """How pydantic reads and writes it."""
        # Who asks has pydantic loaded already.
        from pydantic_core import core_schema

        return core_schema.no_info_plain_validator_function(
            cls.model_validate,
            serialization=core_schema.plain_serializer_function_ser_schema(cls.model_dump),
        )

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        """The published schema of one report, whole in itself."""
        from mpfcheck.api.schemas import schema_text

        published = json.loads(schema_text("report"))
        return _in_place(published["$defs"]["report"], published["$defs"])


def render(reports: Iterable[ProposalReport], format: Format = "text") -> str:
    """Write reports together in one of the formats. Raises ValueError for an unknown format."""
    # A program that reads verdicts needs none of them.
    from mpfcheck.proposal.values import shown
    from mpfcheck.report.formats import reporter_of
    from mpfcheck.version import __version__

    if format not in get_args(Format):
        raise ValueError(f"There is no format {shown(format)}. The formats are {', '.join(get_args(Format))}.")
    pieces: list[str] = []
    reporter = reporter_of(format, pieces.append, version=__version__)
    for report in reports:
        reporter.add(report)
    reporter.finish()
    return "".join(pieces)


def read_reports(data: bytes | str) -> tuple[Report, ...]:
    """Read reports that were written as ``json`` or ``jsonl``. Raises :class:`mpfcheck.UnreadableReportError`."""
    from mpfcheck.report.read_back import read_back

    written = read_back(data if isinstance(data, bytes) else data.encode("utf-8", "surrogatepass"))
    return tuple(Report(**vars(report)) for report in written.reports)


def _in_place(schema: Mapping[str, Any], definitions: Mapping[str, Any]) -> dict[str, Any]:
    """A schema with what it refers to in the place of the references: others may keep it in a document of their own."""

    def put(value: Any) -> Any:
        if isinstance(value, dict):
            return _in_place(value, definitions)
        return [put(item) for item in value] if isinstance(value, list) else value

    referred = definitions[schema["$ref"].removeprefix("#/$defs/")] if "$ref" in schema else {}
    here = {name: put(member) for name, member in schema.items() if name != "$ref"}
    return {**_in_place(referred, definitions), **here} if referred else here
