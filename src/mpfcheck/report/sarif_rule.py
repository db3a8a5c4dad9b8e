"""The rules that findings of a SARIF log refer to, each described once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mpfcheck.checking.report import Severity
from mpfcheck.report.commonmark import link, markdown
from mpfcheck.report.plain import plain
from mpfcheck.report.sarif_text import braces_doubled, message_text, web_address

if TYPE_CHECKING:
    from mpfcheck.checking.report import ProposalReport, Result

__all__ = ["FILE", "LEVEL", "SarifRules"]

FILE = "FILE"
"""The rule that a file can be read as a proposal."""

LEVEL = {Severity.BLOCKING: "error", Severity.WARNING: "warning", Severity.ADVICE: "note"}

_ABOUT_FILES = "A file holds one proposal as JSON, with the fields and values that the format mpfcheck-proposal/1 has."


class SarifRules:
    """Numbers the rules as they come by. A rule of another call, or of another version of it, is another rule."""

    def __init__(self) -> None:
        """Start with none."""
        self._numbers: dict[tuple[str, str], int] = {}
        self.descriptors: list[dict[str, object]] = []

    def number(self, report: ProposalReport, result: Result) -> int:
        """The position of a result's rule among the descriptors."""
        key = (report.call.sha256 if report.call else "", result.rule)
        if key not in self._numbers:
            self._numbers[key] = len(self.descriptors)
            self.descriptors.append(_descriptor(report, result))
        return self._numbers[key]

    def file_number(self) -> int:
        """The position of the rule about files."""
        key = ("", FILE)
        if key not in self._numbers:
            self._numbers[key] = len(self.descriptors)
            self.descriptors.append(
                {
                    "id": FILE,
                    "name": "FileIsAProposal",
                    "shortDescription": {"text": "The file can be read as a proposal"},
                    "fullDescription": {"text": _ABOUT_FILES},
                    "help": {"text": _ABOUT_FILES},
                    "defaultConfiguration": {"level": LEVEL[Severity.BLOCKING]},
                }
            )
        return self._numbers[key]


def _descriptor(report: ProposalReport, result: Result) -> dict[str, object]:
    source = result.source
    title = plain(result.title).strip() or plain(result.rule)
    section = f"{source.section} ({source.authority})"
    about = message_text(f"{title}. Source: {source.document}, {section}.")
    shown = f"{markdown(title)}.\n\nSource: {link(source.document, source.url)}, {markdown(section)}."
    descriptor: dict[str, object] = {
        "id": plain(result.rule),
        "shortDescription": {"text": message_text(title)},
        "fullDescription": {"text": about},
        "help": {"text": about, "markdown": braces_doubled(shown)},
        "defaultConfiguration": {"level": LEVEL[result.severity]},
        "properties": {
            "severity": result.severity.value,
            "authority": plain(source.authority),
            "manual": result.manual,
            "call": plain(report.call.id) if report.call else None,
        },
    }
    if name := _name(title):
        descriptor["name"] = name
    if address := web_address(source.url):
        descriptor["helpUri"] = address
    return descriptor


def _name(title: str) -> str:
    """The title as an identifier, as SARIF wants the name of a rule: ``TheBudgetLinesAddUpToTheTotal``."""
    words = "".join(character if character.isalnum() else " " for character in title).split()
    return "".join(f"{word[:1].upper()}{word[1:]}" for word in words)
